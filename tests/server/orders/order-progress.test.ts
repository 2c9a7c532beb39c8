import { expect, onTestFinished, test } from 'vitest';
import type { OrderView } from '@/lib/order/order-view';
import { dayMs, hourMs, secondMs } from '@/tests/simulator/clock';
import type { OrderChanges } from '@/tests/simulator/order-changes';
import type { Script } from '@/tests/simulator/order-script';
import { startOrderServer } from '@/tests/support/order-server';

const noMessages: Script = { ageMs: 0, steps: [] };

async function start(overrides: Record<string, string> = {}, script = noMessages) {
  const server = await startOrderServer(overrides);
  onTestFinished(server.close);
  const { control } = server.simulator;
  control.putOrder('A-1', { script });
  const read = async (): Promise<OrderView> => (await server.open('A-1')).json();
  return {
    ...server,
    control,
    change: (changes: OrderChanges) => control.setOrder('A-1', changes),
    read,
    /** Polls until the order has been read again. */
    async pollOneRead(): Promise<OrderView> {
      const countCalls = () => control.calls({ route: 'order' }).length;
      const callsBefore = countCalls();
      for (;;) {
        server.clock.advance(25 * secondMs);
        const view = await read();
        if (countCalls() > callsBefore) return view;
      }
    },
  };
}

/** The order after a first response with the changes. */
async function readChanged(changes: OrderChanges) {
  const server = await start();
  server.change(changes);
  const { order } = await server.read();
  const line = JSON.parse(server.logLines.at(-1) ?? '');
  return { order, unreadableFields: line.unreadableFields };
}

test.each<[OrderChanges, string, string, string]>([
  [{ state: 'picking' }, 'delivery', 'shopping', 'received shopping packing on_the_way done'],
  [
    { state: 'user_at_store', type: 'pickup', pickupCategory: 'locker' },
    'pickup',
    'handing_over',
    'received shopping packing ready done',
  ],
  [
    { state: 'bags_verified', type: 'last_mile_delivery' },
    'last_mile',
    'collected',
    'received prepared on_the_way done',
  ],
  [{ state: 'canceled' }, 'delivery', 'cancelled', ''],
])('an order with %j has its type, stage and steps', async (changes, type, stage, steps) => {
  const { order, unreadableFields } = await readChanged(changes);
  expect(order).toMatchObject({ type, stage, isLate: false });
  expect(order?.steps.map((step) => step.stage).join(' ')).toBe(steps);
  expect(unreadableFields).toBeUndefined();
});

test.each<[OrderChanges, string]>([
  [{ pickupCategory: 'curbside' }, 'pickup'],
  [{ state: 'runner_awaiting' }, 'pickup'],
  [{ state: 'waiting_for_delivery' }, 'last_mile'],
  [{ state: 'picking' }, 'delivery'],
])('an order with %j and no known type has its type from other fields', async (changes, type) => {
  for (const other of [{ type: 'drone' }, { without: ['fulfillment_type'] }]) {
    const { order, unreadableFields } = await readChanged({ ...changes, ...other });
    expect(order).toMatchObject({ type });
    expect(unreadableFields).toEqual(['order.fulfillment_type']);
  }
});

test.each<[OrderChanges, object, string | undefined]>([
  [{ extra: { workflow_state: null } }, { stage: 'unknown', steps: [] }, 'order.workflow_state'],
  [{ extra: { workflow_state: 7 } }, { stage: 'unknown', steps: [] }, 'order.workflow_state'],
  [{ without: ['workflow_state'] }, { stage: 'unknown' }, 'order.workflow_state'],
  [{ state: 'beamed_up' }, { stage: 'unknown' }, 'order.workflow_state'],
  [{ extra: { fulfillment_type: null } }, { type: 'delivery' }, 'order.fulfillment_type'],
  [{ extra: { fulfillment_type: [] } }, { type: 'delivery' }, 'order.fulfillment_type'],
  [{ extra: { pickup_category: null } }, { type: 'delivery' }, undefined],
  [{ extra: { pickup_category: {} } }, { type: 'delivery' }, 'order.pickup_category'],
  [{ extra: { window_starts_at: null } }, { window: undefined }, 'order.window'],
  [{ extra: { window_ends_at: 1_700_000_000 } }, { window: undefined }, 'order.window'],
  [{ without: ['window_ends_at'] }, { window: undefined }, 'order.window'],
  [{ window: { startsInMs: hourMs, endsInMs: 0 } }, { window: undefined }, 'order.window'],
  [{ windowShape: 'absent' }, { window: undefined }, undefined],
])('an order with %j loses that field only', async (changes, expected, field) => {
  const { order, unreadableFields } = await readChanged({ ...changes });
  const whole = (await readChanged({})).order;
  expect({ window: undefined, ...order }).toMatchObject(expected);
  const touched = new Set([...Object.keys(expected), 'steps']);
  for (const [name, value] of Object.entries(whole ?? {}))
    if (!touched.has(name)) expect(order).toHaveProperty(name, value);
  expect(unreadableFields).toEqual(field && [field]);
});

