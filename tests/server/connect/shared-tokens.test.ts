import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { dayMs, minuteMs, secondMs } from '@/tests/simulator/clock';
import { demoUserId } from '@/tests/simulator/people';
import { startRedis } from '@/tests/support/redis-server';
import { readEverything } from '@/tests/support/redis-contents';
import { startSendingServer, type SendingServer } from '@/tests/support/sending-server';

vi.setConfig({ testTimeout: 20_000 });

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let one: SendingServer;
let two: SendingServer;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(() => server.close());

// Both instances call one Connect, which `one.control` controls.
beforeEach(async () => {
  redis = await connectRedisOnce(server.url);
  await redis.flushall();
  one = await startSendingServer({ REDIS_URL: server.url }, sleep);
  const CONNECT_BASE_URL = one.simulator.url;
  two = await startSendingServer({ REDIS_URL: server.url, CONNECT_BASE_URL }, sleep);
});

afterEach(async () => {
  redis.disconnect();
  await two.close();
  await one.close();
});

const mints = () => one.control.calls({ route: 'token' }).length;

function pass(ms: number): void {
  for (const instance of [one, two]) instance.pass(ms);
}

/** Reads 200 orders of one customer at once, half of them on each instance. */
async function readAll(): Promise<Set<number>> {
  const responses = await Promise.all(
    Array.from({ length: 200 }, (_, index) => (index % 2 ? one : two).open(`live-${index}`)),
  );
  return new Set(responses.map(({ status }) => status));
}

test('two instances mint one token for 200 concurrent reads', async () => {
  one.control.fault({ route: 'token', kind: 'slow', delayMs: 300 });
  expect(await readAll()).toEqual(new Set([200]));
  expect(mints()).toBe(1);
  expect(one.control.calls({ route: 'order_messages' })).toHaveLength(200);
});

test('a token that is about to expire is renewed once for both instances', async () => {
  await readAll();
  for (const { clock } of [one, two]) clock.advance(dayMs - 4 * minuteMs);
  expect(await readAll()).toEqual(new Set([200]));
  expect(mints()).toBe(2);
});

test('a refused token is replaced once for both instances and for a third', async () => {
  await readAll();
  one.control.expireTokens();
  one.control.clearCalls();
  pass(3 * secondMs);
  expect(await readAll()).toEqual(new Set([200]));
  expect(mints()).toBe(1);
  expect(one.control.calls({ route: 'order_messages' }).length).toBeLessThanOrEqual(400);
  const three = await startSendingServer({
    REDIS_URL: server.url,
    CONNECT_BASE_URL: one.simulator.url,
  });
  expect((await three.open('shopping')).status).toBe(200);
  expect(mints()).toBe(1);
  await three.close();
});

test('both instances mint two tokens per minute in total while each token is refused', async () => {
  one.control.fault({ route: 'order_messages', kind: 'unauthorized' });
  for (let poll = 0; poll < 12; poll++) {
    for (const instance of [one, two]) expect((await instance.open('shopping')).status).toBe(503);
    pass(4 * secondMs);
  }
  expect(mints()).toBe(2);
  one.control.clearFaults();
  pass(minuteMs);
  for (const instance of [one, two]) expect((await instance.open('shopping')).status).toBe(200);
});

test('an instance that hangs while it mints a token does not block the other', async () => {
  one.control.fault({ route: 'token', kind: 'hang', times: 2 });
  const hung = one.open('shopping');
  await vi.waitFor(() => expect(mints()).toBe(1));
  expect((await two.open('shopping')).status).toBe(200);
  expect(mints()).toBe(3);
  expect((await hung).status).toBe(504);
});

test('each instance mints its own token without a long wait while Redis fails', async () => {
  server.hang();
  const startedAtMs = performance.now();
  for (const instance of [one, two]) expect((await instance.open('shopping')).status).toBe(200);
  // The limit is below the five seconds per instance that waiting for the lease would take.
  expect(performance.now() - startedAtMs).toBeLessThan(9_000);
  expect(mints()).toBe(2);
  server.resume();
  await server.kill();
  one.control.expireTokens();
  pass(3 * secondMs);
  expect(await readAll()).toEqual(new Set([200]));
  expect(mints()).toBe(4);
  await server.startAgain();
});

test('a forged token in Redis is not sent to Connect', async () => {
  await one.open('shopping');
  const [address = ''] = await redis.keys('order-status:token:*');
  for (const forged of ['', '{}', 'x', JSON.stringify({ accessToken: 'theirs' })]) {
    await redis.set(address, forged);
    const late = await startSendingServer({
      REDIS_URL: server.url,
      CONNECT_BASE_URL: one.simulator.url,
    });
    expect((await late.open('shopping')).status).toBe(200);
    await late.close();
  }
  const bearers = one.control
    .calls({ route: 'order_messages' })
    .map(({ headers }) => headers['authorization']);
  expect(bearers).not.toContain('Bearer theirs');
});

test('Redis holds no readable token, customer or order, and keys expire within a day', async () => {
  const view = await (await one.open('shopping')).json();
  await one.send('A canary sings', randomUUID());
  one.control.fault({ route: 'token', kind: 'slow', delayMs: 300 });
  one.control.putOrder('secret-order', { userId: 'ann', script: { ageMs: 0, steps: [] } });
  const minting = one.request(await one.mint('secret-order', { sub: 'ann' }));
  await vi.waitFor(() => expect(mints()).toBe(2));
  const everything = await readEverything(redis);
  await minting;
  const names = everything.filter((text) => text.startsWith('order-status:'));
  expect(names.filter((name) => name.startsWith('order-status:token:'))).toHaveLength(1);
  expect(names.filter((name) => name.startsWith('order-status:minting:'))).toHaveLength(1);
  const secrets = [
    ...one.control
      .calls({ route: 'order_messages' })
      .map(({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? ''),
    ...view.chat.messages.map(({ body }: { body: string }) => body),
    ...view.updates.map(({ body }: { body: string }) => body),
    'canary',
    'shopping',
    'secret-order',
    'demo-secret',
    'demo-client',
    demoUserId,
    // The quotes are needed because these three letters occur in many hashes.
    '"ann"',
  ];
  expect(secrets.length).toBeGreaterThan(15);
  for (const text of everything) {
    const decoded = (['base64', 'hex'] as const).map((form) =>
      Buffer.from(text, form).toString('latin1'),
    );
    for (const seen of [text, ...decoded])
      for (const secret of secrets) expect(seen).not.toContain(secret);
  }
  const lives = await Promise.all((await redis.keys('*')).map((name) => redis.pttl(name)));
  for (const lifeMs of lives) {
    expect(lifeMs).toBeGreaterThan(0);
    expect(lifeMs).toBeLessThanOrEqual(dayMs);
  }
});
