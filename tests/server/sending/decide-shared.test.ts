import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { readEverything } from '@/tests/support/redis-contents';
import { startRedis } from '@/tests/support/redis-server';
import { toBytes } from '@/tests/support/response-bytes';
import { codeOf, startSendingServer, type SendingServer } from '@/tests/support/sending-server';
import { mintTestToken } from '@/tests/support/test-link';

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let one: SendingServer;
let two: SendingServer;

beforeAll(async () => void (server = await startRedis()));
afterAll(() => server.close());

// Two instances use one Connect, which belongs to the first one.
beforeEach(async () => {
  redis = await connectRedisOnce(server.url);
  await redis.flushall();
  one = await startInstance();
  two = await startInstance({ CONNECT_BASE_URL: one.simulator.url });
});

afterEach(async () => {
  redis.disconnect();
  await two.close();
  await one.close();
});

function startInstance(overrides: Record<string, string> = {}) {
  return startSendingServer({ ORDER_DETAILS: 'on', REDIS_URL: server.url, ...overrides });
}

function decide(instance: SendingServer, decision: string, token = instance.token) {
  return instance.change('decideReplacement', token, { itemId: '3', decision });
}

const puts = () => one.control.calls({ route: 'decide' }).length;

test('the same decision on another instance gets the same answer without a second decision', async () => {
  const first = await toBytes(await decide(one, 'approve'));
  expect(first.status).toBe(200);
  expect(await toBytes(await decide(two, 'approve'))).toEqual(first);
  expect(await codeOf(await decide(two, 'refund'))).toEqual([409, 'already_decided']);
  expect(one.control.calls({ route: 'decide' })).toHaveLength(1);
});

test('opposite decisions on two instances at once are one decision', async () => {
  one.control.fault({ route: 'decide', kind: 'slow', delayMs: 100 });
  const answers = await Promise.all([
    ...[one, two].map((instance) => decide(instance, 'approve')),
    ...[one, two].map((instance) => decide(instance, 'refund')),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
  expect(one.control.decisions('shopping')).toHaveLength(1);
  expect(puts()).toBe(1);
});

test('a decision whose outcome one instance does not know is not repeated by another', async () => {
  one.control.fault({ route: 'decide', kind: 'reset', times: 1 });
  expect(await codeOf(await decide(one, 'approve'))).toEqual([504, 'send_unconfirmed']);
  expect(await codeOf(await decide(two, 'approve'))).toEqual([504, 'send_unconfirmed']);
  expect(puts()).toBe(1);
});

test('a rotation of the link keys keeps the records', async () => {
  const key = (byte: number) => `k${byte}:${Buffer.alloc(32, byte).toString('base64url')}`;
  for (const LINK_KEYS of [key(7), `${key(8)},${key(7)}`]) {
    const instance = await startInstance({ LINK_KEYS, CONNECT_BASE_URL: one.simulator.url });
    const [{ key: first, kid }] = instance.env.LINK_KEYS;
    const nowMs = instance.clock.nowMs();
    const token = await mintTestToken({ oid: 'shopping' }, { nowMs, key: first, kid });
    expect((await decide(instance, 'approve', token)).status).toBe(200);
    await instance.close();
  }
  expect(puts()).toBe(1);
});

test('Redis contains no readable item, decision, order or customer, and every key expires', async () => {
  await decide(one, 'approve');
  const everything = await readEverything(redis);
  expect(everything.filter((text) => text.startsWith('order-status:decision:'))).toHaveLength(1);
  for (const text of everything) {
    const decoded = ['base64', 'hex'].map((form) =>
      Buffer.from(text, form as BufferEncoding).toString('latin1'),
    );
    for (const seen of [text, ...decoded])
      for (const secret of ['Oat milk', 'approve', 'replaced', 'shopping', 'demo-customer'])
        expect(seen).not.toContain(secret);
  }
  for (const name of await redis.keys('*')) expect(await redis.pttl(name)).toBeGreaterThan(0);
});
