import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { hurriedWait, startOrderServer } from '@/tests/support/order-server';
import { startRedis } from '@/tests/support/redis-server';

// The limiter has no clock but the system's; timers, and with them the servers, go on as ever.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

async function start(overrides: Record<string, string> = {}) {
  const server = await startOrderServer(overrides, hurriedWait);
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

test('three at once, then one every six seconds', async () => {
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

test('sixty an hour, and the sixty-first says when', async () => {
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

test('repeats do not count, refusals are no records, and a refused message may come again', async () => {
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

test('what Connect refused counts again with each try, so nobody makes this server knock without end', async () => {
  const { simulator, send, posts } = await start();
  simulator.control.fault({ route: 'send', kind: 'status', status: 403 });
  const id = randomUUID();
  const statuses = [];
  for (let tries = 0; tries < 10; tries++) statuses.push((await send(id)).status);
  expect(statuses).toEqual([403, 403, 403, 429, 429, 429, 429, 429, 429, 429]);
  expect(posts()).toBe(3);
});

test('one customer’s links share the limit, other orders have their own', async () => {
  const { clock, send } = await start();
  const exp = clock.nowMs() / 1_000 + 60;
  for (const claims of [{}, { exp }, { exp: exp + 1 }])
    expect((await send(randomUUID(), claims)).status).toBe(201);
  expect((await send(randomUUID(), { exp: exp + 2 })).status).toBe(429);
  expect((await send(randomUUID(), {}, 'documented')).status).toBe(201);
});

test('what is refused otherwise does not count', async () => {
  const { send, post, mint } = await start();
  for (let count = 0; count < 5; count++) {
    expect((await post(await mint('shopping'), { body: '' })).status).toBe(400);
    expect((await send(randomUUID(), { scp: 'read' })).status).toBe(403);
  }
  expect((await send()).status).toBe(201);
});

test('LIMITS=off switches them off', async () => {
  const { send } = await start({ LIMITS: 'off' });
  for (let count = 0; count < 20; count++) expect((await send()).status).toBe(201);
});

test('two instances on one Redis count together; without it each counts for itself', async () => {
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
