import { expect, onTestFinished, test } from 'vitest';
import { minuteMs, secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { pendingReplacement } from '@/tests/simulator/item-scenarios';
import { startItemsServer as start } from '@/tests/support/items-server';
import { startOrderServer } from '@/tests/support/order-server';

test('items are read once per minute while the order is shopped, and when an update arrives', async () => {
  const { control, clock, notify, read, itemCalls, poll } = await start();
  control.setOrder('A-1', { state: 'picking' });
  await poll(6, 10 * secondMs);
  expect(itemCalls()).toBe(1);
  clock.advance(10 * secondMs);
  await poll(6, 10 * secondMs);
  expect(itemCalls()).toBe(2);
  control.setItem('A-1', '1', { status: 'FOUND' });
  notify();
  clock.advance(10 * secondMs);
  expect((await read()).items?.counts).toMatchObject({ found: 1 });
  expect(itemCalls()).toBe(3);
});

test('items are not read by time before the shopping, and once more after each change of the stage', async () => {
  const { control, clock, itemCalls, poll } = await start();
  control.setOrder('A-1', { state: 'acknowledged' });
  await poll(20, 20 * secondMs);
  expect(itemCalls()).toBe(1);
  for (const [state, calls] of [
    ['checkout', 2],
    ['delivering', 3],
    ['delivered', 4],
  ] as const) {
    control.setOrder('A-1', { state });
    clock.advance(20 * secondMs);
    await poll(20, 20 * secondMs);
    expect(itemCalls()).toBe(calls);
  }
});

test('the items of an order that is over are what the customer got, and stay', async () => {
  const { control, clock, itemCalls, poll } = await start();
  control.setOrder('A-1', { state: 'picking' });
  await poll(2, 10 * secondMs);
  control.addMessage('A-1', { ended: 'delivered' });
  const done = await poll(20, 20 * secondMs);
  expect(done).toMatchObject({ order: { stage: 'done' }, items: { counts: { found: 6 } } });
  const calls = itemCalls();
  clock.advance(minuteMs);
  expect((await poll(30, minuteMs)).items).toEqual(done.items);
  expect(itemCalls()).toBe(calls);
});

test.each<FaultEffect>([
  { kind: 'status', status: 403 },
  { kind: 'status', status: 404 },
  { kind: 'status', status: 400 },
])('after %j the items are not read for ten minutes, and the order is', async (effect) => {
  const { clock, control, notify, itemCalls, read, poll } = await start();
  control.fault({ route: 'items', ...effect });
  const first = await read();
  expect(first).toMatchObject({ order: { stage: 'received' }, pollAfterMs: 30_000 });
  expect(first).not.toHaveProperty('items');
  control.clearFaults();
  notify();
  clock.advance(10 * secondMs);
  expect(await poll(12, 49 * secondMs)).not.toHaveProperty('items');
  expect(itemCalls()).toBe(1);
  clock.advance(minuteMs);
  expect(await read()).toHaveProperty('items');
});

test.each<FaultEffect>([
  { kind: 'status', status: 500 },
  { kind: 'reset' },
  { kind: 'invalid-json' },
  { kind: 'wrong-shape', body: [] },
  { kind: 'wrong-shape', body: { line_items: {} } },
  { kind: 'missing-field', path: 'line_items' },
])('after %j the last items stay, and are read again', async (effect) => {
  const { clock, control, itemCalls, read, poll } = await start();
  control.setOrder('A-1', { state: 'picking' });
  const { items } = await read();
  control.fault({ route: 'items', times: 1, ...effect });
  control.setItem('A-1', '1', { status: 'FOUND' });
  clock.advance(10 * secondMs);
  const view = await poll(6, 10 * secondMs);
  expect(itemCalls()).toBe(2);
  expect(view).toMatchObject({ items, stale: false });
  clock.advance(10 * secondMs);
  expect((await poll(7, 10 * secondMs)).items?.counts.found).toBe(1);
});

test('items of an order that is shopped end after ten minutes without a read', async () => {
  const { clock, control, read, poll } = await start();
  control.setOrder('A-1', { state: 'picking' });
  await read();
  control.fault({ route: 'items', kind: 'status', status: 500 });
  clock.advance(30 * secondMs);
  expect(await poll(18, 30 * secondMs)).toHaveProperty('items');
  clock.advance(minuteMs);
  const view = await read();
  expect(view).toHaveProperty('order');
  expect(view).not.toHaveProperty('items');
});

test('slow items delay neither messages nor order, and come with a later poll', async () => {
  const server = await startOrderServer({}, async () => undefined);
  onTestFinished(server.close);
  const { control } = server.simulator;
  control.fault({ route: 'items', kind: 'hang' });
  control.fault({ route: 'order', kind: 'hang' });
  const view = await (await server.open('shopping')).json();
  expect(view.chat.messages.length).toBeGreaterThan(0);
  expect(view).not.toHaveProperty('items');
});

test.each(['checkout', 'delivering', 'canceled'])(
  'an order in the state %s has no question, whatever Connect still has',
  async (state) => {
    const { control, clock, poll, read } = await start();
    control.setOrder('A-1', { state: 'picking' });
    control.setItem('A-1', '3', pendingReplacement);
    expect((await read()).items?.counts.decide).toBe(1);
    control.setOrder('A-1', { state });
    control.setItem('A-1', '3', pendingReplacement);
    clock.advance(20 * secondMs);
    const { items } = await poll(10, 10 * secondMs);
    expect(items?.counts).toMatchObject({ decide: 0, other: 1 });
    expect(items?.lines[2]).toMatchObject({ state: 'other' });
    expect(items?.lines[2]).not.toHaveProperty('replacement');
  },
);
