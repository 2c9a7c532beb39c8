import { expect, onTestFinished, test } from 'vitest';
import { createRevocations } from '@/lib/server/links/revocations';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { hourMs, minuteMs } from '@/tests/simulator/clock';
import { startBannerServer } from '@/tests/support/banner-server';
import { startRedis } from '@/tests/support/redis-server';
import { bannerKeys, composeBanner } from '@/tests/support/sample-banners';

const store = 'www.value.example';
const messages = '/api/order/messages';
const reloaded = { [store]: composeBanner(store, { color: 'red' }) };

async function start() {
  const redisServer = await startRedis();
  const server = await startBannerServer({ REDIS_URL: redisServer.url });
  onTestFinished(async () => {
    await server.close();
    await redisServer.close();
  });
  const token = await server.mint(store, 'shopping');
  const readRedisStates = () =>
    server.logLines
      .map((line) => JSON.parse(line))
      .flatMap(({ event, banner, isUp }) => (event === 'redis' && banner === store ? [isUp] : []));
  await expect.poll(readRedisStates).toEqual([true]);
  return { ...server, redisServer, token, readRedisStates };
}

test('a revoked link stays closed when the settings are reloaded while Redis is down', async () => {
  const { redisServer, request, token, clock, tick, load, simulator } = await start();
  const read = () => request(store, messages, { token }).then(({ status }) => status);
  const redis = await connectRedisOnce(redisServer.url, `order-status:banner:${store}:`);
  const keys = [{ kid: 'test', key: bannerKeys[store] }] as const;
  const now = () => clock.nowMs();
  await createRevocations(redis, keys, now).revoke('shopping', now() + hourMs);
  redis.disconnect();
  tick();
  await expect.poll(read).toBe(401);
  await redisServer.kill();
  const callsBefore = simulator.control.calls().length;
  await load(reloaded);
  expect(await read()).toBe(401);
  expect(simulator.control.calls()).toHaveLength(callsBefore);
});

test('a message that was sent without Redis is not sent again after a reload, when Redis is back', async () => {
  const { redisServer, request, token, load, clock, simulator, readRedisStates } = await start();
  await redisServer.kill();
  await expect.poll(readRedisStates).toEqual([true, false]);
  const body = { clientMessageId: crypto.randomUUID(), body: 'Hello' };
  const send = () => request(store, messages, { token, method: 'POST', body });
  expect((await send()).status).toBe(201);
  await load(reloaded);
  await redisServer.startAgain();
  await expect.poll(() => readRedisStates().at(-1), { timeout: 10_000 }).toBe(true);
  // The circuit breaker tries Redis again.
  clock.advance(minuteMs);
  expect((await send()).status).toBe(201);
  expect(simulator.control.calls({ route: 'send' })).toHaveLength(1);
});

test('a store that was replaced reports no loss of Redis when it closes its connection', async () => {
  const { load, readRedisStates, taskCount } = await start();
  const before = taskCount();
  await load(reloaded);
  // The replaced stores stop their timers when they close.
  await expect.poll(taskCount, { timeout: 5_000 }).toBeLessThan(before);
  await expect.poll(readRedisStates).toEqual([true, true]);
});
