import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLinks } from '@/lib/server/links/link';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { createShortLinks } from '@/lib/server/links/short-link';
import { dayMs, hourMs } from '@/tests/simulator/clock';
import { startRouterServer } from '@/tests/support/router-server';
import { plainRequest } from '@/tests/support/plain-request';
import { startRedis } from '@/tests/support/redis-server';
import { toBytes } from '@/tests/support/response-bytes';
import { createRevoker } from '@/tests/support/shared-servers';
import { mintTestToken } from '@/tests/support/test-link';

const apiKey = 'of-a-retailers-back-end';
const foreignKey = Buffer.alloc(32, 8);

let redisServer: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let server: Awaited<ReturnType<typeof startRouterServer>>;

beforeAll(async () => {
  redisServer = await startRedis();
  redis = await connectRedisOnce(redisServer.url);
  server = await startRouterServer({
    REDIS_URL: redisServer.url,
    LINKS_API_KEY: apiKey,
    LIMITS: 'off',
  });
  await createRevoker(redis, server).revoke('revoked');
  server.tick();
});

afterAll(async () => {
  redis.disconnect();
  await server.close();
  await redisServer.close();
});

/** One token of each kind; another `n` gives other tokens of the same kinds. */
async function tokens(n = 0): Promise<Record<string, string | undefined>> {
  const nowMs = server.clock.nowMs();
  const oid = 'shopping';
  const good = await server.mint(oid);
  const [header = '', , iv = '', text = '', tag = ''] = good.split('.');
  const forged = Buffer.from(text, 'base64url');
  forged[n % forged.length] = (forged[n % forged.length] ?? 0) ^ (1 << (n % 8));
  return {
    good,
    missing: undefined,
    malformed:
      good
        .split('.')
        .slice(0, 2 + (n % 3))
        .join('.') + n,
    forged: [header, '', iv, forged.toString('base64url'), tag].join('.'),
    'of an unknown key': await mintTestToken({ oid }, { nowMs, kid: `unknown-${n}` }),
    'of another retailer': await mintTestToken({ oid }, { nowMs, key: foreignKey }),
    revoked: await server.mint('revoked'),
    expired: await server.mint(oid, { exp: Math.floor(nowMs / 1_000) - 61 - n }),
  };
}

/** Short ids that refer to a token of each kind, or to none. */
async function shortIds(): Promise<Record<string, string | undefined>> {
  const now = () => server.clock.nowMs();
  const store = createShortLinks(redis, now);
  const shorten = (token = '') => store.shorten(token, now() + hourMs);
  const { good, missing, malformed, ...others } = await tokens();
  const id = (await shorten(good)) ?? '';
  const entries = Object.entries(others).map(async ([kind, token]) => [kind, await shorten(token)]);
  return {
    good: id,
    missing,
    malformed: id.slice(0, 20),
    'of a malformed token': await shorten(malformed),
    unknown: 'AAAAAAAAAAAAAAAAAAAAAA',
    ...Object.fromEntries(await Promise.all(entries)),
  };
}

const order = '/api/order/messages';
const json = { 'content-type': 'application/json' };
const message = () => ({ clientMessageId: crypto.randomUUID(), body: 'Hello' });
const routes = {
  'reading an order': (headers: object) => plainRequest(server.url + order, { ...headers }),
  'sending a message': (headers: object) =>
    plainRequest(server.url + order, { ...headers, ...json }, 'POST', {
      body: JSON.stringify(message()),
    }),
  'marking messages as read': (headers: object) =>
    plainRequest(`${server.url}/api/order/read`, { ...headers, ...json }, 'POST', { body: '{}' }),
  'deciding about a replacement': (headers: object) =>
    plainRequest(`${server.url}/api/order/replacements`, { ...headers, ...json }, 'POST', {
      body: JSON.stringify({ itemId: '3', decision: 'approve' }),
    }),
  'reporting an arrival': (headers: object) =>
    plainRequest(`${server.url}/api/order/arrival`, { ...headers, ...json }, 'POST', {
      body: '{}',
    }),
  'storing a vehicle': (headers: object) =>
    plainRequest(`${server.url}/api/order/vehicle`, { ...headers, ...json }, 'PUT', {
      body: JSON.stringify({ color: 'red' }),
    }),
  'minting a link': (headers: object) =>
    plainRequest(`${server.url}/api/links`, { ...headers, ...json }, 'POST', {
      body: JSON.stringify({ orderId: 'shopping', userId: 'demo-customer' }),
    }),
};

const writing = [
  ...(['sending a message', 'marking messages as read'] as const),
  ...(['deciding about a replacement', 'reporting an arrival', 'storing a vehicle'] as const),
];

const accepted = new Map([
  ['reading an order', 200],
  ['sending a message', 201],
  ['marking messages as read', 204],
  ['deciding about a replacement', 200],
  // The order is not collected, so a good link gets past the authentication and no further.
  ['reporting an arrival', 409],
  ['storing a vehicle', 409],
]);

