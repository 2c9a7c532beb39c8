import { createSecretKey } from 'node:crypto';
import { millisecondsInDay as DAY_MS } from 'date-fns/constants';
import fc from 'fast-check';
import { EncryptJWT } from 'jose';
import { expect, test } from 'vitest';
import { ACCESS_LEVELS } from '@/lib/order/order-view';
import { parseEnv } from '@/lib/server/config/env';
import { createLinks, type LinkAccess } from '@/lib/server/links/link';
import { mintTestToken, testKey, testLinkKeys } from '@/tests/support/test-link';

const nowMs = Date.parse('2026-11-20T18:00:00Z');
const nowSeconds = nowMs / 1_000;

function linksWith(keys: string, clockMs = nowMs) {
  const env = parseEnv({
    LINK_KEYS: keys,
    CONNECT_ACCESS_TOKEN: 't',
    CONNECT_BASE_URL: 'http://localhost:4010',
  });
  return createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, () => clockMs);
}

const links = linksWith(testLinkKeys);
const access: LinkAccess = { orderId: 'A-1', userId: 'demo-customer', access: 'full' };
const otherKey = Buffer.alloc(32, 9);
const otherKeys = `other:${otherKey.toString('base64url')}`;

test('a sealed token opens with the same values', async () => {
  const text = (maxLength: number) =>
    fc
      .string({ unit: 'binary', minLength: 1, maxLength })
      .filter((id) => id.length <= maxLength && id !== '.' && id !== '..');
  const anyAccess = fc.record(
    {
      ...{ orderId: text(64), userId: text(128), access: fc.constantFrom(...ACCESS_LEVELS) },
      number: text(32),
      locale: fc.constantFrom('en-US', 'fr-CA', 'es-US', 'zh-Hant-TW', 'de-CH-1996'),
    },
    { requiredKeys: ['orderId', 'userId', 'access'] },
  );
  await fc.assert(
    fc.asyncProperty(anyAccess, async (one) => {
      const token = await links.seal({ ...one, expiresAtMs: nowMs + DAY_MS });
      expect(token).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(await links.open(token)).toMatchObject(one);
    }),
    { numRuns: 5_000 },
  );
}, 60_000);

test('a token that another library makes with a KeyObject opens', async () => {
  const token = await new EncryptJWT({ oid: 'A-1', scp: 'read' })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'JWT' })
    .setSubject('demo-customer')
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + 60)
    .encrypt(createSecretKey(testKey));
  expect(await links.open(token)).toMatchObject({ ...access, access: 'read' });
});

test.each([
  [-1, 'opens'],
  [0, 'opens'],
  [59, 'opens'],
  [61, 'link_expired'],
  [10 * 365 * 86_400, 'link_expired'],
])('%d seconds after the expiry of a token: %s', async (seconds, outcome) => {
  const token = await mintTestToken({ oid: 'A-1', exp: nowSeconds }, { nowMs });
  const opened = linksWith(testLinkKeys, nowMs + seconds * 1_000).open(token);
  expect(
    await opened.then(
      () => 'opens',
      (problem: { code: string }) => problem.code,
    ),
  ).toBe(outcome);
});

test('the first key mints and every key opens, with or without a kid', async () => {
  const both = linksWith(`${otherKeys},${testLinkKeys}`);
  const sealed = await both.seal({ ...access, expiresAtMs: nowMs + DAY_MS });
  expect(await linksWith(otherKeys).open(sealed)).toMatchObject(access);
  await expect(links.open(sealed)).rejects.toMatchObject({ code: 'link_invalid' });
  expect(await linksWith(`${testLinkKeys},${otherKeys}`).open(sealed)).toMatchObject(access);
  for (const kid of ['test', undefined])
    expect(await both.open(await mintTestToken({ oid: 'A-1' }, { nowMs, kid }))).toMatchObject(
      access,
    );
});

