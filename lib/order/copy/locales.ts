/** Languages of the page. Each has a catalogue in the folder of its name. */
export const LOCALES = ['en-US', 'en-CA', 'fr-CA', 'es-US'] as const;
export type Locale = (typeof LOCALES)[number];
