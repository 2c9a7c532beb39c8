import type { Locale } from './copy/locales';

/** `locale`: the language of the HTML. `locales`: the languages that the store offers. */
export type PageLocales = { locale: Locale; locales: readonly Locale[] };

/** Settings of the store that the pages pass to the browser. */
export type PageSettings = PageLocales & {
  storeName: string;
  supportUrl: string | undefined;
  /** The store's own quick answers; the catalogue has those of the other languages. */
  quickReplies: Partial<Record<Locale, readonly string[]>>;
};
