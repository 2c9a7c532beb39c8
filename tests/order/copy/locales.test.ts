import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALL_LOCALES, findLocale, LOCALES } from '@/lib/order/copy/locales';

test.each([
  ['fr-CA', 'fr-CA'],
  ['FR-ca', 'fr-CA'],
  ['fr', 'fr-CA'],
  ['fr-FR', 'fr-CA'],
  ['es-419', 'es-US'],
  ['en', 'en-US'],
  ['en-GB', 'en-US'],
  ['en-ca', 'en-CA'],
  ['zh-Hant-TW', undefined],
  ['f', undefined],
  ['', undefined],
  [null, undefined],
])('the language %j is offered as %s', (wanted, locale) => {
  expect(findLocale(wanted, LOCALES)).toBe(locale);
});

test('the first offered locale of a language is chosen, and any text is a wish', () => {
  expect(findLocale('en-GB', ['fr-CA', 'en-CA', 'en-US'])).toBe('en-CA');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (wanted) => {
      expect([undefined, ...ALL_LOCALES]).toContain(findLocale(wanted, ALL_LOCALES));
    }),
  );
});
