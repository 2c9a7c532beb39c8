import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { readEverything } from '@/tests/support/redis-contents';
import { startRedis } from '@/tests/support/redis-server';
import { codeOf, startSendingServer, type SendingServer } from '@/tests/support/sending-server';

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

const arrive = async (instance: SendingServer) =>
  instance.change('arrive', await instance.mint('pickup-ready'), {});
const posts = () => one.control.calls({ route: 'arrival' }).length;

test('taps on two instances at once, and one after the other, call Connect once', async () => {
  one.control.fault({ route: 'arrival', kind: 'slow', delayMs: 100 });
  const answers = await Promise.all([one, two, one, two].map(arrive));
  answers.push(await arrive(two), await arrive(one));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(posts()).toBe(1);
});

test('an arrival whose outcome one instance does not know is not repeated by another', async () => {
  one.control.fault({ route: 'arrival', kind: 'reset', times: 1 });
  expect(await codeOf(await arrive(one))).toEqual([504, 'send_unconfirmed']);
  expect(await codeOf(await arrive(two))).toEqual([504, 'send_unconfirmed']);
  expect(posts()).toBe(1);
});

test('Redis contains neither the order nor the customer nor the vehicle, and every key expires', async () => {
  await arrive(one);
  const car = { model: 'Fiat Panda', plate: 'ABC 123' };
  await one.change('setVehicle', await one.mint('pickup-ready'), car);
  await one.open('pickup-ready');
  const everything = await readEverything(redis);
  const names = await redis.keys('*');
  expect(names.filter((name) => name.startsWith('order-status:arrival:'))).toHaveLength(1);
  for (const text of everything)
    for (const decoded of [text, Buffer.from(text, 'base64url').toString('latin1')])
      for (const secret of ['pickup-ready', 'demo-customer', 'Panda', 'ABC 123'])
        expect(decoded).not.toContain(secret);
  for (const name of names) expect(await redis.pttl(name)).toBeGreaterThan(0);
});
