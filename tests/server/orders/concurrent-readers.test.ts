import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { startRouterServer } from '@/tests/support/router-server';
import { startOrderServer } from '@/tests/support/order-server';

const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

test.each([20, 500])(
  '%d concurrent readers of one order cause one call',
  async (count) => {
    const { simulator, mint, request } = await startOrderServer({ LIMITS: 'off' });
    const token = await mint('shopping');
    const responses = await times(count, () => request(token));
    const texts = await Promise.all(responses.map((response) => response.text()));
    expect(new Set(texts).size).toBe(1);
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(simulator.control.calls({ route: 'order_messages' })).toHaveLength(1);
    expect(simulator.control.calls({ route: 'token' })).toHaveLength(1);
    await simulator.close();
  },
  20_000,
);

test('499 readers get the order from one call after the first reader has aborted', async () => {
  const { router, url, simulator, mint, close } = await startRouterServer({ LIMITS: 'off' });
  const { control } = simulator;
  control.fault({ route: 'order_messages', kind: 'slow', delayMs: 3_000 });
  const headers = { authorization: `Bearer ${await mint('shopping')}` };
  const leaving = new AbortController();
  const read = (signal?: AbortSignal) =>
    fetch(`${url}/api/order/messages`, { headers, ...(signal && { signal }) });
  const first = expect(read(leaving.signal)).rejects.toThrow('abort');
  await vi.waitFor(() => expect(control.calls({ route: 'order_messages' })).toHaveLength(1));
  const others = times(499, () => read());
  await vi.waitFor(() => expect(router.busyCount()).toBe(500), { timeout: 2_500 });
  leaving.abort();
  await first;
  expect(control.waitingCount()).toBe(1);
  const responses = await others;
  const texts = await Promise.all(responses.map((response) => response.text()));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(texts).size).toBe(1);
  expect(control.calls({ route: 'order_messages' })).toHaveLength(1);
  await close();
}, 20_000);

test('500 readers of an order that fails cause one call, and each gets 502', async () => {
  const { simulator, mint, request } = await startOrderServer({ LIMITS: 'off' });
  simulator.control.fault({ route: 'order_messages', kind: 'html' });
  const token = await mint('shopping');
  const responses = await times(500, () => request(token));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([502]));
  expect(simulator.control.calls({ route: 'order_messages' })).toHaveLength(1);
  await simulator.close();
}, 20_000);

test('full and read-only links share one call and keep their own canReply', async () => {
  const { simulator, mint, request } = await startOrderServer();
  const tokens = [await mint('shopping'), await mint('shopping', { scp: 'read' })];
  const responses = await times(50, (index) => request(tokens[index % 2]));
  const views = await Promise.all(responses.map((response) => response.json()));
  views.forEach(({ chat }, index) => expect(chat.canReply).toBe(index % 2 === 0));
  expect(simulator.control.calls({ route: 'order_messages' })).toHaveLength(1);
  await simulator.close();
});

test('200 concurrent reads mint one new token after Connect rejects the old one', async () => {
  const { simulator, open } = await startOrderServer();
  const { control } = simulator;
  expect((await open('waiting')).status).toBe(200);
  control.clearCalls();
  control.expireTokens();
  const responses = await times(200, (index) => open(`live-${index}`));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  expect(control.calls({ route: 'token' })).toHaveLength(1);
  expect(control.calls({ route: 'order_messages' }).length).toBeLessThanOrEqual(400);
  await simulator.close();
}, 20_000);

test('200 concurrent reads mint one new token after the old one expires', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const { control } = simulator;
  await open('waiting');
  control.clearCalls();
  clock.advance(86_000 * secondMs);
  const responses = await times(200, (index) => open(`live-${index}`));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  expect(control.calls({ route: 'token' })).toHaveLength(1);
  expect(control.calls({ route: 'order_messages' })).toHaveLength(200);
  await simulator.close();
}, 20_000);

test('each customer has a separate access token', async () => {
  const { simulator, mint, request } = await startOrderServer();
  const { control } = simulator;
  const users = Array.from({ length: 20 }, (_, index) => `customer-${index}`);
  for (const userId of users)
    control.putOrder(`of-${userId}`, { userId, script: { ageMs: 0, steps: [] } });
  const responses = await Promise.all(
    users.map(async (sub) => request(await mint(`of-${sub}`, { sub }))),
  );
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  const minted = control.calls({ route: 'token' }).map(({ userId }) => userId);
  expect(minted.sort()).toEqual([...users].sort());
  await simulator.close();
});

test('while all connections are in use, other requests get the cached order or a 503 at once', async () => {
  const { clock, simulator, open, mint, post } = await startOrderServer({ ORDER_DETAILS: 'off' });
  const { control } = simulator;
  expect((await open('shopping')).status).toBe(200);
  clock.advance(2 * secondMs);
  control.clearCalls();
  control.fault({ route: 'order_messages', kind: 'slow', delayMs: 300 });
  const waiting = times(200, (index) => open(`live-${index}`));
  // The connection pool has 64 connections.
  await vi.waitFor(() => expect(control.calls({ route: 'order_messages' })).toHaveLength(64));
  expect(await (await open('shopping')).json()).toMatchObject({ stale: true, pollAfterMs: 5_000 });
  const message = { clientMessageId: randomUUID(), body: 'Hello' };
  for (const refused of [await open('delivered'), await post(await mint('shopping'), message)]) {
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await refused.json()).toMatchObject({
      error: { code: 'upstream_unavailable' },
      pollAfterMs: 2_000,
    });
  }
  expect(control.calls({ route: 'order_messages', orderId: 'delivered' })).toEqual([]);
  const responses = await waiting;
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await post(await mint('shopping'), message)).status).toBe(201);
  await simulator.close();
});