test('a token that the app mints has no kid', async () => {
  const sealed = await links.seal({ ...access, expiresAtMs: nowMs + DAY_MS });
  const header = Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString();
  expect(header).toBe('{"alg":"dir","enc":"A256GCM"}');
});

test('a token with a kid is opened only with the key of that kid', async () => {
  const both = linksWith(`${otherKeys},${testLinkKeys}`);
  for (const kid of ['other', 'gone', ''])
    await expect(
      both.open(await mintTestToken({ oid: 'A-1' }, { nowMs, kid })),
    ).rejects.toMatchObject({ code: 'link_invalid' });
});

test('a token of a removed key is refused', async () => {
  const token = await mintTestToken({ oid: 'A-1' }, { nowMs });
  await expect(linksWith(otherKeys).open(token)).rejects.toMatchObject({ code: 'link_invalid' });
});

test.each([
  ['orderId', { orderId: '' }],
  ['orderId', { orderId: 'x'.repeat(65) }],
  ['orderId', { orderId: '..' }],
  ['orderId', { orderId: '.' }],
  ['orderId', { orderId: 'half \ud83d' }],
  ['userId', { userId: '' }],
  ['userId', { userId: 'x'.repeat(129) }],
  ['userId', { userId: '\udc00 half' }],
  ['number', { number: '' }],
  ['number', { number: 'x'.repeat(33) }],
  ['number', { number: 'half \ud83d' }],
  ['locale', { locale: '' }],
  ['locale', { locale: 'en_US' }],
  ['locale', { locale: 'fr-CA\r\nset-cookie: a=b' }],
  ['expiresAt', { expiresAtMs: nowMs }],
  ['expiresAt', { expiresAtMs: nowMs + 14 * DAY_MS + 1 }],
  ['expiresAt', { expiresAtMs: NaN }],
  ['expiresAt', { expiresAtMs: Infinity }],
])('the error names a wrong %s: %o', async (field, change) => {
  const sealed = links.seal({ ...access, expiresAtMs: nowMs + DAY_MS, ...change });
  await expect(sealed).rejects.toThrow(RangeError);
  await expect(sealed).rejects.toThrow(field);
});

test('a link may last for exactly LINK_MAX_DAYS', async () => {
  const token = await links.seal({ ...access, expiresAtMs: nowMs + 14 * DAY_MS });
  expect(await linksWith(testLinkKeys, nowMs + 14 * DAY_MS).open(token)).toMatchObject(access);
});

test('a minted token has no "-" or "_" after its two dots, where linkifiers cut', async () => {
  const tokens = await Promise.all(
    Array.from({ length: 2_000 }, () => links.seal({ ...access, expiresAtMs: nowMs + DAY_MS })),
  );
  for (const token of tokens) expect(token).toMatch(/^[\w-]+\.\.[A-Za-z\d][\w-]{15}\./);
  expect(new Set(tokens.map((token) => token.split('.')[2])).size).toBe(tokens.length);
});

test('a token keeps the order number and the locale, and a token without them has neither', async () => {
  const expiresAtMs = nowMs + DAY_MS;
  const named = { ...access, number: '#1042', locale: 'fr-CA' };
  expect(await links.open(await links.seal({ ...named, expiresAtMs }))).toMatchObject(named);
  const opened = await links.open(await links.seal({ ...access, expiresAtMs }));
  expect(opened).not.toHaveProperty('number');
  expect(opened).not.toHaveProperty('locale');
  expect(links.isRevoked('A-1')).toBe(false);
});

test('an authentic token of more than 4,096 characters is refused', async () => {
  const open = async (length: number) =>
    links.open(
      await mintTestToken({ oid: 'A-1', ...{ 'urn:note': 'x'.repeat(length) } }, { nowMs }),
    );
  expect(await open(2_000)).toMatchObject({ orderId: 'A-1' });
  await expect(open(4_000)).rejects.toMatchObject({ code: 'link_invalid' });
});