test.each(['top-level', 'fulfillment_details', 'delivery_window'] as const)(
  'a window in the shape "%s" is found',
  async (windowShape) => {
    const { order } = await readChanged({ windowShape });
    expect(order?.window).toEqual({
      from: '2026-11-20T18:30:00.000Z',
      to: '2026-11-20T19:30:00.000Z',
    });
  },
);

test('an unknown state keeps the last stage, and a known one may go back', async () => {
  const { change, pollOneRead, read } = await start();
  await read();
  const stages: string[] = [];
  for (const state of ['delivering', 'beamed_up', null, 'picking', 'brand_new', 'delivered']) {
    change({ state });
    stages.push((await pollOneRead()).order?.stage ?? '');
  }
  expect(stages).toEqual([
    ...['on_the_way', 'on_the_way', 'on_the_way'],
    ...['shopping', 'received', 'done'],
  ]);
});

test('an order becomes late by time alone, and its ETag changes', async () => {
  const { clock, change, open, pollOneRead } = await start();
  change({ state: 'delivering', window: { startsInMs: 0, endsInMs: 20 * secondMs } });
  const before = await open('A-1');
  expect(await before.json()).toMatchObject({ order: { isLate: false } });
  clock.advance(10 * secondMs);
  expect((await open('A-1')).headers.get('etag')).toBe(before.headers.get('etag'));
  clock.advance(11 * secondMs);
  const headers = { 'if-none-match': before.headers.get('etag') ?? '' };
  const late = await open('A-1', headers);
  expect(late.status).toBe(200);
  expect(await late.json()).toMatchObject({ order: { isLate: true } });
  change({ state: 'delivered' });
  expect((await pollOneRead()).order).toMatchObject({ stage: 'done', isLate: false });
});

test('an unchanged order gets 304, and a new stage another ETag', async () => {
  const { change, pollOneRead, open } = await start();
  const first = (await open('A-1')).headers.get('etag') ?? '';
  await pollOneRead();
  expect((await open('A-1', { 'if-none-match': first })).status).toBe(304);
  change({ state: 'picking' });
  await pollOneRead();
  const next = await open('A-1', { 'if-none-match': first });
  expect([next.status, (await next.json()).order.stage]).toEqual([200, 'shopping']);
});

test('the end of the chat is counted from the last update before the end', async () => {
  const { clock, control, change, read, pollOneRead } = await start();
  const notice = (body: string) => ({ notice: { body, media: ['sms' as const] } });
  control.addMessage('A-1', { handOverTo: 'zelma' });
  expect((await read()).order).not.toHaveProperty('messagesReadableUntil');
  change({ state: 'delivered' });
  control.addMessage('A-1', notice('Delivered'));
  const deliveredAtMs = clock.nowMs();
  const { order } = await pollOneRead();
  const untilMs = Date.parse(order?.messagesReadableUntil ?? '');
  expect(Math.abs(untilMs - deliveredAtMs - dayMs)).toBeLessThan(5 * secondMs);
  clock.advance(hourMs);
  control.addMessage('A-1', notice('Rate your shopper'));
  expect((await pollOneRead()).order).toEqual(order);
});

test('an order without a readable chat has no end of the chat', async () => {
  const delivered: Script = {
    ageMs: 2 * dayMs,
    steps: [
      { kind: 'notice', atMs: 0, body: 'Delivered', media: ['sms'] },
      { kind: 'delivered', atMs: 0 },
    ],
  };
  for (const overrides of [{}, { MESSAGING: 'retailer' }]) {
    const { read } = await start(overrides, delivered);
    const { chat, order } = await read();
    expect(chat.state).toBe(overrides.MESSAGING ? 'unavailable' : 'expired');
    expect(order).toMatchObject({ stage: 'done' });
    expect(order).not.toHaveProperty('messagesReadableUntil');
  }
});

test('a retailer that sends the messages itself gets progress without a chat', async () => {
  const { change, read } = await start({ MESSAGING: 'retailer' });
  change({ state: 'delivering' });
  const { chat, order, pollAfterMs } = await read();
  expect(chat).toMatchObject({ state: 'unavailable', messages: [] });
  expect(order).toMatchObject({ stage: 'on_the_way' });
  expect(pollAfterMs).toBe(30 * secondMs);
});

test('with ORDER_DETAILS=off the order is not read and not shown', async () => {
  const { control, read } = await start({ ORDER_DETAILS: 'off' });
  expect(await read()).not.toHaveProperty('order');
  expect(control.calls({ route: 'order' })).toEqual([]);
});
