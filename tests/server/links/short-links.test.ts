import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { dayMs, hourMs, secondMs } from '@/tests/simulator/clock';
import { demoUserId } from '@/tests/simulator/people';
import { startOrderServer } from '@/tests/support/order-server';
import { readEverything } from '@/tests/support/redis-contents';
import { startRedis } from '@/tests/support/redis-server';
import { toBytes } from '@/tests/support/response-bytes';
import {
  createRevoker,
  mintShortId,
  startInstance,
  type Instance,
} from '@/tests/support/shared-servers';

const unknownId = 'AAAAAAAAAAAAAAAAAAAAAA';

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let minting: Instance;
let reading: Instance;

beforeAll(async () => {
  server = await startRedis();
  redis = await connectRedisOnce(server.url);
  [minting, reading] = await Promise.all([startInstance(server.url), startInstance(server.url)]);
});

afterAll(async () => {
  redis.disconnect();
  await Promise.all([minting.close(), reading.close()]);
  await server.close();
});

test('a short link opens the same order on an instance that did not mint it', async () => {
  const minted = await (await minting.requestLink('shopping')).json();
  expect(minted).toEqual({
    url: `https://orders.example.com/order#${minted.token}`,
    embedUrl: `https://orders.example.com/embed#${minted.token}`,
    shortUrl: expect.stringMatching(/^https:\/\/orders\.example\.com\/s#[\w-]{22}$/),
    token: expect.any(String),
    expiresAt: expect.any(String),
  });
  const byShort = await reading.request(minted.shortUrl.split('#')[1]);
  const byLong = await reading.request(minted.token);
  expect(byShort.status).toBe(200);
  expect(await toBytes(byShort)).toEqual(await toBytes(byLong));
});

test('a short link with the scope "read" is read-only', async () => {
  const id = await mintShortId(minting, 'shopping', { scope: 'read' });
  const view = await (await reading.request(id)).json();
  expect(view.chat.canReply).toBe(false);
});

test('each minted link gets its own short id', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => mintShortId(minting, 'shopping')));
  expect(new Set(ids).size).toBe(20);
});

test('an unknown id gets the bytes of any refused link and causes no call to Connect', async () => {
  const fresh = await startInstance(server.url);
  const refused = await toBytes(await fresh.request('not-a-link'));
  expect(refused.status).toBe(401);
  const good = await mintShortId(fresh, 'shopping');
  for (const id of [unknownId, good.toUpperCase(), good.split('').reverse().join(''), `${good}A`])
    expect(await toBytes(await fresh.request(id))).toEqual(refused);
  expect(fresh.simulator.control.calls()).toEqual([]);
  await fresh.close();
});

test('an expired short link gets 410, cached or not, and stays in Redis for a day', async () => {
  const fresh = await Promise.all([startInstance(server.url), startInstance(server.url)]);
  const expiresAt = new Date(fresh[0].clock.nowMs() + hourMs).toISOString();
  const id = await mintShortId(fresh[0], 'shopping', { expiresAt });
  expect((await fresh[0].request(id)).status).toBe(200);
  for (const { clock } of fresh) clock.advance(hourMs + 61 * secondMs);
  for (const { request } of fresh) {
    const response = await request(id);
    expect([response.status, (await response.json()).error.code]).toEqual([410, 'link_expired']);
  }
  expect(fresh[1].simulator.control.calls()).toEqual([]);
  const lives = await Promise.all((await redis.keys('*:link:*')).map((key) => redis.pttl(key)));
  const shortestMs = Math.min(...lives);
  expect(shortestMs).toBeGreaterThan(dayMs);
  expect(shortestMs).toBeLessThanOrEqual(dayMs + hourMs);
  await Promise.all(fresh.map(({ close }) => close()));
});

test('a short link is refused after the key of its token is removed', async () => {
  // Each instance has its own Connect, which does not accept the tokens of another.
  await redis.flushall();
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
  const before = await startInstance(server.url, { LINK_KEYS: `old:${key(1)}` });
  const during = await startInstance(server.url, { LINK_KEYS: `new:${key(2)},old:${key(1)}` });
  const after = await startInstance(server.url, { LINK_KEYS: `new:${key(2)}` });
  const id = await mintShortId(before, 'shopping');
  expect((await during.request(id)).status).toBe(200);
  const refused = await toBytes(await after.request('not-a-link'));
  expect(await toBytes(await after.request(id))).toEqual(refused);
  expect(after.simulator.control.calls()).toEqual([]);
  await Promise.all([before, during, after].map(({ close }) => close()));
});

test('no short link is minted without REDIS_URL, and an id is refused as wrong', async () => {
  const alone = await startOrderServer();
  const id = await mintShortId(minting, 'shopping');
  expect(await toBytes(await alone.request(id))).toEqual(await toBytes(await alone.request('x')));
  await alone.close();
  const { env } = await startInstance(server.url, { REDIS_URL: '' }).then(async (instance) => {
    const minted = await (await instance.requestLink('shopping')).json();
    expect(Object.keys(minted)).toEqual(['url', 'embedUrl', 'token', 'expiresAt']);
    await instance.close();
    return instance;
  });
  expect(env.REDIS_URL).toBeUndefined();
});

test('Redis holds no readable token, id, order or customer', async () => {
  const orderId = 'an-order-by-name';
  const { shortUrl, token } = await (await minting.requestLink(orderId)).json();
  await createRevoker(redis, minting).revoke(orderId);
  const everything = await readEverything(redis);
  expect(everything.length).toBeGreaterThan(4);
  const secrets = [shortUrl.split('#')[1], token, ...token.split('.').filter(Boolean)];
  for (const text of everything) {
    const decoded = ['base64', 'hex', 'utf8'].map((form) =>
      Buffer.from(text, form as BufferEncoding).toString('latin1'),
    );
    const parts = text.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    for (const seen of [text, ...decoded, ...parts]) {
      for (const secret of [...secrets.slice(0, 2), orderId, demoUserId])
        expect(seen).not.toContain(secret);
      // The token's ciphertext; its header is the same in every token.
      expect(seen).not.toContain(secrets[4]);
    }
  }
});
