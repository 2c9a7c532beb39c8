// Numbers, plurals and lists inside the sentences of the catalogues.

/** Separates two details on one line. */
export const SEPARATOR = ' · ';

/** A slow phone takes ten milliseconds to create one Intl formatter, so only rare numbers use one. */
export function formatNumber(n: number, locale: string): string {
  return n < 1_000 ? String(n) : n.toLocaleString(locale);
}

/** "text, app and email" in the words of the locale. */
export function formatList(items: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale).format(items);
}

/**
 * Returns a function that joins a count with its form: "2 items". `Category`: the plural categories of the language
 * (CLDR, cardinal plurals), so that a missing form does not compile.
 */
export function createPlural<Category extends Intl.LDMLPluralRule>(locale: string) {
  let rules: Intl.PluralRules | undefined;
  return (n: number, forms: Record<Category | 'other', string>): string => {
    rules ??= new Intl.PluralRules(locale);
    const byCategory: Partial<Record<Intl.LDMLPluralRule, string>> = forms;
    return `${formatNumber(n, locale)} ${byCategory[rules.select(n)] ?? forms.other}`;
  };
}
