import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLinks } from '@/lib/server/links/link';
import { mintTestToken } from '@/tests/support/test-link';

const nowMs = Date.parse('2026-11-20T18:00:00Z');
const origin = 'https://orders.example-shop.eu';
const sentence = 'Your order is on its way. Follow it here';
// Each segment of a longer text spends 7 of its 160 septets on the concatenation header.
const TWO_SEGMENTS = 2 * 153;

// 3GPP TS 23.038, 6.2.1: the basic alphabet, a septet each; its extension costs two septets.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

function septets(text: string): number {
  return [...text].reduce((sum, character) => {
    if (BASIC.has(character)) return sum + 1;
    return sum + (EXTENSION.has(character) ? 2 : Infinity);
  }, 0);
}

type Link = { kid: string; orderId: string; userId: string; readOnly: boolean };

async function textFor({
  kid,
  orderId,
  userId,
  readOnly,
}: Link): Promise<{ url: string; text: string }> {
  const links = createLinks([{ kid, key: new Uint8Array(32).fill(7) }], 14, () => nowMs);
  const expiresAtMs = nowMs + 14 * 86_400_000;
  const access = readOnly ? 'read' : 'full';
  const token = await links.seal({ orderId, userId, access, expiresAtMs });
  const url = `${origin}/order#${token}`;
  return { url, text: `${sentence} ${url}` };
}

const kid = fc.stringMatching(/^[\w.-]{1,8}$/);
const usual = fc.constantFrom(
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@+',
);

/** An order id and a user id with at most `maxLength` characters together. */
function ids(unit: fc.Arbitrary<string> | 'grapheme-ascii', maxLength: number) {
  return fc
    .tuple(fc.string({ unit, minLength: 2, maxLength, size: 'max' }), fc.nat())
    .map(([both, seed]) => {
      const cut = 1 + (seed % Math.min(both.length - 1, 64));
      return { orderId: both.slice(0, cut), userId: both.slice(cut) };
    })
    .filter(({ orderId }) => orderId !== '.' && orderId !== '..');
}

/** Septets of a text with a link of another back end, for a user id of this length. */
async function septetsOfForeign(kid: string | undefined, userIdLength: number, readOnly: boolean) {
  const claims = { oid: 'o', sub: 'u'.repeat(userIdLength), ...(readOnly && { scp: 'read' }) };
  const token = await mintTestToken(claims, { nowMs, kid });
  return septets(`${sentence} ${origin}/order#${token}`);
}

/** The number of characters of ids that fit into two segments. */
async function roomFor(kid: string | undefined, readOnly: boolean): Promise<number> {
  let length = 1;
  while ((await septetsOfForeign(kid, length, readOnly)) <= TWO_SEGMENTS) length++;
  return length;
}

test('the origin, the sentence and the alphabet have the documented sizes', () => {
  expect([origin.length, sentence.length]).toEqual([30, 40]);
  expect(BASIC.size).toBe(127);
  expect([septets(sentence), septets('a€'), septets('ç')]).toEqual([40, 3, Infinity]);
});

test('a text with usual ids of up to 50 characters in total fits into two segments', async () => {
  const link = fc.tuple(kid, ids(usual, 50), fc.boolean());
  await fc.assert(
    fc.asyncProperty(link, async ([name, pair, readOnly]) => {
      const { url, text } = await textFor({ kid: name, ...pair, readOnly });
      expect([...url].every((character) => BASIC.has(character))).toBe(true);
      expect(septets(text)).toBeLessThanOrEqual(TWO_SEGMENTS);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('ASCII ids of the documented length fit if quotes and backslashes count twice', async () => {
  const link = fc
    .tuple(kid, ids('grapheme-ascii', 74), fc.boolean())
    .filter(([, { orderId, userId }, readOnly]) => {
      const counted = (orderId + userId).replace(/["\\]/g, '..').length;
      return counted <= (readOnly ? 61 : 74);
    });
  await fc.assert(
    fc.asyncProperty(link, async ([name, pair, readOnly]) => {
      const { url, text } = await textFor({ kid: name, ...pair, readOnly });
      expect([...url].every((character) => BASIC.has(character))).toBe(true);
      expect(septets(text)).toBeLessThanOrEqual(TWO_SEGMENTS);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test.each([false, true])(
  'docs/minting-links.md gives the exact number of characters that fit (read only: %s)',
  async (readOnly) => {
    const page = readFileSync('docs/minting-links.md', 'utf8');
    const row = readOnly ? /^\| `scp` is `"read"` (.*)\|$/m : /^\| follow and answer (.*)\|$/m;
    const named = row.exec(page)?.[1]?.split('|').map(Number).filter(Boolean);
    const room = ['k'.repeat(8), 'k'.repeat(4), undefined].map((kid) => roomFor(kid, readOnly));
    expect(named).toEqual(await Promise.all(room));
  },
);

test('docs/minting-links.md gives the exact number of characters that a sharing link has', async () => {
  const page = readFileSync('docs/minting-links.md', 'utf8');
  const row = /^\| `scp` is `"share"` (.*)\|$/m.exec(page)?.[1]?.split('|').map(Number);
  const readRow = /^\| `scp` is `"read"` (.*)\|$/m.exec(page)?.[1]?.split('|').map(Number);
  // The value is one character longer, and the claim costs no other bytes.
  expect(row?.filter(Boolean)).toEqual(readRow?.filter(Boolean).map((room) => room - 1));
});

test.each([
  ['a link', false],
  ['a read-only link', true],
])(
  '%s of the app is as long as one of a back end without a kid, for any kid in LINK_KEYS',
  async (_, readOnly) => {
    const ours = await textFor({ kid: 'k'.repeat(8), orderId: 'o', userId: 'u', readOnly });
    expect(septets(ours.text)).toBe(await septetsOfForeign(undefined, 1, readOnly));
  },
);
