import { useSyncExternalStore } from 'react';

const FALLBACK = 'en-US';

function subscribe(onChange: () => void) {
  addEventListener('languagechange', onChange);
  return () => removeEventListener('languagechange', onChange);
}

/** In its regular form, or undefined for what is none: Intl throws on each use of one. */
function toCanonicalLocale(locale: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale || [])[0];
  } catch {
    return undefined;
  }
}

// Not every browser names a locale: WebKitGTK says "C" on a system without one.
function read(): string {
  const asked = document.documentElement.dataset['locale'];
  return toCanonicalLocale(asked) ?? toCanonicalLocale(navigator.language) ?? FALLBACK;
}

/** The locale for times, numbers and lists: the customer's own, or what the page around a frame asks for. */
export function useLocale(): string {
  return useSyncExternalStore(subscribe, read, () => FALLBACK);
}