for (const [route, makeRequest] of Object.entries(routes)) {
  const isMinting = route === 'minting a link';
  for (const [form, make] of [
    ['token', tokens],
    ['short link', shortIds],
  ] as const) {
    test(`${route}: ${isMinting ? 'no' : 'only a good'} ${form} is accepted`, async () => {
      const { good, ...wrong } = await make();
      const kinds = [...Object.entries(wrong), ['good', good] as const];
      expect(kinds.length).toBeGreaterThanOrEqual(8);
      const answers: [string, number][] = [];
      const refusals = new Set<string>();
      const callsBefore = server.simulator.control.calls().length;
      for (const [kind, token] of kinds) {
        if (kind === 'good') expect(server.simulator.control.calls()).toHaveLength(callsBefore);
        const { status, headers, body } = await makeRequest(
          token === undefined ? {} : { authorization: `Bearer ${token}` },
        );
        answers.push([kind, status]);
        if (status === 401) refusals.add(JSON.stringify([{ ...headers, date: '' }, body]));
        if (kind !== 'good' || isMinting) expect(Object.keys(JSON.parse(body))).toEqual(['error']);
      }
      const acceptedStatus = accepted.get(route);
      for (const [kind, status] of answers) {
        const isLate = kind === 'expired' && !isMinting;
        expect([kind, status]).toEqual([
          kind,
          kind === 'good' && acceptedStatus ? acceptedStatus : isLate ? 410 : 401,
        ]);
      }
      expect(refusals.size).toBe(1);
    });
  }
}

test('the API key mints links, but has no access to an order', async () => {
  const authorization = `Bearer ${apiKey}`;
  expect((await routes['minting a link']({ authorization })).status).toBe(201);
  for (const [name, makeRequest] of Object.entries(routes))
    if (name !== 'minting a link')
      expect([name, (await makeRequest({ authorization })).status]).toEqual([name, 401]);
});

test.each(['read', 'share'])(
  'a link with the scope "%s", as token or short link, can read and cannot write',
  async (scp) => {
    const now = () => server.clock.nowMs();
    const token = await server.mint('shopping', { scp });
    const shortId = await createShortLinks(redis, now).shorten(token, now() + hourMs);
    for (const bearer of [token, shortId]) {
      const headers = { authorization: `Bearer ${bearer}` };
      const read = await routes['reading an order'](headers);
      expect([read.status, JSON.parse(read.body).access]).toEqual([200, scp]);
      const callsBefore = server.simulator.control.calls().length;
      for (const route of writing) {
        const { status, body } = await routes[route](headers);
        expect([route, status, JSON.parse(body).error.code]).toEqual([
          route,
          403,
          'read_only_link',
        ]);
      }
      expect((await routes['minting a link'](headers)).status).toBe(401);
      expect(server.simulator.control.calls()).toHaveLength(callsBefore);
    }
  },
);

test('a link of one retailer is refused by another, even if both use the same kid', async () => {
  const ours = createLinks(server.env.LINK_KEYS, 14, () => server.clock.nowMs());
  const theirs = createLinks([{ kid: 'test', key: foreignKey }], 14, () => server.clock.nowMs());
  const access = { orderId: 'A', userId: 'B', access: 'full' as const };
  const expiresAtMs = server.clock.nowMs() + dayMs;
  const token = await theirs.seal({ ...access, expiresAtMs });
  expect(await theirs.open(token)).toMatchObject(access);
  await expect(ours.open(token)).rejects.toMatchObject({ code: 'link_invalid' });
});

test('10,000 wrong tokens of six kinds get one response in similar time', async () => {
  const kinds = [
    'missing',
    'malformed',
    'forged',
    'of an unknown key',
    'of another retailer',
    'revoked',
  ];
  const timesMs = new Map(kinds.map((kind) => [kind, [] as number[]]));
  const answers = new Set<string>();
  const callsBefore = server.simulator.control.calls().length;
  for (let n = 0; n < 10_000 / kinds.length; n++) {
    const made = await tokens(n);
    // The order rotates, so that other load on this machine delays all kinds alike.
    for (const index of kinds.keys()) {
      const kind = kinds[(index + n) % kinds.length] ?? '';
      const startedAtMs = performance.now();
      const response = await server.request(made[kind]);
      timesMs.get(kind)?.push(performance.now() - startedAtMs);
      answers.add(JSON.stringify(await toBytes(response)));
    }
  }
  const medians = [...timesMs].map(
    ([kind, times]) => [kind, times.sort((a, b) => a - b)[times.length >> 1] ?? NaN] as const,
  );
  expect([...timesMs.values()].reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(9_999);
  expect([...answers].map((text) => JSON.parse(text).status)).toEqual([401]);
  expect(server.simulator.control.calls()).toHaveLength(callsBefore);
  const middle = medians.map(([, ms]) => ms);
  // The limit allows for a busy machine and is far below a call to Connect or a deliberate wait.
  expect(Math.max(...middle), JSON.stringify(medians)).toBeLessThan(3 * Math.min(...middle) + 10);
}, 60_000);
