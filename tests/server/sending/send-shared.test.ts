import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { secondMs } from '@/tests/simulator/clock';
import { demoUserId } from '@/tests/simulator/people';
import { startRedis } from '@/tests/support/redis-server';
import { toBytes } from '@/tests/support/response-bytes';
import { codeOf, startSendingServer, type SendingServer } from '@/tests/support/sending-server';
import { readEverything } from '@/tests/support/redis-contents';
import { mintTestToken } from '@/tests/support/test-link';

vi.setConfig({ testTimeout: 20_000 });
const waitOptions = { timeout: 10_000 };

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let one: SendingServer;
let two: SendingServer;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(() => server.close());

// Two instances use one Connect; `control` and `posts` belong to the first one.
beforeEach(async () => {
  redis = await connectRedisOnce(server.url);
  await redis.flushall();
  one = await startSendingServer({ REDIS_URL: server.url });
  two = await startSendingServer({ REDIS_URL: server.url, CONNECT_BASE_URL: one.simulator.url });
});

afterEach(async () => {
  redis.disconnect();
  await two.close();
  await one.close();
});

/** Advances both clocks and runs the scheduled work of both instances. */
function pass(ms: number): void {
  for (const instance of [one, two]) instance.pass(ms);
}

async function waitForRedis(): Promise<void> {
  await vi.waitFor(() => {
    for (const { logLines } of [one, two]) {
      const redisLines = logLines.filter((line) => line.includes('"event":"redis"'));
      expect(redisLines.at(-1)).toContain('"isUp":true');
    }
  }, waitOptions);
}

test('a retry on another instance gets the same response without a second post', async () => {
  const id = randomUUID();
  const first = await toBytes(await one.send('Hello', id));
  expect(first.status).toBe(201);
  expect(await toBytes(await two.send('Hello', id))).toEqual(first);
  expect(await codeOf(await two.send('Other', id))).toEqual([409, 'conflict']);
  expect(one.posts()).toBe(1);
});

test('concurrent requests with one id on two instances cause one post and equal responses', async () => {
  one.control.fault({ route: 'send', kind: 'delay', delayMs: 100 });
  const id = randomUUID();
  const requests = Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).send('Hello', id));
  const answers = await Promise.all((await Promise.all(requests)).map(toBytes));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.status).toBe(201);
  expect(one.posts()).toBe(1);
});

