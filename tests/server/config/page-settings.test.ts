import { expect, test } from 'vitest';
import { parseEnv } from '@/lib/server/config/env';
import { blankEnv } from '@/tests/support/blank-env';
import { testLinkKeys } from '@/tests/support/test-link';

const needed = {
  ...blankEnv,
  PUBLIC_URL: 'https://orders.example.com',
  LINK_KEYS: testLinkKeys,
  CONNECT_CLIENT_ID: 'client',
  CONNECT_CLIENT_SECRET: 'secret',
};
const faults = (source: Record<string, string>) => () => parseEnv(source);

test('QUICK_REPLIES sets the quick answers: none if empty, those of the catalogue if unset', () => {
  const replies = (source: Record<string, string>) =>
    parseEnv({ ...needed, ...source }).QUICK_REPLIES;
  expect(replies({ QUICK_REPLIES: 'Yes, please | No|' })).toEqual(['Yes, please', 'No']);
  expect(replies({ QUICK_REPLIES: ' ' })).toEqual([]);
  expect(replies({})).toBeUndefined();
  expect(faults({ ...needed, QUICK_REPLIES: 'x'.repeat(81) })).toThrow('QUICK_REPLIES');
  expect(faults({ ...needed, QUICK_REPLIES: 'x|'.repeat(9) })).toThrow('QUICK_REPLIES');
});

test('LOCALES names the languages in any case, the first once; all are offered if it is unset', () => {
  const locales = (source: Record<string, string>) => parseEnv({ ...needed, ...source }).LOCALES;
  expect(locales({})).toEqual(['en-US', 'en-CA', 'fr-CA', 'es-US']);
  expect(locales({ LOCALES: ' fr-ca  en-CA fr-CA' })).toEqual(['fr-CA', 'en-CA']);
  expect(faults({ ...needed, LOCALES: 'en-US en_CA' })).toThrow('LOCALES');
});
