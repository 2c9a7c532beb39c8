import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { secondMs } from '@/tests/simulator/clock';
import { startRouter } from '@/tests/support/router-server';
import { findFreePort } from '@/tests/support/local-server';
import { plainRequest } from '@/tests/support/plain-request';
import { startRedis } from '@/tests/support/redis-server';
import {
  createRevoker,
  mintShortId,
  startInstance,
  type Instance,
} from '@/tests/support/shared-servers';

let redis: Awaited<ReturnType<typeof startRedis>>;
let instance: Instance;

beforeEach(async () => {
  redis = await startRedis();
  instance = await startInstance(redis.url);
});

afterEach(async () => {
  await instance.close();
  await redis.close();
});

const waitOptions = { timeout: 10_000 };

async function revoke(orderId: string): Promise<void> {
  const client = await connectRedisOnce(redis.url);
  await createRevoker(client, instance).revoke(orderId);
  client.disconnect();
  instance.pass(10 * secondMs);
  await vi.waitFor(
    async () => expect((await instance.open(orderId)).status).toBe(401),
    waitOptions,
  );
}

/** Returns two valid ids, of which this instance has read only the first one. */
async function mintTwo(): Promise<[string, string]> {
  const ids: [string, string] = [
    await mintShortId(instance, 'shopping'),
    await mintShortId(instance, 'shopping'),
  ];
  expect((await instance.request(ids[0])).status).toBe(200);
  return ids;
}

async function expectUnavailable(id: string): Promise<void> {
  const response = await instance.request(id);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toMatchObject({
    error: { code: 'upstream_unavailable' },
    pollAfterMs: 5_000,
  });
}

function redisLines(): boolean[] {
  const lines = instance.logLines.map((line) => JSON.parse(line));
  return lines.filter(({ event }) => event === 'redis').map(({ isUp }) => isUp);
}

/** Starts a TCP proxy to Redis whose connections can be closed or can stall. */
async function startNetwork() {
  const target = Number(new URL(redis.url).port);
  const port = await findFreePort(0, '127.0.0.1');
  const sockets: Socket[] = [];
  let server: Server;

  async function listen(): Promise<void> {
    server = createServer((socket) => {
      const upstream = connect(target, '127.0.0.1');
      sockets.push(socket);
      for (const end of [socket, upstream]) end.on('error', () => undefined);
      socket.pipe(upstream).pipe(socket);
      socket.on('close', () => upstream.destroy());
    });
    await once(server.listen(port, '127.0.0.1'), 'listening');
  }

  await listen();
  return {
    url: `redis://127.0.0.1:${port}`,
    sockets,
    listen,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test('without Redis known ids work, unknown ids get 503 and revoked orders stay revoked', async () => {
  const [known, unknown] = await mintTwo();
  await revoke('waiting');
  await redis.kill();
  await vi.waitFor(() => expect(redisLines()).toEqual([true, false]), waitOptions);
  instance.pass(60 * secondMs);
  expect((await instance.request(known)).status).toBe(200);
  expect((await instance.open('shopping')).status).toBe(200);
  await expectUnavailable(unknown);
  expect((await instance.request('not-a-link')).status).toBe(401);
  expect((await instance.open('waiting')).status).toBe(401);
  const minted = await instance.requestLink('shopping');
  expect(minted.status).toBe(201);
  expect(Object.keys(await minted.json())).toEqual(['url', 'embedUrl', 'token', 'expiresAt']);

  await redis.startAgain();
  await vi.waitFor(() => expect(redisLines()).toEqual([true, false, true]), waitOptions);
  const id = await mintShortId(instance, 'shopping');
  expect((await instance.request(id)).status).toBe(200);
  // Redis has restarted without data, so the id is unknown.
  expect((await instance.request(unknown)).status).toBe(401);
  expect((await instance.request(known)).status).toBe(200);
});

test('with a hung Redis every request is answered within a bounded time', async () => {
  const [known, unknown] = await mintTwo();
  await revoke('waiting');
  redis.hang();
  const startedAtMs = performance.now();
  await expectUnavailable(unknown);
  expect((await instance.request(known)).status).toBe(200);
  expect((await instance.open('waiting')).status).toBe(401);
  expect((await instance.requestLink('shopping')).status).toBe(201);
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);

  redis.resume();
  await vi.waitFor(
    async () => expect((await instance.request(unknown)).status).toBe(200),
    waitOptions,
  );
});

test.each<[string, () => Promise<unknown>]>([
  ['down', () => Promise.all([redis.kill(), instance.simulator.control.stop()])],
  [
    'hung',
    async () => {
      redis.hang();
      for (const route of ['token', 'order_messages'] as const)
        instance.simulator.control.fault({ route, kind: 'hang' });
    },
  ],
])(
  'with Redis and Connect both %s, /healthz and /readyz return 200',
  async (_, fail) => {
    const server = await startRouter(instance.services);
    await fail();
    const order = instance.open('shopping');
    for (const path of ['/healthz', '/readyz']) {
      const startedAtMs = performance.now();
      expect((await plainRequest(`${server.url}${path}`)).status).toBe(200);
      expect(performance.now() - startedAtMs).toBeLessThan(5_000);
    }
    expect((await order).status).toBeGreaterThanOrEqual(503);
    for (const path of ['/healthz', '/readyz'])
      expect((await plainRequest(`${server.url}${path}`)).status).toBe(200);
    server.close();
  },
  20_000,
);

test('an instance that starts without Redis serves orders and connects when Redis is back', async () => {
  const id = await mintShortId(instance, 'shopping');
  for (const [stop, restore] of [
    [redis.hang, async () => void redis.resume()],
    [redis.kill, redis.startAgain],
  ] as const) {
    await stop();
    const startedAtMs = performance.now();
    const late = await startInstance(redis.url);
    expect((await late.open('shopping')).status).toBe(200);
    expect((await late.request(id)).status).toBe(503);
    expect(performance.now() - startedAtMs).toBeLessThan(15_000);
    await restore();
    await vi.waitFor(async () => {
      const { shortUrl } = await (await late.requestLink('shopping')).json();
      expect(shortUrl).toContain('/s#');
    }, waitOptions);
    await late.close();
  }
}, 20_000);

test('a stalled connection to Redis is replaced', async () => {
  const network = await startNetwork();
  const distant = await startInstance(network.url);
  expect(await mintShortId(distant, 'shopping')).toHaveLength(22);
  expect(network.sockets).toHaveLength(1);
  network.sockets[0]?.unpipe().pause();
  await vi.waitFor(async () => {
    distant.pass(5 * secondMs);
    const { shortUrl } = await (await distant.requestLink('shopping')).json();
    expect(shortUrl).toContain('/s#');
  }, waitOptions);
  expect(network.sockets.length).toBeGreaterThan(1);
  await distant.close();
  network.close();
}, 20_000);

test('a revocation during a network outage takes effect as soon as an instance reconnects', async () => {
  const network = await startNetwork();
  const distant = await startInstance(network.url);
  expect((await distant.open('shopping')).status).toBe(200);
  network.close();
  await revoke('shopping');
  expect((await distant.open('shopping')).status).toBe(200);
  await network.listen();
  // No time passes, so the reconnect causes the refresh, not the schedule.
  await vi.waitFor(
    async () => expect((await distant.open('shopping')).status).toBe(401),
    waitOptions,
  );
  await distant.close();
  network.close();
}, 20_000);
