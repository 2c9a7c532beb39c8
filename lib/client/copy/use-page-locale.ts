import { useSyncExternalStore } from 'react';
import type { PageLocales } from '@/lib/order/page-settings';
import { findLocale, type Locale } from '@/lib/order/copy/locales';

function subscribe(onChange: () => void) {
  addEventListener('languagechange', onChange);
  return () => removeEventListener('languagechange', onChange);
}

/** The page's language: the link's, else that of the host page, else that of the HTML. Other languages are ignored. */
export function usePageLocale(
  { locale, locales }: PageLocales,
  linkLocale: string | null | undefined,
): Locale {
  const hostLocale = useSyncExternalStore(
    subscribe,
    () => document.documentElement.dataset['locale'],
    () => undefined,
  );
  return findLocale(linkLocale, locales) ?? findLocale(hostLocale, locales) ?? locale;
}
