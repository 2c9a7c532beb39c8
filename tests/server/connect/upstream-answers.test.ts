import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { FaultEffect } from '@/tests/simulator/faults';
import { secondMs } from '@/tests/simulator/clock';
import { startOrderServer } from '@/tests/support/order-server';

test.concurrent.each<FaultEffect>([
  { kind: 'status', status: 503 },
  { kind: 'status', status: 408 },
  { kind: 'status', status: 429 },
  { kind: 'reset' },
  { kind: 'reset-mid-body' },
])('a read succeeds after Connect fails twice with %j', async (effect) => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'order_messages', ...effect, times: 2 });
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});

test('a 403 of Connect makes the chat unavailable and is not an error', async () => {
  const { simulator, open } = await startOrderServer({ ORDER_DETAILS: 'off' });
  const { control } = simulator;
  control.fault({ route: 'order_messages', kind: 'status', status: 403 });
  const view = await (await open('shopping')).json();
  expect(view.chat.state).toBe('unavailable');
  expect(view).not.toHaveProperty('pollAfterMs');
  expect(control.calls({ route: 'order_messages' })).toHaveLength(1);
  await simulator.close();
});

test('a Retry-After beyond the deadline is returned without a wait', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const { control } = simulator;
  const at = (ms: number) => new Date(clock.nowMs() + ms).toUTCString();
  const cases = [
    () => ['20', '20'],
    () => ['999999999999', '30'],
    () => [at(12 * secondMs), '12'],
    () => [at(86_400 * secondMs), '30'],
  ];
  for (const compose of cases) {
    const [retryAfter = '', seconds = ''] = compose();
    control.clearCalls();
    control.fault({ route: 'order_messages', kind: 'status', status: 429, retryAfter });
    const response = await open('shopping');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, seconds]);
    expect(await response.json()).toMatchObject({ pollAfterMs: Number(seconds) * 1_000 });
    expect((await open('delivered')).headers.get('retry-after')).toBe(seconds);
    expect(control.calls({ route: 'order_messages' })).toHaveLength(1);
    clock.advance(30 * secondMs);
  }
  await simulator.close();
});

test('an invalid Retry-After is ignored', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({
    route: 'order_messages',
    kind: 'status',
    status: 503,
    retryAfter: 'in a while',
  });
  const response = await open('shopping');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, null]);
  await simulator.close();
});

test('requests get 503 while Connect is down, and reads succeed after its restart', async () => {
  const { clock, simulator, open, mint, post } = await startOrderServer();
  await simulator.control.stop();
  expect((await open('shopping')).status).toBe(503);
  const message = { clientMessageId: randomUUID(), body: 'Hello' };
  expect((await post(await mint('shopping'), message)).status).toBe(503);
  await simulator.control.restart();
  clock.advance(5 * secondMs + 1);
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});
