/** Languages of the page. Each has a catalogue in the folder of its name. */
export const LOCALES = ['en-US', 'en-CA', 'fr-CA', 'es-US'] as const;
/** For tests: English with accents and 40 % longer, and mirrored from right to left. Offered only if LOCALES names them. */
export const PSEUDO_LOCALES = ['en-XA', 'ar-XB'] as const;
export const ALL_LOCALES = [...LOCALES, ...PSEUDO_LOCALES] as const;
export type Locale = (typeof ALL_LOCALES)[number];

/**
 * Returns the first of `offered` for the BCP 47 tag `wanted`: the same tag in any case, else one of the same language
 * (RFC 4647 §3.4, without scripts). Undefined if no offered locale has that language.
 */
export function findLocale<T extends string>(
  wanted: string | null | undefined,
  offered: readonly T[],
): T | undefined {
  const tag = wanted?.toLowerCase() ?? '';
  const language = toLanguage(tag);
  return (
    offered.find((locale) => locale.toLowerCase() === tag) ??
    offered.find((locale) => toLanguage(locale) === language)
  );
}

function toLanguage(tag: string): string | undefined {
  return tag.split('-', 1)[0];
}
