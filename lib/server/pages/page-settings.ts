import 'server-only';
import { findLocale, type Locale } from '@/lib/order/copy/locales';
import type { PageSettings } from '@/lib/order/page-settings';
import type { Env } from '@/lib/server/config/env';

/** The settings that the page passes to the browser, for HTML in the language `locale`. */
export function toPageSettings(env: Env, locale: Locale): PageSettings {
  return {
    ...{ locale, locales: env.LOCALES, supportUrl: env.SUPPORT_URL },
    storeName: env.RETAILER_NAME ?? '',
    quickReplies: toQuickReplies(env),
  };
}

/** QUICK_REPLIES is written in the store's first language, so the other languages do not use it. */
function toQuickReplies(env: Env): PageSettings['quickReplies'] {
  const [first] = env.LOCALES;
  const replies = env.LOCALES.flatMap((locale) => {
    const isFirstLanguage = findLocale(first, [locale]) !== undefined;
    const own = readOwn(env, locale) ?? (isFirstLanguage ? env.QUICK_REPLIES : undefined);
    return own ? [[locale, own] as const] : [];
  });
  return Object.fromEntries(replies);
}

function readOwn(env: Env, locale: Locale): string[] | undefined {
  const own: Partial<Record<Locale, string[] | undefined>> = {
    'en-US': env.QUICK_REPLIES_EN_US,
    'en-CA': env.QUICK_REPLIES_EN_CA,
    'fr-CA': env.QUICK_REPLIES_FR_CA,
    'es-US': env.QUICK_REPLIES_ES_US,
  };
  return own[locale];
}
