import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { shortenedWait, startOrderServer } from '@/tests/support/order-server';
import { startRedis } from '@/tests/support/redis-server';
import { disableCommandTimeout } from '@/tests/support/redis-timeout';

// The limiter reads the system clock, so only Date is faked; timers and servers run normally.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

async function start(overrides: Record<string, string> = {}) {
  const server = await startOrderServer(overrides, shortenedWait);
  onTestFinished(server.close);
  return {
    ...server,
    posts: () => server.simulator.control.calls({ route: 'send' }).length,
    async send(clientMessageId: string = randomUUID(), claims = {}, orderId = 'shopping') {
      const token = await server.mint(orderId, claims);
      return server.post(token, { clientMessageId, body: 'Hello' });
    },
  };
}

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

test('three messages may be sent at once, then one every six seconds', async () => {
  const { send, posts } = await start();
  for (let count = 0; count < 3; count++) expect((await send()).status).toBe(201);
  const refusal = await send();
  expect([refusal.status, refusal.headers.get('retry-after')]).toEqual([429, '6']);
  expect(await refusal.json()).toEqual({
    error: { code: 'slow_down', message: expect.any(String) },
    pollAfterMs: 6_000,
  });
  pass(4 * secondMs);
  expect((await send()).headers.get('retry-after')).toBe('2');
  pass(2 * secondMs);
  expect((await send()).status).toBe(201);
  expect((await send()).status).toBe(429);
  expect(posts()).toBe(4);
});

test('sixty messages may be sent per hour, and the next gets 429 with Retry-After', async () => {
  const { send, posts } = await start();
  for (let count = 0; count < 60; count++) {
    expect((await send()).status).toBe(201);
    pass(6 * secondMs);
  }
  const refusal = await send();
  expect([refusal.status, refusal.headers.get('retry-after')]).toEqual([429, '3240']);
  expect(posts()).toBe(60);
  pass(3_240 * secondMs);
  expect((await send()).status).toBe(201);
});

test('retries of a sent message do not count; a rate-limited one can be sent later', async () => {
  const { send, posts } = await start();
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of [...ids, ...ids, ...ids]) expect((await send(id)).status).toBe(201);
  const late = randomUUID();
  expect((await send(late)).status).toBe(429);
  expect((await send(late)).status).toBe(429);
  for (const id of ids) expect((await send(id)).status).toBe(201);
  pass(6 * secondMs);
  expect((await send(late)).status).toBe(201);
  expect(posts()).toBe(4);
});

test('a message that Connect refused counts again with each retry', async () => {
  const { simulator, send, posts } = await start();
  simulator.control.fault({ route: 'send', kind: 'status', status: 403 });
  const id = randomUUID();
  const statuses = [];
  for (let tries = 0; tries < 10; tries++) statuses.push((await send(id)).status);
  expect(statuses).toEqual([403, 403, 403, 429, 429, 429, 429, 429, 429, 429]);
  expect(posts()).toBe(3);
});

test('the links of one customer share a limit, and each order has its own', async () => {
  const { clock, send } = await start();
  const exp = clock.nowMs() / 1_000 + 60;
  for (const claims of [{}, { exp }, { exp: exp + 1 }])
    expect((await send(randomUUID(), claims)).status).toBe(201);
  expect((await send(randomUUID(), { exp: exp + 2 })).status).toBe(429);
  expect((await send(randomUUID(), {}, 'documented')).status).toBe(201);
});

test('an invalid message and a message with a read-only link do not count', async () => {
  const { send, post, mint } = await start();
  for (let count = 0; count < 5; count++) {
    expect((await post(await mint('shopping'), { body: '' })).status).toBe(400);
    expect((await send(randomUUID(), { scp: 'read' })).status).toBe(403);
  }
  expect((await send()).status).toBe(201);
});

test('LIMITS=off disables the limits of messages', async () => {
  const { send } = await start({ LIMITS: 'off' });
  for (let count = 0; count < 20; count++) expect((await send()).status).toBe(201);
});

test('instances count together in Redis, and each by itself while Redis is down', async () => {
  disableCommandTimeout();
  const redis = await startRedis();
  onTestFinished(redis.close);
  const first = await start({ REDIS_URL: redis.url });
  const second = await start({ REDIS_URL: redis.url, CONNECT_BASE_URL: first.simulator.url });
  for (const { send } of [first, second, first]) expect((await send()).status).toBe(201);
  for (const { send } of [first, second]) {
    const refusal = await send();
    expect(refusal.status).toBe(429);
    expect(Number(refusal.headers.get('retry-after'))).toBeLessThanOrEqual(6);
  }
  await redis.kill();
  for (const { send } of [first, second]) {
    for (let count = 0; count < 3; count++) expect((await send()).status).toBe(201);
    expect((await send()).status).toBe(429);
  }
}, 20_000);
