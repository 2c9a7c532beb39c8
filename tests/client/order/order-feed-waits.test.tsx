// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { REQUEST_TIMEOUT_MS } from '@/lib/client/order/early-request';
import { createOrderFeed } from '@/lib/client/order/order-feed';
import { createServerClock } from '@/lib/client/hooks/server-clock';
import { startOrderServer } from '@/tests/support/order-server';

// Time limits of a request, and waits between a response and the next request.

let server: Awaited<ReturnType<typeof startOrderServer>>;
const requests: Request[] = [];

beforeEach(async () => {
  server = await startOrderServer();
  requests.length = 0;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const request = new Request(new URL(path, 'http://localhost'), init);
    requests.push(request);
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
    'a fetch that its signal aborts',
    (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  ],
  ['a fetch that never settles', () => new Promise<never>(() => undefined)],
])('%s is reported as upstream_timeout after 15 s', async (_, answer) => {
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

test('an early request that never settles is reported as upstream_timeout', async () => {
  vi.useFakeTimers();
  globalThis.earlyOrderRequest = { token: 't', answer: new Promise(() => undefined) };
  const state = createFeed('t')();
  await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS);
  expect((await state).problem).toBe('upstream_timeout');
  vi.useRealTimers();
});

test('a hidden page polls once per minute while the chat is open, else not at all', async () => {
  expect(await createFeed(await server.mint('shopping'))()).toMatchObject({
    hiddenPollMs: 60_000,
  });
  expect(await createFeed(await server.mint('waiting'))()).not.toHaveProperty('hiddenPollMs');
});

test.each([
  [0, 1_000],
  [-5, 1_000],
  [1e12, 3_600_000],
])('a pollAfterMs of %d leads to a poll after %d ms', async (pollAfterMs, ms) => {
  const token = await server.mint('shopping');
  const view = await (await server.request(token)).json();
  vi.stubGlobal('fetch', async () => Response.json({ ...view, pollAfterMs }));
  expect((await createFeed(token)()).nextPollMs).toBe(ms);
});

test('a state without an ETag leads to an unconditional request', async () => {
  const token = await server.mint('delivered');
  const readOrder = createFeed(token);
  const first = await readOrder();
  const second = await readOrder({ ...first, etag: null });
  await readOrder(second);
  expect(requests.map(({ headers }) => headers.has('if-none-match'))).toEqual([false, false, true]);
});
