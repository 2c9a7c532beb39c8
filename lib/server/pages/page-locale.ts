import 'server-only';
import Negotiator from 'negotiator';
import { findLocale, type Locale } from '@/lib/order/copy/locales';

/** Request header in which proxy.ts passes the language to the pages. */
export const LOCALE_HEADER = 'x-locale';

// Limits the time for parsing Accept-Language, which could exceed that of the page.
const MAX_LANGUAGES_LENGTH = 1_000;

type Wishes = {
  /** The parameter `locale`, which embed.js sets to the host's language. */
  locale?: string | null | undefined;
  acceptLanguage?: string | null | undefined;
};

/**
 * Chooses the language of the HTML from `offered`: the host's, else the browser's most wanted (RFC 9110 §12.5.4), else
 * the first. The link's language is not known to the server, because it is in the fragment.
 */
export function choosePageLocale(
  { locale, acceptLanguage }: Wishes,
  offered: readonly [Locale, ...Locale[]],
): Locale {
  const wanted = new Negotiator({
    headers: { 'accept-language': (acceptLanguage ?? '').slice(0, MAX_LANGUAGES_LENGTH) },
  }).languages();
  for (const tag of [locale, ...wanted]) {
    const found = findLocale(tag, offered);
    if (found) return found;
  }
  return offered[0];
}
