import fc from 'fast-check';
import { CompactEncrypt, EncryptJWT, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { parseEnv } from '@/lib/server/config/env';
import { createLinks } from '@/lib/server/links/link';
import { mintTestToken, testKey, testLinkKeys, type LinkClaims } from '@/tests/support/test-link';

const nowMs = Date.parse('2026-11-20T18:00:00Z');
const env = parseEnv({
  LINK_KEYS: testLinkKeys,
  CONNECT_ACCESS_TOKEN: 't',
  CONNECT_BASE_URL: 'http://localhost:4010',
});
const links = createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, () => nowMs);
const good = await mintTestToken({ oid: 'A-1' }, { nowMs });
const invalid = { name: 'Problem', code: 'link_invalid' };
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test('the token that the forged ones are made from is valid', async () => {
  expect(await links.open(good)).toMatchObject({ orderId: 'A-1' });
});

test('a token with one changed character is refused, even if it decodes equally', async () => {
  const places = [...good].flatMap((letter, index) => (letter === '.' ? [] : [index]));
  const change = fc.record({
    index: fc.oneof(fc.constantFrom(...places), fc.constant(good.length - 1)),
    letter: fc.constantFrom(...ALPHABET, '+', '/', '=', '.', ' ', 'é'),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ index, letter }) => {
      fc.pre(good[index] !== letter);
      const forged = good.slice(0, index) + letter + good.slice(index + 1);
      await expect(links.open(forged)).rejects.toMatchObject(invalid);
    }),
    { numRuns: 5_000 },
  );
}, 60_000);

test('a token with one flipped bit is refused, in its text or in its decoded bytes', async () => {
  const turn = (bytes: Buffer, bit: number) => {
    const turned = Buffer.from(bytes);
    turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return turned;
  };
  const letters = Buffer.from(good, 'latin1');
  const parts = good.split('.').map((part) => Buffer.from(part, 'base64url'));
  const ofLetters = fc
    .nat(8 * letters.length - 1)
    .map((bit) => turn(letters, bit).toString('latin1'));
  const ofParts = parts.flatMap((part, place) =>
    part.length === 0
      ? []
      : [
          fc.nat(8 * part.length - 1).map((bit) =>
            parts
              .map((other, index) => (index === place ? turn(other, bit) : other))
              .map((bytes) => bytes.toString('base64url'))
              .join('.'),
          ),
        ],
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(ofLetters, ...ofParts), async (forged) => {
      await expect(links.open(forged)).rejects.toMatchObject(invalid);
    }),
    { numRuns: 20_000 },
  );
}, 60_000);

test('a truncated token and a token with added characters are refused', async () => {
  for (let length = 0; length < good.length; length++)
    await expect(links.open(good.slice(0, length))).rejects.toMatchObject(invalid);
  for (const forged of [
    `${good}=`,
    `${good}A`,
    `${good}.`,
    ` ${good}`,
    `${good}.${good}`,
    `.${good}`,
  ])
    await expect(links.open(forged)).rejects.toMatchObject(invalid);
});

