import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { startRouterServer } from '@/tests/support/router-server';
import { startOrderServer } from '@/tests/support/order-server';
import { plainRequest } from '@/tests/support/plain-request';
import { startRedis } from '@/tests/support/redis-server';
import { disableCommandTimeout } from '@/tests/support/redis-timeout';
import { readEverything } from '@/tests/support/redis-contents';
import { withShopper } from '@/tests/support/sending-server';
import { Redis } from 'ioredis';

// The limiter reads the system clock, so only Date is faked; timers and servers run normally.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

type RouterServer = Awaited<ReturnType<typeof startRouterServer>>;

async function start(overrides: Record<string, string> = {}): Promise<RouterServer> {
  const server = await startRouterServer(overrides);
  onTestFinished(server.close);
  return server;
}

function read(server: RouterServer, token: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${token}`;
  return plainRequest(`${server.url}/api/order/messages`, { authorization, ...headers });
}

async function statuses(
  count: number,
  makeRequest: (index: number) => Promise<{ status: number }>,
) {
  const counts: Record<number, number> = {};
  for (let index = 0; index < count; index++) {
    const { status } = await makeRequest(index);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

test('a link allows 120 reads per minute, and the next gets 429 with Retry-After', async () => {
  const server = await start();
  const token = await server.mint('shopping');
  expect(await statuses(120, () => read(server, token))).toEqual({ 200: 120 });
  const callsBefore = server.simulator.control.calls().length;
  const refusal = await read(server, token);
  expect([refusal.status, refusal.headers['retry-after']]).toEqual([429, '60']);
  expect(JSON.parse(refusal.body)).toEqual({
    error: { code: 'slow_down', message: expect.any(String) },
    pollAfterMs: 60_000,
  });
  expect(server.simulator.control.calls()).toHaveLength(callsBefore);
  expect((await read(server, await server.mint('shopping'))).status).toBe(200);
  server.clock.advance(60 * secondMs);
  expect((await read(server, token)).status).toBe(200);
});

test('an address may send 20 wrong tokens per minute with any X-Forwarded-For', async () => {
  const server = await start({ LINKS_API_KEY: 'retailer-back-end-key' });
  const tried = await statuses(25, (index) =>
    read(server, `wrong-${index}`, { 'x-forwarded-for': `198.51.100.${index}` }),
  );
  expect(tried).toEqual({ 401: 20, 429: 5 });
  const { status, headers } = await plainRequest(`${server.url}/api/links`, {}, 'POST');
  expect([status, headers['retry-after']]).toEqual([429, '60']);
  expect((await read(server, await server.mint('shopping'))).status).toBe(200);
  vi.setSystemTime(Date.now() + 60 * secondMs);
  expect((await read(server, 'wrong')).status).toBe(401);
});

test('customers behind a trusted proxy have separate limits', async () => {
  const server = await start({ TRUSTED_PROXIES: '1' });
  const from = (address: string) => ({ 'x-forwarded-for': `192.0.2.1, ${address}` });
  expect(await statuses(21, () => read(server, 'wrong', from('198.51.100.1')))).toEqual({
    401: 20,
    429: 1,
  });
  expect((await read(server, 'wrong', from('198.51.100.2'))).status).toBe(401);
});

test('500 customers behind an address over its limit of wrong tokens can still read', async () => {
  const server = await start();
  const customers = Array.from({ length: 500 }, (_, index) => `customer-${index}`);
  for (const userId of customers)
    server.simulator.control.putOrder(`of-${userId}`, { userId, script: withShopper });
  const tokens = await Promise.all(customers.map((sub) => server.mint(`of-${sub}`, { sub })));
  for (let index = 0; index < 21; index++) await read(server, 'wrong');
  const answers = await statuses(1_500, (index) => read(server, tokens[index % 500] ?? ''));
  expect(answers).toEqual({ 200: 1_500 });
}, 30_000);

test('LIMITS=off disables the limits of reads and of wrong tokens', async () => {
  const server = await start({ LIMITS: 'off' });
  const token = await server.mint('shopping');
  expect(await statuses(130, () => read(server, token))).toEqual({ 200: 130 });
  expect(await statuses(25, () => read(server, 'wrong'))).toEqual({ 401: 25 });
});

test('instances count together in Redis, which holds no token and no address', async () => {
  disableCommandTimeout();
  const redis = await startRedis();
  const reader = new Redis(redis.url);
  onTestFinished(async () => {
    reader.disconnect();
    await redis.close();
  });
  const servers = [await start({ REDIS_URL: redis.url }), await start({ REDIS_URL: redis.url })];
  const [first, second] = servers;
  if (!first || !second) throw new Error('Two are needed');
  const token = await first.mint('shopping');
  const alternate = (index: number) => (index % 2 ? second : first);
  const reads = await statuses(130, (index) => read(alternate(index), token));
  expect(reads).toEqual({ 200: 120, 429: 10 });
  const tries = await statuses(22, (index) => read(alternate(index), 'wrong'));
  expect(tries).toEqual({ 401: 20, 429: 2 });
  const everything = (await readEverything(reader)).join('\n');
  expect(everything).toContain('order-status:limit:reads');
  expect(everything).toContain('order-status:limit:wrong-tokens');
  for (const secret of [token, token.slice(-20), '127.0.0.1', 'wrong\n'])
    expect(everything).not.toContain(secret);
});

test('each instance counts reads and wrong tokens by itself while Redis hangs', async () => {
  const redis = await startRedis();
  onTestFinished(redis.close);
  const servers = [await start({ REDIS_URL: redis.url }), await start({ REDIS_URL: redis.url })];
  for (const server of servers) expect((await read(server, 'wrong')).status).toBe(401);
  redis.hang();
  for (const server of servers) {
    const token = await server.mint('shopping');
    expect(await statuses(130, () => read(server, token))).toEqual({ 200: 120, 429: 10 });
    expect(await statuses(25, () => read(server, 'wrong'))).toEqual({ 401: 20, 429: 5 });
  }
}, 20_000);

test('wrong tokens are not limited if the client address is unavailable', async () => {
  const server = await startOrderServer();
  onTestFinished(server.close);
  expect(await statuses(25, () => server.request('wrong'))).toEqual({ 401: 25 });
});
