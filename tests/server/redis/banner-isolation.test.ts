import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRevocations } from '@/lib/server/links/revocations';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { hourMs } from '@/tests/simulator/clock';
import { startBannerServer } from '@/tests/support/banner-server';
import { bannerKeys, type Host } from '@/tests/support/sample-banners';
import { startRedis } from '@/tests/support/redis-server';
import { disableCommandTimeout } from '@/tests/support/redis-timeout';
import { mintShortId as mintOnlyShortId, startInstance } from '@/tests/support/shared-servers';

const apiKey = 'key-of-the-deployment';
const messages = '/api/order/messages';
const [fresh, value] = ['www.fresh.example', 'www.value.example'] as const;

let redisServer: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let server: Awaited<ReturnType<typeof startBannerServer>>;
beforeAll(async () => {
  redisServer = await startRedis();
  redis = await connectRedisOnce(redisServer.url);
  server = await startBannerServer({ REDIS_URL: redisServer.url, LINKS_API_KEY: apiKey });
});
afterAll(async () => {
  redis.disconnect();
  await server.close();
  await redisServer.close();
});

const read = async (host: Host, token: string) =>
  (await server.request(host, messages, { token })).status;
const change = async (host: Host, path: string, body: object, token: string, method = 'POST') =>
  (await server.request(host, path, { token, method, body })).status;

async function mintShortId(host: Host): Promise<string> {
  const body = { orderId: 'shopping', userId: 'demo-customer' };
  const minted = await server.request(host, '/api/links', { token: apiKey, method: 'POST', body });
  const { shortUrl } = JSON.parse(minted.body);
  expect(shortUrl).toMatch(new RegExp(`^https://${host}/s#`));
  return shortUrl.split('#')[1];
}

/** Makes the store write every kind of value that it shares with other instances. */
async function useEverything(host: Host): Promise<void> {
  const { control } = server.simulator;
  control.putOrder('pickup', { script: { ageMs: 0, steps: [] } });
  control.setOrder('pickup', {
    ...{ type: 'pickup', pickupCategory: 'curbside', state: 'ready_for_pickup' },
  });
  const token = await server.mint(host, 'shopping');
  const pickup = await server.mint(host, 'pickup');
  expect(await read(host, await mintShortId(host))).toBe(200);
  for (let count = 0; count < 31; count++) await read(host, token);
  expect(await read(host, 'wrong')).toBe(401);
  const message = { clientMessageId: crypto.randomUUID(), body: 'Hello' };
  expect(await change(host, messages, message, token)).toBe(201);
  expect(await change(host, '/api/order/read', {}, token)).toBe(204);
  const decision = { itemId: '3', decision: 'approve' };
  expect(await change(host, '/api/order/replacements', decision, token)).toBe(200);
  expect(await change(host, '/api/order/arrival', {}, pickup)).toBe(200);
  expect(await change(host, '/api/order/vehicle', { color: 'red' }, pickup, 'PUT')).toBe(200);
}

/** The kinds of the keys of a store, such as `send` and `limit:reads`. */
async function readKinds(host: Host): Promise<string[]> {
  const prefix = `order-status:banner:${host}:order-status:`;
  const keys = (await redis.keys('*')).filter((key) => key.startsWith(prefix));
  return [...new Set(keys.map((key) => key.slice(prefix.length).replace(/:[^:]*$/, '')))].sort();
}

test('every key of a store has its prefix, and another store makes no use of it', async () => {
  disableCommandTimeout();
  await useEverything(fresh);
  const kinds = await readKinds(fresh);
  expect(kinds).toEqual(
    expect.arrayContaining([
      ...['link', 'token', 'send', 'decision', 'arrival', 'limit:reads', 'limit:marks'],
      ...['limit:wrong-tokens', 'limit:send-steady', 'limit:decide-hourly'],
    ]),
  );
  const keyCount = (await redis.keys('*')).length;
  expect(await redis.keys('order-status:banner:www.fresh.example:*')).toHaveLength(keyCount);
  expect(await readKinds(value)).toEqual([]);
  const { control } = server.simulator;
  const mintsBefore = control.calls({ route: 'token' }).length;
  // The limits of the other store begin at zero, and its own token is requested from the same account.
  await useEverything(value);
  expect(control.calls({ route: 'token' })).toHaveLength(mintsBefore + 1);
  // The item was decided through the first store, so nothing is left to decide.
  expect(await readKinds(value)).toEqual(kinds.filter((kind) => kind !== 'decision'));
});

test('a short link of one store opens nothing at another', async () => {
  disableCommandTimeout();
  const id = await mintShortId(fresh);
  const callsBefore = server.simulator.control.calls().length;
  expect(await read(value, id)).toBe(401);
  expect(server.simulator.control.calls()).toHaveLength(callsBefore);
  expect(await read(fresh, id)).toBe(200);
});

test('an order that one store has revoked stays open at another', async () => {
  disableCommandTimeout();
  const storeRedis = await connectRedisOnce(redisServer.url, `order-status:banner:${fresh}:`);
  const now = () => server.clock.nowMs();
  const keys = [{ kid: 'test', key: bannerKeys[fresh] }] as const;
  await createRevocations(storeRedis, keys, now).revoke('shopping', now() + hourMs);
  storeRedis.disconnect();
  const tokens = [await server.mint(fresh, 'shopping'), await server.mint(value, 'shopping')];
  server.tick();
  await expect.poll(() => read(fresh, tokens[0] ?? '')).toBe(401);
  expect(await read(value, tokens[1] ?? '')).toBe(200);
});

test('short links of a single store open after its keys were renamed as documented', async () => {
  disableCommandTimeout();
  const only = await startInstance(redisServer.url, {
    LINK_KEYS: `test:${bannerKeys[value].toString('base64url')}`,
  });
  const id = await mintOnlyShortId(only, 'shopping');
  await only.close();
  expect(await read(value, id)).toBe(401);
  const docs = readFileSync('docs/operating.md', 'utf8');
  const [, command = ''] = /```sh\n(redis-cli --scan[^`]*)```/.exec(docs) ?? [];
  const port = new URL(redisServer.url).port;
  const script = command.replaceAll('redis-cli', `redis-cli -p ${port}`).replace('HOST', value);
  execFileSync('sh', ['-c', script]);
  expect(await read(value, id)).toBe(200);
});
