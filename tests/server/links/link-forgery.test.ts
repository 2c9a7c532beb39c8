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

test('the token that the others are made from is good', async () => {
  expect(await links.open(good)).toMatchObject({ orderId: 'A-1' });
});

test('no token survives the change of a single character, even one that decodes alike', async () => {
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

test('no token survives that one bit of it is turned, in its letters or in what they stand for', async () => {
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

test('no part of a token opens, nor a token with something added', async () => {
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

test('nothing that merely looks like a token opens', async () => {
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
  ['no order', { oid: undefined }],
  ['an order that is a number', { oid: 5 }],
  ['an empty order', { oid: '' }],
  ['an order of 65 characters', { oid: 'x'.repeat(65) }],
  ['an order that climbs out of its path', { oid: '..' }],
  ['an order that is the path itself', { oid: '.' }],
  ['an order with half a character', { oid: '\ud83d' }],
  ['no user', { sub: undefined }],
  ['a user that is a list', { sub: ['demo-customer'] }],
  ['an empty user', { sub: '' }],
  ['a user of 129 characters', { sub: 'x'.repeat(129) }],
  ['no expiry', { exp: undefined }],
  ['an expiry that is text', { exp: String(hour) }],
  ['an unknown scope', { scp: 'write' }],
  ['an empty scope', { scp: '' }],
  ['a scope that is a list', { scp: ['read'] }],
  ['the scope of a later version', { scp: 'share' }],
  ['a scope under another name', { scope: 'read' }],
  ['a flag that is not known', { readOnly: true }],
  ['a flag that is not known, in snake case', { read_only: true }],
  ['a flag that is not known, in lower case', { readonly: true }],
  ['a scope in upper case', { SCP: 'read' }],
  ['a scope and a space', { 'scp ': 'read' }],
  ['a second name of the order', { orderId: 'A-1' }],
  ['a claim of the prototype', { constructor: 1 }],
  ['an expiry of 400 days and a second', { exp: nowMs / 1_000 + 400 * 86_400 + 1 }],
  ['an expiry in milliseconds', { exp: nowMs + 3_600_000 }],
  ['an endless expiry', { exp: 1e300 }],
  ['a number of 33 characters', { num: 'x'.repeat(33) }],
  ['an empty number', { num: '' }],
  ['a number that is a number', { num: 20_418 }],
  ['a language that is none', { loc: 'en_US' }],
  ['an empty language', { loc: '' }],
  ['a list of languages', { loc: ['en-US'] }],
  ['a time before which it must not be used', { nbf: hour }],
])('an authentic token with %s does not open', async (_, claims) => {
  const token = await mintTestToken({ oid: 'A-1', ...claims }, { nowMs });
  await expect(links.open(token)).rejects.toMatchObject(invalid);
});

test('registered claims and those under a URI of the minter’s own change nothing', async () => {
  const seconds = Math.floor(nowMs / 1_000);
  const extra = {
    ...{ iss: 'https://shop.example', aud: 'orders', jti: 'one', iat: seconds, nbf: seconds },
    ...{ 'https://shop.example/campaign': 'autumn', 'urn:shop:lane': 4 },
  };
  const token = await mintTestToken({ oid: 'A-1', scp: 'read', ...extra }, { nowMs });
  expect(await links.open(token)).toEqual({
    ...{ orderId: 'A-1', userId: 'demo-customer', readOnly: true },
    opensUntilMs: (seconds + 86_400 + 60) * 1_000,
  });
});

test('a link of 400 days opens, with its number and its language', async () => {
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
  ['a password', () => encrypt({ alg: 'PBES2-HS256+A128KW' })],
  [
    'a signature instead',
    () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(testKey),
  ],
  ['no algorithm', () => `${encode({ alg: 'none' })}.${encode(claims)}.`],
  ['no algorithm, in five parts', () => `${encode({ alg: 'none', enc: 'A256GCM' })}..AA.AA.AA`],
  ['a kid that is a number', () => encrypt({ kid: 5 })],
  ['a kid that is null', () => encrypt({ kid: null })],
  ['a kid of the prototype', () => encrypt({ kid: '__proto__' })],
  ['an extension that must be understood', () => encrypt({ crit: ['x'], x: 1 }).catch(() => 'x')],
  [
    'a text that is no claims set',
    () =>
      new CompactEncrypt(Buffer.from('"hello"'))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(testKey),
  ],
])('a token with %s does not open', async (_, mint) => {
  const token = await mint();
  await expect(links.open(token)).rejects.toMatchObject(invalid);
});

test('a token beyond 4,096 characters is refused unread', async () => {
  const long = await mintTestToken({ oid: 'A-1', ...{ note: 'x'.repeat(3_000) } }, { nowMs });
  expect(long.length).toBeGreaterThan(4_096);
  await expect(links.open(long)).rejects.toMatchObject(invalid);
});
