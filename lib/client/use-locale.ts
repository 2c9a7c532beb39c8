import { useSyncExternalStore } from 'react';

function subscribe(onChange: () => void) {
  addEventListener('languagechange', onChange);
  return () => removeEventListener('languagechange', onChange);
}

/** The locale for times, numbers and lists: the customer's own, or what the page around a frame asks for. */
export function useLocale(): string {
  return useSyncExternalStore(
    subscribe,
    () => document.documentElement.dataset['locale'] ?? navigator.language,
    () => 'en-US',
  );
}