test('of two texts sent concurrently with one id on two instances, one gets 409', async () => {
  const id = randomUUID();
  const responses = await Promise.all([one.send('Hello', id), two.send('Hallo', id)]);
  expect(responses.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(one.posts()).toBe(1);
});

test('an unconfirmed message is looked up by the other instance and never posted again', async () => {
  const id = randomUUID();
  one.control.fault({ route: 'send', kind: 'reset', times: 1 });
  expect(await codeOf(await one.send('Hello', id))).toEqual([504, 'send_unconfirmed']);
  expect(await codeOf(await two.send('Hello', id))).toEqual([504, 'send_unconfirmed']);
  one.control.addMessage('shopping', { from: 'user', body: 'Hello' });
  const found = await toBytes(await two.send('Hello', id));
  expect(found.status).toBe(201);
  expect(await toBytes(await one.send('Hello', id))).toEqual(found);
  expect(one.posts()).toBe(1);
});

test('a message that Connect refused on one instance can be sent on another', async () => {
  const id = randomUUID();
  one.control.fault({ route: 'send', kind: 'status', status: 403, times: 1 });
  expect(await codeOf(await one.send('Hello', id))).toEqual([403, 'chat_closed']);
  const responses = await Promise.all([one, two, one, two].map(({ send }) => send('Hello', id)));
  expect(responses.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(one.posts()).toBe(2);
});

test('equal messages on two instances are posted separately, even if their responses are lost', async () => {
  one.control.fault({ route: 'send', kind: 'drop-answer', everyNth: 2 });
  const requests = Array.from({ length: 4 }, (_, n) => (n % 2 ? one : two).send('Yes'));
  const ids = await Promise.all(
    (await Promise.all(requests)).map(async (response) => (await response.json()).message.id),
  );
  expect(new Set(ids).size).toBe(4);
  expect(one.posts()).toBe(4);
});

test('a message pending on a hung instance is looked up by another one and never posted again', async () => {
  const id = randomUUID();
  one.control.fault({ route: 'send', kind: 'hang' });
  void one.send('Hello', id);
  await vi.waitFor(() => expect(one.posts()).toBe(1));
  const locks = await redis.keys('order-status:turn:*');
  expect(locks).toHaveLength(1);
  expect(await redis.pttl(locks[0] ?? '')).toBeGreaterThan(10_000);
  expect(await codeOf(await two.send('Hello', id))).toEqual([504, 'send_unconfirmed']);
  // Deleting the lease simulates its expiry.
  await redis.del(...locks);
  expect(await codeOf(await two.send('Hello', id))).toEqual([504, 'send_unconfirmed']);
  one.control.addMessage('shopping', { from: 'user', body: 'Hello' });
  expect((await two.send('Hello', id)).status).toBe(201);
  expect(one.posts()).toBe(1);
});

test('a corrupt send record counts as a message that may have been sent', async () => {
  const id = randomUUID();
  await one.send('Hello', id);
  const [address = ''] = await redis.keys('order-status:send:*');
  for (const broken of ['', '{}', 'x', JSON.stringify({ state: 'sent' })]) {
    await redis.set(address, broken);
    one.control.clearCalls();
    // The message in the thread is still claimed by this send.
    expect((await two.send('Hello', id)).status).toBe(201);
    expect(one.posts()).toBe(0);
  }
});

test('send records are local while Redis is unavailable, and shared after it is available again', async () => {
  const before = randomUUID();
  await one.send('Before', before);
  await server.kill();
  const id = randomUUID();
  const first = await toBytes(await one.send('Hello', id));
  expect(first.status).toBe(201);
  expect(await toBytes(await one.send('Hello', id))).toEqual(first);
  expect((await one.send('Before', before)).status).toBe(201);
  expect(one.posts()).toBe(2);

  await server.startAgain();
  await waitForRedis();
  pass(2 * secondMs);
  expect((await one.send('Next')).status).toBe(201);
  expect(await toBytes(await two.send('Hello', id))).toEqual(first);
  expect(one.posts()).toBe(3);
});

test('a hung Redis delays a send by a bounded time and causes no duplicate when it resumes', async () => {
  await one.send('Before');
  const id = randomUUID();
  server.hang();
  const startedAtMs = performance.now();
  const first = await toBytes(await one.send('Hello', id));
  // A hung Redis never answers, so any bound shows that the server stops waiting.
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  expect(first.status).toBe(201);
  expect(await toBytes(await one.send('Hello', id))).toEqual(first);
  server.resume();
  await vi.waitFor(() => redis.ping(), waitOptions);
  pass(2 * secondMs);
  expect((await one.send('Next')).status).toBe(201);
  expect(await toBytes(await two.send('Hello', id))).toEqual(first);
  expect(one.posts()).toBe(3);
});

test('a Redis outage between a post and its record does not change the response', async () => {
  const id = randomUUID();
  one.control.fault({ route: 'send', kind: 'slow', delayMs: 300, times: 1 });
  const sending = one.send('Hello', id);
  await vi.waitFor(() => expect(one.posts()).toBe(1));
  await server.kill();
  const response = await sending;
  expect(response.status).toBe(201);
  expect((await one.send('Hello', id)).status).toBe(201);
  expect(one.posts()).toBe(1);
  await server.startAgain();
  await waitForRedis();
});

test('a rotation of the link keys keeps the send records', async () => {
  const key = (byte: number) => `k${byte}:${Buffer.alloc(32, byte).toString('base64url')}`;
  const keys = [`${key(7)}`, `${key(8)},${key(7)}`, key(8)];
  const id = randomUUID();
  for (const LINK_KEYS of keys) {
    const instance = await startSendingServer({
      LINK_KEYS,
      REDIS_URL: server.url,
      CONNECT_BASE_URL: one.simulator.url,
    });
    const [{ key: first, kid }] = instance.env.LINK_KEYS;
    const nowMs = instance.clock.nowMs();
    const token = await mintTestToken({ oid: 'shopping' }, { nowMs, key: first, kid });
    const response = await instance.post(token, { clientMessageId: id, body: 'Hello' });
    expect(response.status).toBe(201);
    await instance.close();
  }
  expect(one.posts()).toBe(1);
});

test('Redis contains no readable text, id, order, customer or token, and every key expires', async () => {
  const limited = await startSendingServer({
    LIMITS: 'on',
    REDIS_URL: server.url,
    CONNECT_BASE_URL: one.simulator.url,
  });
  const id = randomUUID();
  const response = await limited.send('A canary sings', id);
  const { message } = await response.json();
  one.control.fault({ route: 'send', kind: 'slow', delayMs: 300 });
  const during = limited.send('A canary sings', randomUUID());
  await vi.waitFor(() => expect(one.posts()).toBe(2));
  const everything = await readEverything(redis);
  await during;
  await limited.close();
  expect(everything.filter((text) => text.startsWith('order-status:'))).toHaveLength(8);
  const bearers = one.control
    .calls({ route: 'send' })
    .map(({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? '');
  expect(bearers[0]?.length).toBeGreaterThan(10);
  for (const text of everything) {
    const decoded = ['base64', 'hex'].map((form) =>
      Buffer.from(text, form as BufferEncoding).toString('latin1'),
    );
    for (const seen of [text, ...decoded])
      for (const secret of ['canary', id, message.id, 'shopping', demoUserId, ...bearers])
        expect(seen).not.toContain(secret);
  }
  const lives = await Promise.all((await redis.keys('*')).map((name) => redis.pttl(name)));
  for (const lifeMs of lives) {
    expect(lifeMs).toBeGreaterThan(0);
    expect(lifeMs).toBeLessThanOrEqual(86_400_000);
  }
});
