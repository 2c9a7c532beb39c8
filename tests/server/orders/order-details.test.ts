import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { dayMs, minuteMs, secondMs } from '@/tests/simulator/clock';
import type { Fault, FaultEffect } from '@/tests/simulator/faults';
import { shoppingScript } from '@/tests/simulator/shopping-scenario';
import { createPickupDetails } from '@/lib/server/orders/pickup-details';
import { createOrderDetails } from '@/lib/server/orders/order-details';
import { startOrderServer } from '@/tests/support/order-server';

type Wait = (delayMs: number) => Promise<unknown>;

async function start(overrides: Record<string, string> = {}, wait?: Wait) {
  const server = await startOrderServer(overrides, wait);
  onTestFinished(server.close);
  const { control } = server.simulator;
  control.putOrder('A-1', { script: { ageMs: 0, steps: [] } });
  const read = async () => (await server.open('A-1')).json();
  return {
    ...server,
    control,
    read,
    spoil: (effect: FaultEffect & Partial<Fault>) => control.fault({ ...effect, route: 'order' }),
    notify: () => control.addMessage('A-1', { notice: { body: 'News', media: ['push'] } }),
    orderCalls: () => control.calls({ route: 'order' }).length,
    itemCalls: () => control.calls({ route: 'items' }).length,
    messageCalls: () => control.calls({ route: 'order_messages' }).length,
    /** Polls at the interval and returns the last response. */
    async poll(count: number, intervalMs: number) {
      let view = await read();
      for (let index = 1; index < count; index++) {
        server.clock.advance(intervalMs);
        view = await read();
      }
      return view;
    },
  };
}

test('an order under way is read once per minute and when an update arrives', async () => {
  const { clock, notify, orderCalls, poll } = await start();
  await poll(6, 10 * secondMs);
  expect(orderCalls()).toBe(1);
  clock.advance(10 * secondMs);
  await poll(6, 10 * secondMs);
  expect(orderCalls()).toBe(2);
  notify();
  clock.advance(10 * secondMs);
  await poll(1, 0);
  expect(orderCalls()).toBe(3);
});

test.each(['delivered', 'canceled'])(
  'an order that is %s is read again only after an update',
  async (state) => {
    const { clock, control, notify, orderCalls, poll } = await start();
    control.setOrder('A-1', { state });
    await poll(10, minuteMs);
    expect(orderCalls()).toBe(1);
    control.removeOrder('A-1');
    control.putOrder('A-1', { script: { ageMs: 0, steps: [] } });
    control.setOrder('A-1', { state: 'picking' });
    notify();
    clock.advance(10 * secondMs);
    expect((await poll(1, 0)).order).toMatchObject({ stage: 'shopping' });
    expect(orderCalls()).toBe(2);
  },
);

test('an update at every poll causes a third more calls, the first reads and a debt at most', async () => {
  const { clock, notify, orderCalls, itemCalls, messageCalls, read } = await start();
  for (let poll = 0; poll < 30; poll++) {
    notify();
    await read();
    clock.advance(10 * secondMs);
  }
  expect(messageCalls()).toBe(30);
  expect(orderCalls() + itemCalls()).toBeLessThanOrEqual(2 + 2 + 30 / 3);
  expect(Math.min(orderCalls(), itemCalls())).toBeGreaterThan(4);
});

test.each<FaultEffect>([
  { kind: 'status', status: 403 },
  { kind: 'status', status: 403, body: { error: 'insufficient_scope' } },
  { kind: 'status', status: 404 },
  { kind: 'status', status: 400 },
  { kind: 'unauthorized' },
])('after %j the order is not read for ten minutes', async (effect) => {
  const { clock, control, spoil, notify, orderCalls, read, poll } = await start();
  spoil(effect);
  expect(await read()).not.toHaveProperty('order');
  const refusedCalls = orderCalls();
  expect(refusedCalls).toBeLessThanOrEqual(2);
  control.clearFaults();
  notify();
  clock.advance(10 * secondMs);
  expect(await poll(12, 49 * secondMs)).not.toHaveProperty('order');
  expect(orderCalls()).toBe(refusedCalls);
  clock.advance(minuteMs);
  expect(await read()).toHaveProperty('order');
});

test.each<FaultEffect>([
  { kind: 'status', status: 500 },
  { kind: 'status', status: 404, body: '<h1>Proxy</h1>', contentType: 'text/html' },
  { kind: 'reset' },
  { kind: 'invalid-json' },
  { kind: 'wrong-shape', body: [] },
])('after %j the last details stay, and the messages are read as before', async (effect) => {
  const { clock, control, spoil, orderCalls, read, poll } = await start();
  const { order } = await read();
  spoil(effect);
  control.setOrder('A-1', { state: 'delivering' });
  clock.advance(10 * secondMs);
  const view = await poll(6, 30 * secondMs);
  expect(view).toMatchObject({ order, stale: false });
  expect(orderCalls()).toBe(3);
  control.clearFaults();
  clock.advance(10 * secondMs);
  expect((await poll(3, 30 * secondMs)).order).toMatchObject({ stage: 'on_the_way' });
});

test('details of an order under way end after ten minutes without a read', async () => {
  const { clock, spoil, read, poll } = await start();
  await read();
  spoil({ kind: 'status', status: 500 });
  clock.advance(30 * secondMs);
  expect(await poll(18, 30 * secondMs)).toHaveProperty('order');
  clock.advance(minuteMs);
  expect(await read()).not.toHaveProperty('order');
});

