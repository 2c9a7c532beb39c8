import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSharedLinks } from '@/lib/server/links/shared-links';
import { createShortLinks, isShortId } from '@/lib/server/links/short-link';
import { dayMs, hourMs } from '@/tests/simulator/clock';

const nowMs = Date.parse('2026-11-20T18:00:00Z');

/** A fake Redis with the commands that short links use, which records its calls. */
function createStore() {
  const entries = new Map<string, string>();
  const gets: string[] = [];
  const livesMs: number[] = [];
  return {
    entries,
    gets,
    livesMs,
    get: async (key: string) => {
      gets.push(key);
      return entries.get(key) ?? null;
    },
    set: async (key: string, value: string, _unit: 'PX', lifeMs: number) => {
      livesMs.push(lifeMs);
      return entries.set(key, value);
    },
  };
}

async function shorten(links: ReturnType<typeof createShortLinks>, token: string) {
  const id = await links.shorten(token, nowMs + hourMs);
  if (id === undefined) throw new Error('no id');
  return id;
}

const anyId = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));

test('an id returns its own token only, also on an instance that did not mint it', async () => {
  const store = createStore();
  const minting = createShortLinks(store, () => nowMs);
  const known = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 300 }), anyId, async (token, other) => {
      known.set(await shorten(minting, token), token);
      const reading = createShortLinks(store, () => nowMs);
      for (const [id, expected] of [...known].slice(-5)) {
        expect(isShortId(id)).toBe(true);
        expect(await reading.find(id)).toBe(expected);
      }
      await expect(reading.find(other)).rejects.toMatchObject({ code: 'link_invalid' });
    }),
    { numRuns: 1_000 },
  );
  expect(known.size).toBe(1_000);
}, 30_000);

test('a bearer that is not a canonical id causes no call to Redis', async () => {
  const store = createStore();
  const opened: string[] = [];
  const links = createSharedLinks({
    shortLinks: createShortLinks(store, () => nowMs),
    revocations: { has: () => false },
    started: Promise.resolve(),
    links: {
      open: async (token) => {
        opened.push(token);
        return { orderId: 'a', userId: 'b', access: 'full', opensUntilMs: nowMs };
      },
      isRevoked: () => false,
      seal: async () => '',
    },
  });
  const letters = fc.constantFrom(...'ABCQgwxyz0189-_');
  const bearers = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary', minLength: 22, maxLength: 22 }).filter((text) => !isShortId(text)),
    fc.string({ unit: letters, maxLength: 21 }),
    fc.string({ unit: letters, minLength: 23, maxLength: 80 }),
    // The changed last letter decodes to the same bytes.
    anyId.map((id) => id.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1))),
    anyId.map((id) => `${id}=`),
    anyId.map((id) => `${id}\n`),
    fc.array(anyId, { minLength: 5, maxLength: 5 }).map((parts) => parts.join('.')),
  );
  await fc.assert(
    fc.asyncProperty(bearers, async (bearer) => {
      await links.open(bearer);
      expect(opened.at(-1)).toBe(bearer);
    }),
    { numRuns: 5_000 },
  );
  expect(store.gets).toEqual([]);
}, 30_000);

test('a stored entry reveals neither id nor token and is refused under another key', async () => {
  const store = createStore();
  const links = createShortLinks(store, () => nowMs);
  const token = 'a-token-that-must-not-be-seen';
  const [id, other] = [await shorten(links, token), await shorten(links, 'other')];
  const [[address = '', value = ''] = [], [otherAddress = ''] = []] = [...store.entries];
  for (const text of [address, value, Buffer.from(value, 'base64').toString('latin1')]) {
    expect(text).not.toContain(id);
    expect(text).not.toContain(token);
  }
  for (const planted of [value, '', 'x', '....', token, store.entries.get(address)?.slice(1)]) {
    store.entries.set(otherAddress, planted ?? '');
    await expect(links.find(other)).rejects.toMatchObject({ code: 'link_invalid' });
  }
});

test('an id is stored for one day longer than its link', async () => {
  const store = createStore();
  await shorten(
    createShortLinks(store, () => nowMs),
    'token',
  );
  expect(store.livesMs).toEqual([hourMs + dayMs]);
});

test('a found id is cached, and an unknown id is requested from Redis again', async () => {
  const store = createStore();
  const links = createShortLinks(store, () => nowMs);
  const id = await shorten(links, 'token');
  for (let i = 0; i < 3; i++) expect(await links.find(id)).toBe('token');
  expect(store.gets).toHaveLength(1);
  const unknown = 'AAAAAAAAAAAAAAAAAAAAAA';
  for (let i = 0; i < 3; i++) await expect(links.find(unknown)).rejects.toThrow('link_invalid');
  expect(store.gets).toHaveLength(4);
});

test('the cache of found ids has a maximum size', async () => {
  const store = createStore();
  const links = createShortLinks(store, () => nowMs);
  const first = await shorten(links, 'first');
  await links.find(first);
  const large = 'x'.repeat(1_048_576);
  for (let i = 0; i < 17; i++) await links.find(await shorten(links, large));
  store.gets.length = 0;
  await links.find(first);
  expect(store.gets).toHaveLength(1);
});

test('a single failure of a Redis command is retried', async () => {
  const store = createStore();
  const missed: string[] = [];
  const missOnce = (what: string) => {
    if (missed.includes(what)) return Promise.resolve();
    missed.push(what);
    return Promise.reject(new Error('Command timed out'));
  };
  const links = createShortLinks(
    {
      get: (key) => missOnce('get').then(() => store.get(key)),
      set: (...entry) => missOnce('set').then(() => store.set(...entry)),
    },
    () => nowMs,
  );
  expect(await links.find(await shorten(links, 'token'))).toBe('token');
  expect(missed).toEqual(['set', 'get']);
});

test('while Redis fails no id is minted, and a lookup gets upstream_unavailable', async () => {
  const fail = () => Promise.reject(new Error('Connection is closed.'));
  const links = createShortLinks({ get: fail, set: fail }, () => nowMs);
  expect(await links.shorten('token', nowMs)).toBeUndefined();
  await expect(links.find('AAAAAAAAAAAAAAAAAAAAAA')).rejects.toMatchObject({
    code: 'upstream_unavailable',
    retryAfterMs: 5_000,
  });
});

test('a short link after a sentence of forty characters fits into one SMS segment', async () => {
  const origin = 'https://orders.example-shop.ca';
  expect(origin).toHaveLength(30);
  // Each of these GSM 03.38 letters costs one of a segment's 160 septets.
  const gsm7 = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]*$/;
  const store = createStore();
  const links = createShortLinks(store, () => nowMs);
  for (let i = 0; i < 50; i++) {
    const text = `${'Your order is on its way. Follow it here'} ${origin}/s#${await shorten(links, 'token')}`;
    expect(text.split(' https')[0]).toHaveLength(40);
    expect(text).toMatch(gsm7);
    expect(text.length).toBeLessThanOrEqual(160);
  }
});
