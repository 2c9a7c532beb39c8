import { expect, test } from 'vitest';
import { parseEnv } from '@/lib/server/config/env';
import { toPageSettings } from '@/lib/server/pages/page-settings';
import { testLinkKeys } from '@/tests/support/test-link';

const read = (source: Record<string, string>) =>
  toPageSettings(
    parseEnv({
      ...{ LINK_KEYS: testLinkKeys, CONNECT_ACCESS_TOKEN: 'any' },
      ...{ PUBLIC_URL: 'https://orders.example.com', ...source },
    }),
    'fr-CA',
  ).quickReplies;

test.each([
  [{}, {}],
  [{ QUICK_REPLIES: 'Yes|No' }, { 'en-US': ['Yes', 'No'], 'en-CA': ['Yes', 'No'] }],
  [{ QUICK_REPLIES: 'Oui', LOCALES: 'fr-CA en-CA' }, { 'fr-CA': ['Oui'] }],
  [
    { QUICK_REPLIES: 'Yes', QUICK_REPLIES_EN_CA: 'Sure', QUICK_REPLIES_FR_CA: 'Oui' },
    { 'en-US': ['Yes'], 'en-CA': ['Sure'], 'fr-CA': ['Oui'] },
  ],
  [{ QUICK_REPLIES_ES_US: '' }, { 'es-US': [] }],
])('the settings %j give the quick answers %j', (source, replies) => {
  expect(read(source)).toEqual(replies);
});
