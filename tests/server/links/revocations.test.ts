import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { dayMs, secondMs } from '@/tests/simulator/clock';
import { startRedis } from '@/tests/support/redis-server';
import { toBytes } from '@/tests/support/response-bytes';
import {
  createRevoker,
  mintShortId,
  startInstance,
  type Instance,
} from '@/tests/support/shared-servers';

const waitOptions = { timeout: 10_000 };

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let instances: [Instance, Instance];

beforeAll(async () => {
  server = await startRedis();
  redis = await connectRedisOnce(server.url);
  instances = await Promise.all([startInstance(server.url), startInstance(server.url)]);
});

afterAll(async () => {
  redis.disconnect();
  await Promise.all(instances.map(({ close }) => close()));
  await server.close();
});

/** Advances the clock by ten seconds and waits until the expectation holds. */
async function afterTenSeconds(instance: Instance, expectation: () => Promise<void>) {
  instance.pass(10 * secondMs);
  await vi.waitFor(expectation, waitOptions);
}

test('every link of a revoked order is refused on every instance within 10 s', async () => {
  const [first, second] = instances;
  const id = await mintShortId(first, 'shopping');
  const token = await first.mint('shopping');
  for (const { request } of instances)
    for (const bearer of [id, token]) expect((await request(bearer)).status).toBe(200);
  await createRevoker(redis, first).revoke('shopping');
  for (const instance of instances) {
    const refused = await toBytes(await instance.request('not-a-link'));
    await afterTenSeconds(instance, async () =>
      expect((await instance.request(token)).status).toBe(401),
    );
    const callsBefore = instance.simulator.control.calls().length;
    for (const bearer of [id, token, await instance.mint('shopping', { scp: 'read' })])
      expect(await toBytes(await instance.request(bearer))).toEqual(refused);
    expect(instance.simulator.control.calls()).toHaveLength(callsBefore);
    expect((await instance.open('waiting')).status).toBe(200);
  }

  const minted = await second.requestLink('shopping');
  expect(minted.status).toBe(409);
  expect(await minted.json()).toEqual({
    error: { code: 'order_revoked', message: expect.stringContaining('--restore') },
  });

  await createRevoker(redis, first).restore('shopping');
  for (const instance of instances) {
    await afterTenSeconds(instance, async () =>
      expect((await instance.request(token)).status).toBe(200),
    );
    expect((await instance.request(id)).status).toBe(200);
  }
  expect((await second.requestLink('shopping')).status).toBe(201);
});

test('a revoked order is refused even if it is still fresh in the cache', async () => {
  const [{ open, tick, simulator }] = instances;
  const callsFor = (orderId: string) =>
    simulator.control.calls({ route: 'order_messages' }).filter((call) => call.orderId === orderId);
  expect((await open('documented')).status).toBe(200);
  const revoker = createRevoker(redis, instances[0]);
  await revoker.revoke('documented');
  tick();
  await vi.waitFor(async () => expect((await open('documented')).status).toBe(401), waitOptions);
  expect(callsFor('documented')).toHaveLength(1);
  await revoker.restore('documented');
});

test('a new instance loads the revocations before it answers its first request', async () => {
  await createRevoker(redis, instances[0]).revoke('shopping');
  const late = await startInstance(server.url);
  expect((await late.open('shopping')).status).toBe(401);
  expect((await late.requestLink('shopping')).status).toBe(409);
  expect(late.simulator.control.calls()).toEqual([]);
  await late.close();
  await createRevoker(redis, instances[0]).restore('shopping');
});

test('a revocation remains valid before, during and after a rotation of keys', async () => {
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
  const forms = [`old:${key(1)}`, `new:${key(2)},old:${key(1)}`, `new:${key(2)}`] as const;
  const [before, during, after] = await Promise.all(
    forms.map((LINK_KEYS) => startInstance(server.url, { LINK_KEYS })),
  );
  if (!before || !during || !after) throw new Error('three instances');
  await createRevoker(redis, during).revoke('shopping');
  for (const instance of [before, during, after])
    await afterTenSeconds(instance, async () =>
      expect((await instance.requestLink('shopping')).status).toBe(409),
    );
  await createRevoker(redis, during).restore('shopping');
  await createRevoker(redis, before).revoke('shopping');
  await afterTenSeconds(during, async () =>
    expect((await during.requestLink('shopping')).status).toBe(409),
  );
  await createRevoker(redis, before).restore('shopping');
  await Promise.all([before, during, after].map(({ close }) => close()));
});

test('a revocation ends one day after the last link minted before it has expired', async () => {
  const instance = await startInstance(server.url);
  const revoker = createRevoker(redis, instance);
  await revoker.revoke('documented');
  await afterTenSeconds(instance, async () =>
    expect((await instance.open('documented')).status).toBe(401),
  );
  instance.clock.advance(15 * dayMs - 21 * secondMs);
  await afterTenSeconds(instance, async () =>
    expect((await instance.open('documented')).status).toBe(401),
  );
  await afterTenSeconds(instance, async () =>
    expect((await instance.open('documented')).status).not.toBe(401),
  );
  await revoker.revoke('another');
  expect(await redis.zcard('order-status:revoked')).toBe(1);
  await revoker.restore('another');
  await instance.close();
});

test('restore returns true only if the order was revoked', async () => {
  const revoker = createRevoker(redis, instances[0]);
  expect(await revoker.restore('never-revoked')).toBe(false);
  await revoker.revoke('revoked-twice');
  await revoker.revoke('revoked-twice');
  expect(await revoker.restore('revoked-twice')).toBe(true);
  expect(await revoker.restore('revoked-twice')).toBe(false);
});
