import { expect, onTestFinished, test, vi } from 'vitest';
import { createAdaptiveRateLimiter } from '@/lib/server/connect/adaptive-rate';
import { createConnectClient } from '@/lib/server/connect/client';
import { NO_OBSERVER } from '@/lib/server/connect/observer';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { demoUserId } from '@/tests/simulator/people';
import { startSimulator } from '@/tests/simulator/simulator';
import { startOrderServer } from '@/tests/support/order-server';

async function start() {
  const clock = createFrozenClock();
  const simulator = await startSimulator({ clock });
  onTestFinished(simulator.close);
  const { control } = simulator;
  const adaptiveRate = createAdaptiveRateLimiter(clock.nowMs);
  const rejected = vi.fn();
  const client = createConnectClient({
    baseUrl: simulator.url,
    retailerId: undefined,
    account: { clientId: 'demo-client', clientSecret: 'demo-secret' },
    now: clock.nowMs,
    random: () => 0.5,
    wait: async () => undefined,
    adaptiveRate,
    sharedTokens: undefined,
    observer: { ...NO_OBSERVER, rejected },
  });
  return {
    ...{ clock, control, adaptiveRate, rejected },
    readOrder: async (orderId = 'shopping') => (await client.getOrder(orderId, demoUserId)).kind,
    readMessages: (orderId = 'shopping') =>
      client.getOrderMessages(orderId, demoUserId).then(
        ({ kind }) => kind,
        (problem: unknown) => problem instanceof Error && problem.message,
      ),
    orderCalls: () => control.calls({ route: 'order' }).length,
    spoil: (effect: FaultEffect & { delayMs?: number }) =>
      control.fault({ route: 'order', ...effect }),
  };
}

test.each<[FaultEffect, string, number]>([
  [{ kind: 'status', status: 500 }, 'failed', 1],
  [{ kind: 'status', status: 429 }, 'failed', 1],
  [{ kind: 'reset' }, 'failed', 1],
  [{ kind: 'html' }, 'failed', 1],
  [{ kind: 'huge' }, 'failed', 1],
  [{ kind: 'redirect' }, 'failed', 1],
  [{ kind: 'status', status: 204, body: '' }, 'failed', 1],
  [{ kind: 'status', status: 403 }, 'refused', 1],
  [{ kind: 'status', status: 404 }, 'refused', 1],
  [{ kind: 'unauthorized' }, 'refused', 2],
])('an order under %j is %s after %i calls, without a retry', async (effect, kind, count) => {
  const { spoil, readOrder, orderCalls } = await start();
  spoil(effect);
  expect(await readOrder()).toBe(kind);
  expect(orderCalls()).toBe(count);
});

test('an order whose token was revoked is read with one new token', async () => {
  const { control, readOrder } = await start();
  await readOrder();
  control.expireTokens();
  expect(await readOrder()).toBe('read');
  expect(control.calls({ route: 'token' })).toHaveLength(2);
});

test('failing orders stop the calls for orders, and not those for messages', async () => {
  const { clock, spoil, control, readOrder, readMessages, orderCalls } = await start();
  spoil({ kind: 'status', status: 503 });
  for (let index = 0; index < 20; index++) await readOrder(`live-${index}`);
  expect(orderCalls()).toBe(10);
  expect(await readMessages()).toBe('messages');
  expect(await readOrder()).toBe('skipped');
  control.clearFaults();
  clock.advance(5 * secondMs);
  expect(await readOrder()).toBe('read');
});

test('no order is read while the circuit breaker of the messages is open', async () => {
  const { clock, control, rejected, readOrder, readMessages, orderCalls } = await start();
  control.fault({ route: 'order_messages', kind: 'status', status: 500 });
  for (let index = 0; index < 10; index++) await readMessages(`live-${index}`);
  expect(await readOrder()).toBe('skipped');
  clock.advance(5 * secondMs);
  // The probe is left to the messages.
  expect(await readOrder()).toBe('skipped');
  control.clearFaults();
  rejected.mockClear();
  expect(await readMessages()).toBe('messages');
  expect(await readOrder()).toBe('read');
  expect(orderCalls()).toBe(1);
  expect(rejected).not.toHaveBeenCalled();
});

test('no order is read for 30 s after a 429 of Connect, or if it would have to wait', async () => {
  const { clock, control, adaptiveRate, readOrder, readMessages, orderCalls } = await start();
  await readMessages();
  const throttled = { kind: 'status', status: 429, retryAfter: '20', times: 1 } as const;
  control.fault({ route: 'order_messages', ...throttled });
  await readMessages();
  expect(await readOrder()).toBe('skipped');
  clock.advance(29 * secondMs);
  expect(await readOrder()).toBe('skipped');
  clock.advance(secondMs);
  adaptiveRate.reserve();
  expect(await readOrder()).toBe('skipped');
  expect(orderCalls()).toBe(0);
  clock.advance(5 * secondMs);
  expect(await readOrder()).toBe('read');
});

test('16 hanging orders leave the connections to the messages', async () => {
  const { spoil, readOrder, readMessages, orderCalls } = await start();
  await readMessages();
  spoil({ kind: 'slow', delayMs: 1_000 });
  const orders = Array.from({ length: 20 }, (_, index) => readOrder(`live-${index}`));
  await vi.waitFor(() => expect(orderCalls()).toBe(16));
  expect(await readMessages()).toBe('messages');
  const kinds = await Promise.all(orders);
  expect(kinds.filter((kind) => kind === 'skipped')).toHaveLength(4);
});

test('the names of unknown fields are logged once at level debug, without values', async () => {
  const server = await startOrderServer({ LOG_LEVEL: 'debug' });
  onTestFinished(server.close);
  for (const orderId of ['A-1', 'A-2']) {
    server.simulator.control.putOrder(orderId, { script: { ageMs: 0, steps: [] } });
    server.simulator.control.setOrder(orderId, { extra: { eta: 'canary', 'John S.': 'canary' } });
    await server.open(orderId);
  }
  const lines = server.logLines.filter((line) => line.includes('unknown_fields'));
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      at: expect.any(String),
      level: 'debug',
      event: 'unknown_fields',
      operation: 'order',
      names: ['id', 'created_at', 'eta'],
    },
  ]);
});
