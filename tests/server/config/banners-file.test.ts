import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findUnusedSettings, readStoreConfigs } from '@/lib/server/config/store-configs';
import { environment, faults, file, folder, read, readText } from '@/tests/support/read-banners';
import { bannerKeys, composeBanner, hosts } from '@/tests/support/sample-banners';

const [fresh, value] = hosts as ['www.fresh.example', 'www.value.example'];

test('a store has its own address, brand, frames and keys, and inherits everything else', () => {
  const inherited = {
    ...{ IMAGE_HOSTS: 'images.example.com', LOCALES: 'fr-CA', MESSAGING: 'retailer' },
    ...{ ORDER_DETAILS: 'off', LINK_MAX_DAYS: '3', LINKS_API_KEY: 'key-of-the-deployment' },
    ...{ REDIS_URL: 'redis://redis:6379', TRUSTED_PROXIES: '2', PORT: '8080' },
  };
  const own = {
    ...{ PUBLIC_URL: 'https://other.example', RETAILER_NAME: 'Other', RETAILER_COLOR: 'red' },
    ...{ RETAILER_LOGO_URL: 'https://other.example/logo', SUPPORT_URL: 'tel:1' },
    ...{ EMBED_ORIGINS: 'https://other.example', CONNECT_RETAILER_ID: 'other' },
    LINK_KEYS: `other:${Buffer.alloc(32, 9).toString('base64url')}`,
  };
  const all = { ...environment, ...inherited, ...own };
  const [{ banner, env }] = read({ [fresh]: composeBanner(fresh) }, all);
  expect(banner).toBe(fresh);
  expect(env).toMatchObject({
    ...{ PUBLIC_URL: `https://${fresh}`, RETAILER_NAME: `Store ${fresh}`, EMBED_ORIGINS: [] },
    ...{ CONNECT_RETAILER_ID: `id-${fresh}`, LINKS_API_KEY: 'key-of-the-deployment' },
    LINK_KEYS: [{ kid: 'test', key: new Uint8Array(bannerKeys[fresh]) }],
    ...{ IMAGE_HOSTS: [{ pattern: 'images.example.com' }], LOCALES: ['fr-CA'] },
    ...{ MESSAGING: 'retailer', ORDER_DETAILS: false, LINK_MAX_DAYS: 3, TRUSTED_PROXIES: 2 },
    ...{ CONNECT_CLIENT_SECRET: 'secret-of-all', REDIS_URL: 'redis://redis:6379', PORT: 8080 },
  });
  for (const name of ['RETAILER_COLOR', 'RETAILER_LOGO_URL', 'SUPPORT_URL', 'BANNERS_FILE'])
    expect([name, env[name as keyof typeof env]]).toEqual([name, undefined]);
  expect(findUnusedSettings({ BANNERS_FILE: file, ...all })).toHaveLength(Object.keys(own).length);
  expect(findUnusedSettings(all)).toEqual([]);
});

test('every field of a store replaces the setting of the environment', () => {
  const [{ env }] = read({
    'fresh.localhost:3000': composeBanner(fresh, {
      ...{ logoUrl: 'https://a.example/l.svg', logoDarkUrl: 'https://a.example/d.svg' },
      ...{ iconUrl: 'https://a.example/i.png', color: '#123456', supportUrl: 'tel:1' },
      embedOrigins: ['https://a.example', 'https://b.example'],
      ...{ imageHosts: 'a.example b.example', locales: ['fr-CA', 'en-CA'], messaging: 'retailer' },
      linksApiKey: 'key-of-this-store',
      connect: { accessToken: 'token', baseUrl: 'https://connect.example' },
    }),
  });
  expect(env).toMatchObject({
    PUBLIC_URL: 'http://fresh.localhost:3000',
    ...{
      RETAILER_LOGO_URL: 'https://a.example/l.svg',
      RETAILER_ICON_URL: 'https://a.example/i.png',
    },
    ...{ RETAILER_LOGO_DARK_URL: 'https://a.example/d.svg', RETAILER_COLOR: '#123456' },
    ...{ SUPPORT_URL: 'tel:1', EMBED_ORIGINS: ['https://a.example', 'https://b.example'] },
    ...{ IMAGE_HOSTS: [{ pattern: 'a.example' }, { pattern: 'b.example' }] },
    ...{ LOCALES: ['fr-CA', 'en-CA'], MESSAGING: 'retailer', LINKS_API_KEY: 'key-of-this-store' },
    ...{ CONNECT_ACCESS_TOKEN: 'token', CONNECT_BASE_URL: 'https://connect.example' },
  });
  // The credentials of the environment are of another account.
  expect([env.CONNECT_CLIENT_ID, env.CONNECT_CLIENT_SECRET]).toEqual([undefined, undefined]);
});

