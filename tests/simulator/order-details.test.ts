import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFrozenClock, hourMs, minuteMs, secondMs, toTimestamp } from './clock';
import { createConnectCaller } from './connect-caller';
import { createSimulatorControl } from './control-client';
import type { Addition } from './addition';
import { startSimulator, type Simulator } from './simulator';

let simulator: Simulator;
let connect: ReturnType<typeof createConnectCaller>;

beforeEach(async () => {
  simulator = await startSimulator({ clock: createFrozenClock() });
  connect = createConnectCaller(simulator.url);
});

afterEach(() => simulator.close());

test('an order answers its state, type, creation time and window', async () => {
  const response = await connect.getOrder('waiting');
  expect(response.status).toBe(200);
  const nowMs = simulator.clock.nowMs();
  expect(await response.json()).toEqual({
    id: 'waiting',
    created_at: toTimestamp(nowMs - 4 * minuteMs),
    workflow_state: 'brand_new',
    fulfillment_type: 'delivery',
    window_starts_at: toTimestamp(nowMs + 30 * minuteMs),
    window_ends_at: toTimestamp(nowMs + 90 * minuteMs),
  });
});

test('an order is readable for its customer only', async () => {
  const other = await connect.mintToken('other-user');
  for (const refused of [
    await connect.getOrder('shopping', other),
    await connect.getOrder('unknown'),
  ]) {
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ error: { code: 4000 } });
  }
  expect((await connect.getOrder('shopping', 'made-up')).status).toBe(401);
  const own = await connect.mintToken('demo-customer');
  expect((await connect.getOrder('shopping', own)).status).toBe(200);
});

test.each([
  ['waiting', 'brand_new'],
  ['shopping', 'picking'],
  ['delivered', 'delivered'],
  ['cancelled', 'canceled'],
  ['expired', 'delivered'],
  ['long', 'picking'],
  ['no-shopper-info', 'picking'],
  ['hostile', 'picking'],
  ['documented', 'picking'],
])('the order of the scenario %s is %s', async (orderId, state) => {
  expect(await connect.readOrder(orderId)).toMatchObject({ workflow_state: state });
});

test('the state of an order without states follows its messages', async () => {
  simulator.control.putOrder('plain', { script: { ageMs: 0, steps: [] } });
  const states = [];
  const additions: Addition[] = [
    { notice: { body: 'Thank you!', media: ['sms'] } },
    { handOverTo: 'zelma' },
    { ended: 'delivered' },
  ];
  for (const addition of additions) {
    simulator.control.addMessage('plain', addition);
    states.push((await connect.readOrder('plain')).workflow_state);
  }
  expect(states).toEqual(['brand_new', 'picking', 'delivered']);
  simulator.control.putOrder('not-json', { body: '{' });
  expect((await connect.readOrder('not-json')).workflow_state).toBe('brand_new');
});

test('the control changes each field of an order, over HTTP as well', async () => {
  const control = createSimulatorControl(simulator.url);
  await control.setOrder('hostile', {
    state: 'ready_for_pickup',
    type: 'pickup',
    pickupCategory: 'curbside',
    window: { startsInMs: -2 * hourMs, endsInMs: -hourMs },
    extra: { store: 'Lakeside' },
  });
  const nowMs = simulator.clock.nowMs();
  expect(await connect.readOrder('hostile')).toMatchObject({
    workflow_state: 'ready_for_pickup',
    fulfillment_type: 'pickup',
    pickup_category: 'curbside',
    window_starts_at: toTimestamp(nowMs - 2 * hourMs),
    window_ends_at: toTimestamp(nowMs - hourMs),
    store: 'Lakeside',
  });
  for (const state of ['receipt_sanity_check', 'invented', null, 7]) {
    await control.setOrder('hostile', { state });
    expect((await connect.readOrder('hostile')).workflow_state).toBe(state);
  }
  await control.setOrder('hostile', { without: ['workflow_state', 'created_at'] });
  const order = await connect.readOrder('hostile');
  expect(order).not.toHaveProperty('workflow_state');
  expect(order).not.toHaveProperty('created_at');
  expect(order).toHaveProperty('pickup_category', 'curbside');
});

test('the window of an order has the shape that the control sets', async () => {
  const window = { window_starts_at: expect.any(String), window_ends_at: expect.any(String) };
  const shapes = {
    'top-level': window,
    fulfillment_details: { fulfillment_details: window },
    delivery_window: {
      delivery_window: { starts_at: expect.any(String), ends_at: expect.any(String) },
    },
    absent: {},
  };
  for (const [windowShape, fields] of Object.entries(shapes)) {
    simulator.control.setOrder('waiting', { windowShape: windowShape as keyof typeof shapes });
    const { id, created_at, workflow_state, fulfillment_type, ...rest } =
      await connect.readOrder('waiting');
    expect([id, workflow_state, fulfillment_type]).toEqual(['waiting', 'brand_new', 'delivery']);
    expect(created_at).toEqual(expect.any(String));
    expect(rest).toEqual(fields);
  }
});

