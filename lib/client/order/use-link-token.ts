import { useSyncExternalStore } from 'react';
import { INVISIBLE_IN_LINK, LINK_TOKEN } from './early-request';

function subscribe(onChange: () => void) {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

/** The token in `location.hash`, without characters that messengers add around it; empty if there is none. */
export function readLinkToken(hash: string): string {
  return LINK_TOKEN.exec(hash.replace(INVISIBLE_IN_LINK, ''))?.[1] ?? '';
}

/** The token in the page's fragment, empty if there is none; undefined during server rendering and hydration. */
export function useLinkToken(): string | undefined {
  return useSyncExternalStore(
    subscribe,
    () => readLinkToken(location.hash),
    () => undefined,
  );
}
