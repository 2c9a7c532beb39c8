import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { startBalancer } from '@/tests/support/balancer';
import { startRedis } from '@/tests/support/redis-server';
import { startSite } from '@/tests/support/site';

const REQUEST_EVERY_MS = 15;
const PHASE_MS = 4_000;
const CUSTOMERS = 60;
/** A request that waited for the reconnection to Redis would take longer, also on a slow machine. */
const MAX_P95_MS = 2_000;

test.setTimeout(90_000);

/** Sends reads and messages of many customers through both instances, at a constant rate. */
async function load(url: string, tokens: readonly string[]) {
  const answers: Promise<{ status: number; ms: number }>[] = [];
  async function request(index: number) {
    const authorization = `Bearer ${tokens[index % tokens.length]}`;
    const startedAtMs = performance.now();
    const response = await (index % 4 === 0
      ? fetch(`${url}/api/order/messages`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify({ clientMessageId: randomUUID(), body: `Hello ${randomUUID()}` }),
        })
      : fetch(`${url}/api/order/messages`, {
          headers: { authorization: index % 16 === 1 ? 'Bearer wrong' : authorization },
        }));
    await response.arrayBuffer();
    return { status: response.status, ms: performance.now() - startedAtMs };
  }
  for (let index = 0; index < PHASE_MS / REQUEST_EVERY_MS; index++) {
    answers.push(request(index));
    // The wait sets the rate of the load; no condition is waited for.
    await sleep(REQUEST_EVERY_MS);
  }
  const all = await Promise.all(answers);
  const sorted = all.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? Infinity,
    failed: all.filter(({ status }) => status >= 500),
    statuses: new Set(all.map(({ status }) => status)),
  };
}

test('requests succeed while Redis hangs or is killed under load, and Redis is used again later', async () => {
  const redis = await startRedis();
  const settings = { REDIS_URL: redis.url, TRUSTED_PROXIES: '1' };
  const sites = [await startSite(settings), await startSite(settings)];
  const [first, second] = sites;
  if (!first || !second) throw new Error('Two sites are needed');
  const script = { ageMs: 1, steps: [{ kind: 'shopper', shopper: 'zelma', atMs: 0 } as const] };
  const tokens: string[] = [];
  for (let index = 0; index < CUSTOMERS; index++) {
    const [orderId, userId] = [`order-${index}`, `user-${index}`];
    for (const { simulator } of sites) simulator.control.putOrder(orderId, { userId, script });
    tokens.push(await first.token(orderId, { sub: userId }));
  }
  const balancer = await startBalancer(() => sites.map(({ url }) => url));
  // The first phase warms the servers up.
  await load(balancer.url, tokens);
  const before = await load(balancer.url, tokens);
  redis.hang();
  const hung = await load(balancer.url, tokens);
  redis.resume();
  const after = await load(balancer.url, tokens);
  await redis.kill();
  const killed = await load(balancer.url, tokens);
  await redis.startAgain();
  const again = await load(balancer.url, tokens);
  balancer.close();
  const redisLines = first.output.filter((line) => line.includes('"event":"redis"'));
  for (const site of sites) await site.close();
  await redis.close();

  const phases = { before, hung, after, killed, again };
  console.log(Object.entries(phases).map(([name, { p95Ms }]) => `${name} ${p95Ms.toFixed(1)} ms`));
  for (const { failed, statuses } of Object.values(phases)) {
    expect(failed).toEqual([]);
    expect([...statuses].sort()).toEqual([200, 201, 401, 429].filter((s) => statuses.has(s)));
  }
  for (const { p95Ms } of [hung, killed]) expect(p95Ms).toBeLessThan(MAX_P95_MS);
  expect(redisLines.at(-1)).toContain('"isUp":true');
});
