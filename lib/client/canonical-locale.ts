/** The locale in its regular form, or undefined for what is none: Intl throws on each use of one. */
export function toCanonicalLocale(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale || [])[0];
  } catch {
    return undefined;
  }
}