test('a secret is a text, a variable, or a file beside the file of stores', () => {
  const keys = composeBanner(fresh).linkKeys;
  writeFileSync(join(folder, 'keys.txt'), `${keys}\n`);
  const expected = read({ [fresh]: composeBanner(fresh) })[0].env.LINK_KEYS;
  for (const linkKeys of [
    { env: 'FRESH_KEYS' },
    { file: 'keys.txt' },
    { file: join(folder, 'keys.txt') },
  ])
    expect(
      read({ [fresh]: composeBanner(fresh, { linkKeys }) }, { ...environment, FRESH_KEYS: keys })[0]
        .env.LINK_KEYS,
    ).toEqual(expected);
});

test('every fault of the environment and of the file is listed with its place', () => {
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
  const banners = {
    [fresh]: composeBanner(fresh, { color: 'greenish', colour: 'red', logoUrl: null }),
    [value]: { name: '', linkKeys: `a:${key(1)},a:${key(2)}`, locales: ['xx'], imageHosts: [] },
    'Orders.Example': {},
    'a.example:8443': composeBanner(fresh, {
      connect: { clientID: 'x', clientId: 'x', baseUrl: 'ftp://x' },
      ...{ embedOrigins: ['https://*.example'], RETAILER_NAME: 'x', messaging: 'sms' },
    }),
    'b.example': composeBanner(value, { linkKeys: { env: 'NONE' }, linksApiKey: { file: 'none' } }),
    'c.example': composeBanner(value, { linkKeys: { env: 'A', file: 'b' }, connect: 'account' }),
    'd.example:443': 7,
    ...{ 'a.example': [], '': {}, 'x y': {}, '*.example': {}, '127.1': {}, ['a'.repeat(64)]: {} },
  };
  const found = faults(() => read(banners, { PORT: 'x', LIMITS: 'no' }));
  const places = found.map((fault) => /^(?:BANNERS_FILE "[^"]*"\S*|\w+)/.exec(fault)?.[0]);
  const inFile = (host: string, ...fields: string[]) =>
    fields.map((field) => `BANNERS_FILE "${host}"${field && `.${field}`}`);
  const required = ['', 'retailerId', 'name', 'linkKeys'];
  expect(places.sort()).toEqual(
    [
      ...['PORT', 'LIMITS', 'CONNECT_CLIENT_ID', 'CONNECT_CLIENT_SECRET'],
      ...inFile(fresh, 'colour', 'logoUrl', 'color'),
      ...inFile(value, 'retailerId', 'name', 'imageHosts', 'linkKeys', 'locales'),
      ...inFile('a.example:8443', 'RETAILER_NAME', 'connect.clientID', 'connect.clientSecret'),
      ...inFile('a.example:8443', 'connect.baseUrl', 'embedOrigins', 'messaging', 'linkKeys'),
      ...inFile('b.example', 'linkKeys', 'linksApiKey'),
      ...inFile('c.example', 'linkKeys', 'connect'),
      ...[...inFile('d.example:443', '', ''), ...inFile('a.example', '', '')],
      ...['Orders.Example', '', 'x y', '*.example', '127.1', 'a'.repeat(64)].flatMap((host) =>
        inFile(host, ...required),
      ),
    ].sort(),
  );
  expect(found).toEqual(
    expect.arrayContaining([
      `BANNERS_FILE "${fresh}".colour is not a field: did you mean color?`,
      'BANNERS_FILE "a.example:8443".RETAILER_NAME is not a field: did you mean name?',
      'BANNERS_FILE "a.example:8443".connect.clientID is not a field: did you mean connect.clientId?',
      'BANNERS_FILE "a.example:8443".connect.clientSecret is required: set it, or set connect.accessToken',
      `BANNERS_FILE "a.example:8443".linkKeys has a key of "${fresh}", so links of one would open the other: generate a new key`,
      'BANNERS_FILE "b.example".linkKeys names an environment variable that is not set',
      'BANNERS_FILE "b.example".linksApiKey names a file that cannot be read (ENOENT)',
      'BANNERS_FILE "a.example" repeats a host name: stores cannot differ by port alone',
    ]),
  );
});

test('one key under two names in two stores is a fault', () => {
  const linkKeys = `new:${Buffer.alloc(32, 1).toString('base64url')},${composeBanner(fresh).linkKeys}`;
  const banners = { [fresh]: composeBanner(fresh), [value]: composeBanner(value, { linkKeys }) };
  expect(faults(() => read(banners)).join()).toContain(
    `"${value}".linkKeys has a key of "${fresh}"`,
  );
});

test.each([
  ['', 'names a file that is empty'],
  ['{', 'must be valid JSON'],
  ['[]', 'must be a JSON object with one field per host'],
  ['null', 'must be a JSON object with one field per host'],
  ['{}', 'must have a field per host, not none'],
  [
    `{"a.example": {},\n "a.example": {"name": "\\"}{:", "name": ""}}`,
    'repeats a field of the same object: see line 2',
  ],
])('the file %j is refused', (text, fault) => {
  expect(faults(() => readText(text)).join()).toContain(`BANNERS_FILE ${fault}`);
});

test('a host named __proto__ is refused, and the example keys only work on localhost', () => {
  const example = 'demo:YSBrZXkgZm9yIGRlbW9uc3RyYXRpb25zIG9ubHkhISE';
  expect(faults(() => readText('{"__proto__": {"name": 1}}')).join()).toContain('"__proto__" must');
  const connect = { baseUrl: 'http://localhost:4010' };
  const store = composeBanner(fresh, { linkKeys: example, connect });
  expect(faults(() => read({ [fresh]: store })).join()).toContain(
    '.linkKeys must not have a key of',
  );
  expect(faults(() => read({ 'fresh.localhost:3000': store }))).toEqual([]);
});

test('no fault contains a value of the file or of the environment', () => {
  const secret = fc.string({ minLength: 8 }).map((text) => `canary${text}yranac`);
  const anyValue = fc.oneof(
    secret,
    fc.array(secret),
    fc.record({ env: secret }),
    fc.record({ file: secret }),
    fc.dictionary(fc.constantFrom('env', 'file', 'clientId', 'clientSecret', 'baseUrl'), secret),
  );
  const fields = ['name', 'linkKeys', 'color', 'logoUrl', 'locales', 'connect', 'embedOrigins'];
  const banner = fc.dictionary(fc.constantFrom(...fields, 'other'), anyValue);
  const damage = fc.record({ at: fc.nat(), text: fc.constantFrom('', '"', '{', ',') });
  fc.assert(
    fc.property(banner, banner, fc.option(damage), secret, (first, second, damaged, ofAll) => {
      let text = JSON.stringify({ [fresh]: first, [value]: second });
      const at = (damaged?.at ?? 0) % text.length;
      if (damaged) text = text.slice(0, at) + damaged.text + text.slice(at + 1);
      const found = faults(() => readText(text, { CONNECT_BASE_URL: ofAll })).join('\n');
      expect(found).not.toBe('');
      expect(found).not.toMatch(/canary|yranac/);
    }),
    { numRuns: 300 },
  );
});

test.each(['LINK_KEYS', 'LINKS_API_KEY', 'CONNECT_CLIENT_SECRET', 'REDIS_URL'])(
  '%s can be read from a file, and is not printed if the file is wrong',
  (name) => {
    const values: Record<string, string> = {
      ...{ ...environment, PUBLIC_URL: 'https://orders.example.com' },
      ...{ LINKS_API_KEY: 'key-of-the-deployment', REDIS_URL: 'redis://redis:6379' },
      LINK_KEYS: composeBanner(fresh).linkKeys,
    };
    const secretFile = join(folder, name);
    const fromFile = { ...values, [name]: ' ', [`${name}_FILE`]: secretFile };
    writeFileSync(secretFile, `${values[name]}\n`);
    expect(readStoreConfigs(fromFile)).toEqual(readStoreConfigs(values));
    expect(faults(() => readStoreConfigs({ ...fromFile, [name]: values[name] }))).toEqual([
      `${name}_FILE and ${name} are both set: remove one`,
    ]);
    writeFileSync(secretFile, '\n');
    expect(faults(() => readStoreConfigs(fromFile))).toEqual([
      `${name}_FILE names a file that is empty`,
    ]);
    rmSync(secretFile);
    expect(faults(() => readStoreConfigs(fromFile))).toEqual([
      `${name}_FILE names a file that cannot be read (ENOENT)`,
    ]);
  },
);
