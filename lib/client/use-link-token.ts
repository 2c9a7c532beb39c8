import { useSyncExternalStore } from 'react';
import { AFTER_LINK } from './early-request';

function subscribe(onChange: () => void) {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

/** The token in the page's fragment, empty if there is none; undefined until the browser has the page. */
export function useLinkToken(): string | undefined {
  return useSyncExternalStore(
    subscribe,
    () => location.hash.slice(1).replace(AFTER_LINK, ''),
    () => undefined,
  );
}
