import { useSyncExternalStore } from 'react';

const FALLBACK = 'en-US';

function subscribe(onChange: () => void) {
  addEventListener('languagechange', onChange);
  return () => removeEventListener('languagechange', onChange);
}

/** The canonical form, or undefined for an invalid tag, for which Intl would throw at each use. */
function toCanonicalLocale(locale: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale || [])[0];
  } catch {
    return undefined;
  }
}

// `navigator.language` is not always a locale: WebKitGTK returns "C" on a system without one.
function read(): string {
  const hostLocale = document.documentElement.dataset['locale'];
  return toCanonicalLocale(hostLocale) ?? toCanonicalLocale(navigator.language) ?? FALLBACK;
}

/** The locale for times, numbers and lists: the host page's setting, or else the browser's. */
export function useLocale(): string {
  return useSyncExternalStore(subscribe, read, () => FALLBACK);
}
