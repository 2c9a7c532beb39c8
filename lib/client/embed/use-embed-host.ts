import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import { createEmbedHost, type EmbedHost } from './embed-host';
import { FALLBACK_ID } from './embed-script';

/** Connects to the host page of the frame: applies its settings and posts the height of `content` to it. */
export function useEmbedHost(
  allowedOrigins: readonly string[],
  content: RefObject<HTMLElement | null>,
): EmbedHost {
  const [host] = useState(() => createEmbedHost(allowedOrigins));

  useLayoutEffect(() => {
    document.getElementById(FALLBACK_ID)?.setAttribute('hidden', '');
    delete document.documentElement.dataset['blocked'];
    globalThis.applyHostSettings?.();
    return host.listen();
  }, [host]);

  useEffect(() => {
    if (!content.current) return undefined;
    const sizes = new ResizeObserver(([entry]) => {
      const heightPx = entry?.borderBoxSize[0]?.blockSize;
      if (heightPx !== undefined) host.postHeight(Math.ceil(heightPx));
    });
    sizes.observe(content.current);
    return () => sizes.disconnect();
  }, [host, content]);

  return host;
}
