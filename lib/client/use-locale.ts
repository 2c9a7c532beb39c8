import { useSyncExternalStore } from 'react';
import { toCanonicalLocale } from './canonical-locale';

const FALLBACK = 'en-US';

function subscribe(onChange: () => void) {
  addEventListener('languagechange', onChange);
  return () => removeEventListener('languagechange', onChange);
}

// Not every browser names a locale: WebKitGTK says "C" on a system without one.
function read(): string {
  const asked = document.documentElement.dataset['locale'];
  return asked ?? toCanonicalLocale(navigator.language) ?? FALLBACK;
}

/** The locale for times, numbers and lists: the customer's own, or what the page around a frame asks for. */
export function useLocale(): string {
  return useSyncExternalStore(subscribe, read, () => FALLBACK);
}
