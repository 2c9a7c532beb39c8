// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findEarlyView, REQUEST_TIMEOUT_MS } from '@/lib/client/order/early-request';
import { toEarlyRequestScript } from '@/lib/client/order/early-request-script';
import { createOrderFeed, type FeedState } from '@/lib/client/order/order-feed';
import { createServerClock } from '@/lib/client/hooks/server-clock';
import { dayMs } from '@/tests/simulator/clock';
import { startOrderServer } from '@/tests/support/order-server';
import { copy } from '@/lib/order/copy/en-US/order-page';

// The feed with the real API handler and a simulated Connect. All share one clock, which the tests advance.

let server: Awaited<ReturnType<typeof startOrderServer>>;
const requests: Request[] = [];

beforeEach(async () => {
  server = await startOrderServer();
  requests.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const request = new Request(new URL(path, 'http://localhost'), init);
    requests.push(request);
    const response = await server.services.getOrderMessages(request);
    response.headers.set('date', new Date(server.clock.nowMs()).toUTCString());
    return response;
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.simulator.close();
});

function createFeed(token: string, random = 0.5) {
  const clock = createServerClock({ deviceMs: server.clock.nowMs, steadyMs: server.clock.nowMs });
  const readOrder = createOrderFeed(token, { clock, random: () => random });
  let state: FeedState | undefined;
  // Like TanStack Query: each request gets the state of the previous one.
  return async () => (state = await readOrder(state));
}

async function openFeed(orderId: string, random?: number) {
  return createFeed(await server.mint(orderId), random);
}

test('a request has the token in a header, sends no cookies and bypasses the cache', async () => {
  const token = await server.mint('shopping');
  await createFeed(token)();
  const [request] = requests;
  expect(request?.url).toBe('http://localhost/api/order/messages');
  expect(request?.headers.get('authorization')).toBe(`Bearer ${token}`);
  expect(request?.credentials).toBe('omit');
  expect(request?.cache).toBe('no-store');
});

test('a 304 keeps the same view and updates its time', async () => {
  const read = await openFeed('delivered');
  const first = await read();
  expect(requests[0]?.headers.has('if-none-match')).toBe(false);
  server.clock.advance(10_000);
  const second = await read();
  expect(requests[1]?.headers.get('if-none-match')).toMatch(/^W\/"/);
  expect(second.view).toBe(first.view);
  expect(second.asOfMs).toBe((first.asOfMs ?? 0) + 10_000);
});

test('a changed order replaces the view', async () => {
  const read = await openFeed('shopping');
  const before = (await read()).view?.chat.messages.length ?? 0;
  server.simulator.control.addMessage('shopping', { from: 'driver', body: 'News' });
  server.clock.advance(10_000);
  const after = (await read()).view?.chat.messages;
  expect(after).toHaveLength(before + 1);
  expect(after?.at(-1)?.body).toBe('News');
});

test.each([
  [0, 8_000],
  [0.5, 10_000],
  [1, 12_000],
])('the interval of the server gets ±20 % jitter (random %s)', async (random, ms) => {
  const read = await openFeed('delivered', random);
  expect((await read()).nextPollMs).toBe(ms);
});

test('failures back off from 2 s to 2 min, and a success resets the backoff', async () => {
  const read = await openFeed('shopping');
  server.simulator.control.fault({ route: 'order_messages', kind: 'html', times: 9 });
  const waits: unknown[] = [];
  for (let i = 0; i < 9; i++) {
    const { problem, nextPollMs, view } = await read();
    expect(problem).toBe('upstream_invalid');
    expect(view).toBeUndefined();
    waits.push(nextPollMs);
  }
  expect(waits.slice(0, 6)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000]);
  expect(waits.slice(6)).toEqual([120_000, 120_000, 120_000]);
  const back = await read();
  expect(back.problem).toBeUndefined();
  expect(back.view).toBeDefined();
});

test('a failed request keeps the last view', async () => {
  const read = await openFeed('shopping');
  const { view, asOfMs } = await read();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  server.clock.advance(70_000);
  const failed = await read();
  expect(failed).toMatchObject({ problem: 'upstream_unavailable', asOfMs, nextPollMs: 2_000 });
  expect(failed.view).toBe(view);
});

test('the age of a stale view is computed by the server’s clock', async () => {
  const read = await openFeed('shopping');
  await read();
  server.clock.advance(30_000);
  server.simulator.control.fault({ route: 'order_messages', kind: 'html' });
  const stale = await read();
  expect(stale.view?.stale).toBe(true);
  expect(stale.asOfMs).toBe(server.clock.nowMs() - 30_000);
});