describe('faults', () => {
  test('of the order leave the messages readable, and the reverse', async () => {
    const { control } = simulator;
    control.fault({ route: 'order', orderId: 'shopping', kind: 'status', status: 403, times: 1 });
    const refused = await connect.getOrder('shopping');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: null } });
    expect((await connect.getMessages('shopping')).status).toBe(200);

    control.fault({ route: 'order_messages', orderId: 'shopping', kind: 'status', status: 403 });
    expect((await connect.getMessages('shopping')).status).toBe(403);
    expect((await connect.getOrder('shopping')).status).toBe(200);
    expect((await connect.getMessages('no-shopper-info')).status).toBe(403);
    expect((await connect.getOrder('no-shopper-info')).status).toBe(200);
  });

  test('of the order replace its answer or alter its fields', async () => {
    const { control } = simulator;
    const fault = { route: 'order', orderId: 'shopping', times: 1 } as const;
    for (const status of [404, 500]) {
      control.fault({ ...fault, kind: 'status', status });
      expect((await connect.getOrder('shopping')).status).toBe(status);
    }
    control.fault({ ...fault, kind: 'invalid-json' });
    await expect(connect.readOrder('shopping')).rejects.toThrow();
    control.fault({ ...fault, kind: 'missing-field', path: 'workflow_state' });
    expect(await connect.readOrder('shopping')).not.toHaveProperty('workflow_state');
    control.fault({ ...fault, kind: 'unknown-values' });
    expect((await connect.readOrder('shopping')).workflow_state).toBe('beamed_up');
    control.fault({ ...fault, kind: 'invalid-dates' });
    expect((await connect.readOrder('shopping')).window_ends_at).toBe('yesterday-ish');
  });
});

describe('the mark-read call', () => {
  test('marks the unread messages of shoppers and counts them', async () => {
    expect(await (await connect.putRead('shopping')).json()).toEqual({ messages_read_count: 0 });
    simulator.control.addMessage('shopping', { from: 'driver', body: 'Look outside.' });
    simulator.control.addMessage('shopping', { from: 'user', body: 'I see you.' });
    simulator.clock.advance(3 * secondMs);
    const readAt = toTimestamp(simulator.clock.nowMs());
    const marked = await connect.putRead('shopping');
    expect([marked.status, await marked.json()]).toEqual([200, { messages_read_count: 1 }]);
    simulator.clock.advance(hourMs);
    const messages = (await connect.readBody('shopping')).chat_messages.slice(-2);
    expect(messages).toMatchObject([
      { body: 'Look outside.', read: true, read_at: readAt },
      { body: 'I see you.', read: false },
    ]);
    expect(await (await connect.putRead('shopping')).json()).toEqual({ messages_read_count: 0 });
  });

  test('marks the messages of a fixed body', async () => {
    expect(await (await connect.putRead('documented')).json()).toEqual({ messages_read_count: 1 });
    expect((await connect.readBody('documented')).chat_messages).toMatchObject([{ read: true }]);
    simulator.control.putOrder('not-json', { body: '{' });
    expect(await (await connect.putRead('not-json')).json()).toEqual({ messages_read_count: 0 });
  });

  test('is refused for other customers and by its own faults', async () => {
    const other = await connect.mintToken('other-user');
    const notFound = await connect.putRead('shopping', other);
    expect(notFound.status).toBe(404);
    expect(await notFound.json()).toMatchObject({ error: { code: 4000 } });
    expect((await connect.putRead('no-shopper-info')).status).toBe(403);
    simulator.control.fault({ route: 'mark_read', kind: 'status', status: 400 });
    const refused = await connect.putRead('shopping');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { code: 4001 } });
    expect((await connect.getMessages('shopping')).status).toBe(200);
  });
});

test('the log counts calls per operation', async () => {
  await connect.getOrder('shopping');
  await connect.getOrder('shopping');
  await connect.putRead('shopping');
  const { control } = simulator;
  expect(control.calls({ route: 'order', orderId: 'shopping' })).toHaveLength(2);
  expect(control.calls({ route: 'mark_read' })).toMatchObject([{ status: 200 }]);
  expect(control.calls({ route: 'order_messages' })).toEqual([]);
});
