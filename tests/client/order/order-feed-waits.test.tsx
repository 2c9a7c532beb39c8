// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { REQUEST_TIMEOUT_MS } from '@/lib/client/order/early-request';
import { createOrderFeed } from '@/lib/client/order/order-feed';
import { createServerClock } from '@/lib/client/order/server-clock';
import { startOrderServer } from '@/tests/support/order-server';

// How long the feed waits for an answer, and from one answer to the next request.

let server: Awaited<ReturnType<typeof startOrderServer>>;
const asked: Request[] = [];

beforeEach(async () => {
  server = await startOrderServer();
  asked.length = 0;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const request = new Request(new URL(path, 'http://localhost'), init);
    asked.push(request);
    return server.services.getOrderMessages(request);
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.simulator.close();
});

function createFeed(token: string) {
  const clock = createServerClock({ deviceMs: server.clock.nowMs, steadyMs: server.clock.nowMs });
  return createOrderFeed(token, { clock, random: () => 0.5 });
}

test.each([
  [
    'a fetch that its signal ends',
    (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  ],
  ['a fetch that never settles', () => new Promise<never>(() => undefined)],
])('%s counts as a time-out after 15 s', async (_, answer) => {
  const token = await server.mint('shopping');
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (_url: string, { signal }: { signal: AbortSignal }) => answer(signal));
  const state = createFeed(token)();
  await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS - 1);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect((await state).problem).toBe('upstream_timeout');
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('an early request that never settles counts as a time-out too', async () => {
  vi.useFakeTimers();
  globalThis.earlyOrderRequest = { token: 't', answer: new Promise(() => undefined) };
  const state = createFeed('t')();
  await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS);
  expect((await state).problem).toBe('upstream_timeout');
  vi.useRealTimers();
});

test('a hidden page polls an open chat once a minute, and nothing else', async () => {
  expect(await createFeed(await server.mint('shopping'))()).toMatchObject({
    hiddenPollMs: 60_000,
  });
  expect(await createFeed(await server.mint('waiting'))()).not.toHaveProperty('hiddenPollMs');
});

test.each([
  [0, 1_000],
  [-5, 1_000],
  [1e12, 3_600_000],
])('a server that asks for a poll after %d ms gets one after %d ms', async (asked, ms) => {
  const token = await server.mint('shopping');
  const view = await (await server.request(token)).json();
  vi.stubGlobal('fetch', async () => Response.json({ ...view, pollAfterMs: asked }));
  expect((await createFeed(token)()).nextPollMs).toBe(ms);
});

test('without its ETag the feed reads the newest picture addresses', async () => {
  const token = await server.mint('delivered');
  const readOrder = createFeed(token);
  const first = await readOrder();
  const second = await readOrder({ ...first, etag: null });
  await readOrder(second);
  expect(asked.map(({ headers }) => headers.has('if-none-match'))).toEqual([false, false, true]);
});