test('a slow order does not delay the messages, and comes with a later poll', async () => {
  const waitsMs: number[] = [];
  const { clock, control, spoil, orderCalls, read } = await start({}, async (delayMs) => {
    waitsMs.push(delayMs);
  });
  spoil({ kind: 'slow', delayMs: 200 });
  const first = await read();
  expect(first).toMatchObject({ chat: { state: 'waiting' } });
  expect(first).not.toHaveProperty('order');
  expect(waitsMs).toEqual([2_000]);
  await vi.waitFor(() => expect(control.calls({ route: 'order' })[0]?.status).toBe(200));
  await sleep(20);
  clock.advance(10 * secondMs);
  expect(await read()).toMatchObject({ order: { stage: 'received' } });
  expect(orderCalls()).toBe(1);
});

test('the hold ends two seconds after the start of the load', async () => {
  const waitsMs: number[] = [];
  const { clock, control, spoil, read } = await start({}, async (delayMs) => {
    waitsMs.push(delayMs);
  });
  control.fault({ route: 'order_messages', kind: 'slow', delayMs: 100 });
  spoil({ kind: 'hang' });
  const reading = read();
  await vi.waitFor(() => expect(control.calls({ route: 'order' })).toHaveLength(1));
  clock.advance(1_500);
  expect(await reading).not.toHaveProperty('order');
  expect(waitsMs).toEqual([500]);
});

test('where shopper information is removed the order goes on until it is over', async () => {
  const { clock, control, messageCalls, orderCalls, open } = await start();
  control.putOrder('B-1', { script: shoppingScript, shopperInfoRemoved: true });
  const read = async () => (await open('B-1')).json();
  expect(await read()).toMatchObject({
    chat: { state: 'unavailable', messages: [], canReply: false },
    order: { stage: 'shopping' },
    pollAfterMs: 30 * secondMs,
  });
  for (let poll = 0; poll < 10; poll++) {
    clock.advance(30 * secondMs);
    await read();
  }
  expect(messageCalls()).toBe(1);
  expect(orderCalls()).toBe(6);
  control.setOrder('B-1', { state: 'delivered' });
  clock.advance(minuteMs);
  const last = await read();
  expect(last).toMatchObject({ chat: { state: 'unavailable' }, order: { stage: 'done' } });
  expect(last).not.toHaveProperty('pollAfterMs');
});

test.each([['off'], ['refused']])(
  'where shopper information is removed and the order is %s, the page stops polling',
  async (kind) => {
    const { control, open } = await start(kind === 'off' ? { ORDER_DETAILS: 'off' } : {});
    control.putOrder('B-1', { script: shoppingScript, shopperInfoRemoved: true });
    control.fault({ route: 'order', kind: 'status', status: 403 });
    const view = await (await open('B-1')).json();
    expect(view).toMatchObject({ chat: { state: 'unavailable' } });
    expect(view).not.toHaveProperty('order');
    expect(view).not.toHaveProperty('pollAfterMs');
  },
);

test('an expired chat is final once the order is known or refused', async () => {
  const { clock, control, spoil, open } = await start();
  const script = { ageMs: 2 * dayMs, steps: [{ kind: 'delivered' as const, atMs: 0 }] };
  control.putOrder('C-1', { script });
  control.putOrder('C-2', { script });
  const read = async (orderId: string) => (await open(orderId)).json();
  spoil({ kind: 'status', status: 500, times: 1 });
  expect(await read('C-1')).toMatchObject({ chat: { state: 'expired' }, pollAfterMs: 30_000 });
  for (let poll = 0; poll < 3; poll++) {
    clock.advance(30 * secondMs);
    await read('C-1');
  }
  const last = await read('C-1');
  expect(last).toMatchObject({ chat: { state: 'expired' }, order: { stage: 'done' } });
  expect(last).not.toHaveProperty('pollAfterMs');
  spoil({ kind: 'status', status: 403 });
  expect(await read('C-2')).not.toHaveProperty('pollAfterMs');
});

test('an order that Connect does not know is not found, whatever its details', async () => {
  const { control, open } = await start();
  control.fault({ route: 'order_messages', kind: 'status', status: 404 });
  expect((await open('A-1')).status).toBe(404);
});

test('an order that the customer has changed is read at the next load, also once it is over', async () => {
  const order = { fulfillment_type: undefined, pickup_category: undefined, window: undefined };
  const getOrder = vi.fn(async () => ({
    kind: 'read' as const,
    value: { ...order, workflow_state: 'delivered' },
  }));
  const getItems = vi.fn(async () => ({ kind: 'read' as const, value: [] }));
  const now = () => 0;
  const nothing = async () => ({ kind: 'failed' as const });
  const orderDetails = createOrderDetails({
    ...{ getOrder, getItems, imageHosts: [], now },
    pickups: createPickupDetails({ getPickup: nothing, getVehicle: nothing, imageHosts: [], now }),
    wait: () => new Promise(() => {}),
  });
  const load = () => orderDetails.start('A-1', 'ann', true).finish('no updates');
  expect(await load()).toMatchObject({ kind: 'known', details: { stage: 'done' } });
  await load();
  expect(getOrder).toHaveBeenCalledTimes(1);
  orderDetails.invalidate('A-1', 'ann');
  await load();
  await load();
  expect(getOrder).toHaveBeenCalledTimes(2);
  expect(getItems).toHaveBeenCalledTimes(2);
});