test('after a 429 the next request is sent after the response’s pollAfterMs', async () => {
  vi.stubGlobal('fetch', () =>
    Promise.resolve(
      Response.json({ error: { code: 'slow_down', message: '' }, pollAfterMs: 45_000 }),
    ).then(({ body }) => new Response(body, { status: 429 })),
  );
  const read = await openFeed('shopping');
  expect(await read()).toEqual({
    problem: 'slow_down',
    mustWait: true,
    failureCount: 1,
    nextPollMs: 45_000,
    retryAtMs: server.clock.nowMs() + 45_000,
  });
});

test.each([
  ['a forged link', () => 'not.a.token', 'link_invalid'],
  ['an expired link', () => server.mint('shopping', { exp: 1 }), 'link_expired'],
  ['an unknown order', () => server.mint('nowhere'), 'order_not_found'],
])('%s is reported and not retried', async (_, mint, problem) => {
  const read = createFeed(await mint());
  expect(await read()).toEqual({ problem });
});

test('a 404 removes the view', async () => {
  const read = await openFeed('shopping');
  await read();
  server.simulator.control.fault({ route: 'order_messages', kind: 'status', status: 404 });
  server.clock.advance(10_000);
  expect(await read()).toEqual({ problem: 'order_not_found' });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect((await read()).view).toBeUndefined();
});

test('an expired chat ends the polling, and its messages are removed', async () => {
  const read = await openFeed('delivered');
  expect((await read()).view?.chat.messages).not.toHaveLength(0);
  server.simulator.control.advanceOrder('delivered', dayMs);
  server.clock.advance(10_000);
  const expired = await read();
  expect(expired.view?.chat).toEqual({ state: 'expired', messages: [], canReply: false });
  expect(expired.nextPollMs).toBeUndefined();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect((await read()).view).toBeUndefined();
});

test.each([
  ['HTML', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
  ['an unknown error code', () => Response.json({ error: { code: 'teapot' } }, { status: 418 })],
  ['an empty body', () => new Response(null, { status: 500 })],
  ['a 304 to an unconditional request', () => new Response(null, { status: 304 })],
])('%s is reported as upstream_unavailable and retried', async (_, answer) => {
  vi.stubGlobal('fetch', () => Promise.resolve(answer()));
  const read = await openFeed('shopping');
  expect(await read()).toMatchObject({ problem: 'upstream_unavailable', nextPollMs: 2_000 });
});

test.each([{}, { chat: {} }, [], null, { chat: { state: 'new', messages: [] } }])(
  'the body %j is reported as upstream_invalid',
  async (body) => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body)));
    const read = await openFeed('shopping');
    expect(await read()).toMatchObject({ problem: 'upstream_invalid' });
  },
);

test('the early request has the same time limit as every other request', () => {
  expect(toEarlyRequestScript(copy)).toContain(`AbortSignal.timeout(${REQUEST_TIMEOUT_MS})`);
});

test('the early request is used once, and only for its own token', async () => {
  const token = await server.mint('documented');
  const early = async () => {
    const response = await server.request(token);
    return { response, body: await response.json() };
  };
  globalThis.earlyOrderRequest = { token: 'another', answer: early() };
  await createFeed(token)();
  expect(requests).toHaveLength(1);
  globalThis.earlyOrderRequest = { token, answer: early() };
  const read = createFeed(token);
  expect(findEarlyView(token)).toBeUndefined();
  expect((await read()).view).toBeDefined();
  expect(requests).toHaveLength(1);
  await read();
  expect(requests).toHaveLength(2);
});

test('an early response that has arrived can be shown at once, and is still used by the first request', async () => {
  const token = await server.mint('shopping');
  const response = await server.request(token);
  const arrived = { response, body: await response.json() };
  globalThis.earlyOrderRequest = { token, answer: Promise.resolve(arrived), arrived };
  expect(findEarlyView('another')).toBeUndefined();
  const early = findEarlyView(token);
  expect(early?.view.chat.state).toBe('open');
  expect((await createFeed(token)()).view).toBe(early?.view);
  expect(findEarlyView(token)).toBeUndefined();
  expect(requests).toHaveLength(0);
});

test('an early error response has no early view, and is reported by the first request', async () => {
  const response = await server.request('wrong');
  const arrived = { response, body: await response.json() };
  globalThis.earlyOrderRequest = { token: 'wrong', answer: Promise.resolve(arrived), arrived };
  expect(findEarlyView('wrong')).toBeUndefined();
  expect(await createFeed('wrong')()).toEqual({ problem: 'link_invalid' });
});

test('the state has the language of the link, also after a failure and a 304', async () => {
  const token = await server.mint('shopping', { loc: 'fr-CA' });
  const read = createFeed(token);
  expect((await read()).locale).toBe('fr-CA');
  const unknown = createFeed(await server.mint('nowhere', { loc: 'fr-CA' }));
  expect(await unknown()).toEqual({ locale: 'fr-CA', problem: 'order_not_found' });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await read()).toMatchObject({ locale: 'fr-CA', problem: 'upstream_unavailable' });
});