test('random text in the form of a token is refused', async () => {
  const part = fc.oneof(
    fc.base64String({ maxLength: 80 }).map((text) => text.replace(/[+/=]/g, '')),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
    fc.constantFrom(...good.split('.')),
  );
  const token = fc.oneof(
    fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join('.')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  await fc.assert(
    fc.asyncProperty(token, async (text) => {
      fc.pre(text !== good);
      await expect(links.open(text)).rejects.toMatchObject(invalid);
    }),
    { numRuns: 20_000 },
  );
}, 60_000);

const hour = Math.floor(nowMs / 1_000) + 3_600;

test.each<[string, LinkClaims & Record<string, unknown>]>([
  ['no order id', { oid: undefined }],
  ['an order id that is a number', { oid: 5 }],
  ['an empty order id', { oid: '' }],
  ['an order id of 65 characters', { oid: 'x'.repeat(65) }],
  ['the order id ".."', { oid: '..' }],
  ['the order id "."', { oid: '.' }],
  ['an order id with an unpaired surrogate', { oid: '\ud83d' }],
  ['no user id', { sub: undefined }],
  ['a user id that is a list', { sub: ['demo-customer'] }],
  ['an empty user id', { sub: '' }],
  ['a user id of 129 characters', { sub: 'x'.repeat(129) }],
  ['no expiry', { exp: undefined }],
  ['an expiry that is text', { exp: String(hour) }],
  ['an unknown scope', { scp: 'write' }],
  ['an empty scope', { scp: '' }],
  ['a scope that is a list', { scp: ['read'] }],
  ['a scope in another case', { scp: 'Share' }],
  ['a scope with a space', { scp: 'share ' }],
  ['two scopes', { scp: 'read share' }],
  ['a scope that is null', { scp: null }],
  ['the scope of a link without a scope', { scp: 'full' }],
  ['a scope under another name', { scope: 'read' }],
  ['a sharing scope under another name', { share: true }],
  ['an unknown claim', { readOnly: true }],
  ['an unknown claim in snake case', { read_only: true }],
  ['an unknown claim in lower case', { readonly: true }],
  ['a scope in upper case', { SCP: 'read' }],
  ['a space after the name of the scope', { 'scp ': 'read' }],
  ['an order id under another name', { orderId: 'A-1' }],
  ['a claim named as a property of the prototype', { constructor: 1 }],
  ['an expiry in 400 days and one second', { exp: nowMs / 1_000 + 400 * 86_400 + 1 }],
  ['an expiry in milliseconds', { exp: nowMs + 3_600_000 }],
  ['an expiry of 1e300 seconds', { exp: 1e300 }],
  ['an order number of 33 characters', { num: 'x'.repeat(33) }],
  ['an empty order number', { num: '' }],
  ['an order number that is not text', { num: 20_418 }],
  ['an order number under another name', { number: 'GM-1' }],
  ['a locale under another name', { locale: 'fr-CA' }],
  ['a locale with a line break', { loc: 'fr-CA\r\nx: y' }],
  ['an invalid locale', { loc: 'en_US' }],
  ['an empty locale', { loc: '' }],
  ['a list of locales', { loc: ['en-US'] }],
  ['an nbf in the future', { nbf: hour }],
])('an authentic token with %s is refused', async (_, claims) => {
  const token = await mintTestToken({ oid: 'A-1', ...claims }, { nowMs });
  await expect(links.open(token)).rejects.toMatchObject(invalid);
});

test('registered claims and claims under a URI do not change the result', async () => {
  const seconds = Math.floor(nowMs / 1_000);
  const extra = {
    ...{ iss: 'https://shop.example', aud: 'orders', jti: 'one', iat: seconds, nbf: seconds },
    ...{ 'https://shop.example/campaign': 'autumn', 'urn:shop:lane': 4 },
  };
  const token = await mintTestToken({ oid: 'A-1', scp: 'read', ...extra }, { nowMs });
  expect(await links.open(token)).toEqual({
    ...{ orderId: 'A-1', userId: 'demo-customer', access: 'read' },
    opensUntilMs: (seconds + 86_400 + 60) * 1_000,
  });
});

test('a link of 400 days opens with its order number and its locale', async () => {
  const exp = nowMs / 1_000 + 400 * 86_400;
  const token = await mintTestToken(
    { oid: 'A-1', exp, ...{ num: 'GM-1', loc: 'fr-CA' } },
    { nowMs },
  );
  expect(await links.open(token)).toMatchObject({ number: 'GM-1', locale: 'fr-CA' });
});

const claims = { oid: 'A-1', sub: 'demo-customer', exp: hour };
const encrypt = (header: object, key: Uint8Array = testKey) =>
  new EncryptJWT(claims).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...header }).encrypt(key);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each<[string, () => string | Promise<string>]>([
  ['a foreign key', () => encrypt({}, Buffer.alloc(32, 8))],
  ['another encryption', () => encrypt({ enc: 'A128CBC-HS256' })],
  ['a shorter key', () => encrypt({ enc: 'A128GCM' }, testKey.subarray(0, 16))],
  ['a compressed text', () => encrypt({ zip: 'DEF' })],
  ['a key wrapped in the key', () => encrypt({ alg: 'A256KW' })],
  ['a password-based key', () => encrypt({ alg: 'PBES2-HS256+A128KW' })],
  [
    'a signature instead of encryption',
    () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(testKey),
  ],
  ['alg "none"', () => `${encode({ alg: 'none' })}.${encode(claims)}.`],
  ['alg "none" in five parts', () => `${encode({ alg: 'none', enc: 'A256GCM' })}..AA.AA.AA`],
  ['a kid that is a number', () => encrypt({ kid: 5 })],
  ['a kid that is null', () => encrypt({ kid: null })],
  ['the kid "__proto__"', () => encrypt({ kid: '__proto__' })],
  ['an unknown critical extension', () => encrypt({ crit: ['x'], x: 1 }).catch(() => 'x')],
  [
    'a plaintext that is not a claims set',
    () =>
      new CompactEncrypt(Buffer.from('"hello"'))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(testKey),
  ],
])('a token with %s is refused', async (_, mint) => {
  const token = await mint();
  await expect(links.open(token)).rejects.toMatchObject(invalid);
});

test('a token over 4,096 characters is refused', async () => {
  const long = await mintTestToken({ oid: 'A-1', ...{ note: 'x'.repeat(3_000) } }, { nowMs });
  expect(long.length).toBeGreaterThan(4_096);
  await expect(links.open(long)).rejects.toMatchObject(invalid);
});
