import { useEffect, useState } from 'react';

const RETRY_MS = 5_000;

/**
 * Loads a part of the page after the paint of what is shown without it. Returns undefined until then; a failed load is
 * repeated. `load` must not change.
 */
export function useLoadedLater<T>(load: () => Promise<T>): T | undefined {
  const [loaded, setLoaded] = useState<{ part: T }>();
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const start = () =>
      load().then(
        (part) => isCurrent && setLoaded({ part }),
        () => isCurrent && (timer = setTimeout(setFailures, RETRY_MS, failures + 1)),
      );
    // The frame is painted between the two.
    const frame = requestAnimationFrame(() => (timer = setTimeout(start)));
    return () => {
      isCurrent = false;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [load, failures]);
  return loaded?.part;
}
