import { expect, test } from 'vitest';
import { dayMs, secondMs } from '@/tests/simulator/clock';
import type { Fault } from '@/tests/simulator/faults';
import { startOrderServer } from '@/tests/support/order-server';

const down: Fault = { route: 'order_messages', kind: 'html' };

async function startRead(orderId = 'shopping') {
  const server = await startOrderServer();
  const first = await (await server.open(orderId)).json();
  return { ...server, first, control: server.simulator.control };
}

test.concurrent('an order is served from the cache for two seconds without a call', async () => {
  const { clock, control, simulator, open } = await startRead();
  clock.advance(2 * secondMs - 1);
  expect(await (await open('shopping')).json()).toMatchObject({
    asOf: '2026-11-20T18:00:00.000Z',
    stale: false,
  });
  expect(control.calls({ route: 'order_messages' })).toHaveLength(1);
  clock.advance(1);
  expect(await (await open('shopping')).json()).toMatchObject({
    asOf: '2026-11-20T18:00:02.000Z',
    stale: false,
  });
  await simulator.close();
});

test.concurrent.each<Fault>([
  down,
  { route: 'order_messages', kind: 'status', status: 503 },
  { route: 'order_messages', kind: 'reset' },
  { route: 'order_messages', kind: 'missing-field', path: 'metadata' },
])(
  'under %j the last order is served as stale for a minute, then the fault is reported',
  async (fault) => {
    const { clock, control, simulator, first, open } = await startRead();
    control.fault(fault);
    clock.advance(60 * secondMs);
    const stale = await open('shopping');
    expect(stale.status).toBe(200);
    expect(await stale.json()).toMatchObject({
      chat: first.chat,
      updates: first.updates,
      asOf: first.asOf,
      stale: true,
      pollAfterMs: expect.any(Number),
    });
    clock.advance(1);
    expect((await open('shopping')).status).toBeGreaterThanOrEqual(502);
    control.clearFaults();
    clock.advance(11 * secondMs);
    expect(await (await open('shopping')).json()).toMatchObject({ stale: false });
    await simulator.close();
  },
);

test.concurrent('the last order is served as stale while the circuit breaker is open', async () => {
  const { clock, control, simulator, open } = await startRead();
  control.fault({ route: 'order_messages', kind: 'status', status: 500 });
  for (let poll = 0; poll < 8; poll++) {
    clock.advance(2 * secondMs);
    expect(await (await open('shopping')).json()).toMatchObject({ stale: true });
  }
  expect(control.calls({ route: 'order_messages' }).length).toBeLessThan(16);
  await simulator.close();
});

test.concurrent.each<[Fault, number]>([
  [{ route: 'order_messages', kind: 'status', status: 404 }, 404],
  [{ route: 'order_messages', kind: 'status', status: 403, body: { error: { code: 1 } } }, 503],
  [{ route: 'order_messages', kind: 'unauthorized' }, 503],
])('after %j the cached order is not served, even if Connect is down', async (fault, status) => {
  const { clock, control, simulator, open } = await startRead();
  control.fault(fault);
  clock.advance(2 * secondMs);
  expect((await open('shopping')).status).toBe(status);
  control.clearFaults();
  control.fault(down);
  clock.advance(secondMs);
  expect((await open('shopping')).status).toBe(502);
  await simulator.close();
});

test.concurrent('an expired chat stays expired while Connect is down', async () => {
  const { clock, control, simulator, first, open } = await startRead('delivered');
  expect(first.chat.messages.length).toBeGreaterThan(0);
  control.advanceOrder('delivered', dayMs);
  clock.advance(2 * secondMs);
  await open('delivered');
  control.fault(down);
  clock.advance(2 * secondMs);
  const stale = await (await open('delivered')).json();
  expect(stale).toMatchObject({
    chat: { state: 'expired', messages: [], canReply: false },
    stale: false,
  });
  expect(stale).not.toHaveProperty('pollAfterMs');
  await simulator.close();
});

test.concurrent('a chat that expires during an outage is not served after a minute', async () => {
  const { clock, control, simulator, open } = await startRead('delivered');
  control.advanceOrder('delivered', dayMs);
  control.fault(down);
  clock.advance(60 * secondMs + 1);
  const response = await open('delivered');
  expect(response.status).toBe(502);
  expect(await response.text()).not.toContain('Rosalind');
  await simulator.close();
});

test.concurrent(
  'cached messages are not served after Connect removes the shopper information',
  async () => {
    const { clock, control, simulator, open } = await startRead();
    control.fault({ route: 'order_messages', kind: 'status', status: 403 });
    clock.advance(2 * secondMs);
    expect(await (await open('shopping')).json()).toMatchObject({
      chat: { state: 'unavailable', messages: [] },
      updates: [],
    });
    await simulator.close();
  },
);

test.concurrent('a stale order has the Retry-After of Connect as its pollAfterMs', async () => {
  const { clock, control, simulator, open } = await startRead('delivered');
  control.fault({ route: 'order_messages', kind: 'status', status: 429, retryAfter: '25' });
  clock.advance(3 * secondMs);
  const first = await (await open('delivered')).json();
  clock.advance(3 * secondMs);
  const second = await (await open('delivered')).json();
  expect([first.stale, first.pollAfterMs]).toEqual([true, 25_000]);
  expect([second.stale, second.pollAfterMs]).toEqual([true, 22_000]);
  expect(control.calls({ route: 'order_messages' })).toHaveLength(2);
  await simulator.close();
});
