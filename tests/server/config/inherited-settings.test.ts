import { expect, test } from 'vitest';
import { readLinkEnv } from '@/lib/server/config/link-env';
import { findUnusedSettings } from '@/lib/server/config/store-configs';
import { environment, faults, file, read } from '@/tests/support/read-banners';
import { composeBanner } from '@/tests/support/sample-banners';

const fresh = 'www.fresh.example';

test('quick replies of the environment are used in their language, and no secret is quoted', () => {
  const replies = { ...environment, LOCALES: 'en-CA fr-CA', QUICK_REPLIES: 'Yes|No' };
  const repliesOf = (locales: string[], others: Record<string, string> = replies) =>
    read({ [fresh]: composeBanner(fresh, { locales }) }, others)[0].env.QUICK_REPLIES;
  expect(repliesOf(['en-US'])).toEqual(['Yes', 'No']);
  expect(repliesOf(['fr-CA', 'en-CA'])).toBeUndefined();
  expect(repliesOf(['fr-CA', 'en-CA'], { ...replies, LOCALES: 'fr-CA' })).toEqual(['Yes', 'No']);
  const linkKeys = { env: 'A', 'k1:this-is-a-secret': '' };
  expect(
    faults(() => read({ [fresh]: composeBanner(fresh, { linkKeys, locales: ['en-US fr-CA'] }) })),
  ).toEqual([
    `BANNERS_FILE "${fresh}".locales must be an array of strings without spaces`,
    `BANNERS_FILE "${fresh}".linkKeys must be a string, {"env": "NAME"} or {"file": "path"}`,
  ]);
});

test('the settings of a store with a wrong host are checked too, and unused files are reported', () => {
  const wrong = composeBanner(fresh, { color: 'greenish', embedOrigins: ['https://x/*'] });
  expect(faults(() => read({ 'A.example': wrong }))).toEqual([
    expect.stringContaining('"A.example" must be a host name'),
    expect.stringContaining('"A.example".embedOrigins must'),
    expect.stringContaining('"A.example".color must be'),
  ]);
  const source = { BANNERS_FILE: file, LINK_KEYS_FILE: '/nowhere' };
  expect(findUnusedSettings(source)).toEqual([
    'LINK_KEYS_FILE has no effect with BANNERS_FILE: each store in the file has its own',
  ]);
  expect(
    read({ [fresh]: composeBanner(fresh, { embedOrigins: [] }) })[0].env.EMBED_ORIGINS,
  ).toEqual([]);
  expect(readLinkEnv(source, fresh)).toMatchObject({ PUBLIC_URL: `https://${fresh}` });
});

test('links are minted for a host as the file writes it, and a missing key is reported once', () => {
  const host = 'fresh.localhost:3000';
  const source = { BANNERS_FILE: file };
  read({ [host]: composeBanner(fresh) });
  for (const name of [host, 'fresh.localhost', 'Fresh.localhost'])
    expect(readLinkEnv(source, name)).toMatchObject({ PUBLIC_URL: `http://${host}` });
  const expected = [`BANNERS_FILE "${host}".linkKeys is required`];
  expect(faults(() => read({ [host]: composeBanner(fresh, { linkKeys: '' }) }))).toEqual(expected);
  expect(faults(() => readLinkEnv(source, host))).toEqual(expected);
});

test('a file of secrets that cannot be read is one fault', () => {
  const others = { CONNECT_CLIENT_ID: 'client', CONNECT_CLIENT_SECRET_FILE: '/nowhere' };
  expect(faults(() => read({ [fresh]: composeBanner(fresh) }, others))).toEqual([
    'CONNECT_CLIENT_SECRET_FILE names a file that cannot be read (ENOENT)',
  ]);
});
