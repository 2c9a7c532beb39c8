import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFrozenClock, hourMs, minuteMs, secondMs, toTimestamp } from './clock';
import { createConnectCaller } from './connect-caller';
import { createSimulatorControl } from './control-client';
import { startSimulator, type Simulator } from './simulator';
import { listStates, type FulfillmentType } from './state-machine';

let simulator: Simulator;
let connect: ReturnType<typeof createConnectCaller>;

beforeEach(async () => {
  simulator = await startSimulator({ clock: createFrozenClock() });
  connect = createConnectCaller(simulator.url);
});

afterEach(() => simulator.close());

async function readState(orderId: string): Promise<unknown> {
  return (await connect.readOrder(orderId)).workflow_state;
}

async function readNotices(orderId: string): Promise<string[]> {
  const { lifecycle_messages } = await connect.readBody(orderId);
  return lifecycle_messages.filter(({ medium }) => medium !== 'sms').map(({ body }) => body);
}

/** Starts an order without steps in the first state of its type. */
function putNew(orderId: string, type: FulfillmentType): void {
  simulator.control.putOrder(orderId, {
    script: { ageMs: 0, steps: [{ kind: 'order', atMs: 0, changes: { type } }] },
  });
}

describe('a live order', () => {
  test.each([
    ['live-delivery', 'delivery'],
    ['live-pickup', 'pickup'],
    ['live-last-mile', 'last_mile_delivery'],
  ] as const)('%s passes through all states of its type', async (orderId, type) => {
    const seen = new Set<unknown>();
    for (let seconds = 0; seconds <= 360; seconds += 5) {
      const order = await connect.readOrder(orderId);
      expect(order.fulfillment_type).toBe(type);
      seen.add(order.workflow_state);
      simulator.clock.advance(5 * secondMs);
    }
    expect([...seen]).toEqual(listStates(type));
    expect((await connect.postMessage(orderId, 'Hello?')).status).toBe(403);
  });

  test('has its own time for each id', async () => {
    expect(await readState('live-pickup')).toBe('brand_new');
    simulator.clock.advance(hourMs);
    expect(await readState('live-pickup')).toBe('delivered');
    expect(await connect.readOrder('live-pickup-again')).toMatchObject({
      workflow_state: 'brand_new',
      fulfillment_type: 'pickup',
      pickup_category: 'curbside',
    });
    expect(await connect.readOrder('live-again')).toMatchObject({ workflow_state: 'acknowledged' });
  });

  test('of the type pickup is ready after a minute', async () => {
    expect(await readState('live-pickup')).toBe('brand_new');
    simulator.clock.advance(59 * secondMs);
    expect(await readState('live-pickup')).toBe('bags_check');
    simulator.clock.advance(secondMs);
    expect(await readState('live-pickup')).toBe('ready_for_pickup');
  });

  test('of the last mile has no shopper and no chat', async () => {
    for (let minutes = 0; minutes <= 5; minutes += 1) {
      const { chat_messages, metadata } = await connect.readBody('live-last-mile');
      expect(chat_messages).toEqual([]);
      expect(metadata.shoppers).toEqual([]);
      expect(metadata).not.toHaveProperty('current_shopper');
      expect((await connect.postMessage('live-last-mile', 'Hello?')).status).toBe(403);
      simulator.clock.advance(minuteMs);
    }
  });
});

test.each([
  ['on-the-way', 'delivering', 'delivery'],
  ['late', 'checkout', 'delivery'],
  ['rescheduled', 'brand_new', 'delivery'],
  ['customer-missing', 'delivering', 'delivery'],
  ['unknown-state', 'receipt_sanity_check', 'delivery'],
  ['items', 'picking', 'delivery'],
  ['pickup-not-ready', 'bags_check', 'pickup'],
  ['pickup-ready', 'ready_for_pickup', 'pickup'],
  ['pickup-vehicle', 'ready_for_pickup', 'pickup'],
  ['pickup-locker', 'ready_for_pickup', 'pickup'],
  ['pickup-runner', 'runner_acknowledged', 'pickup'],
  ['pickup-no-runner', 'runner_awaiting', 'pickup'],
  ['last-mile', 'delivering', 'last_mile_delivery'],
])('the order of the scenario %s is %s', async (orderId, state, type) => {
  const order = await connect.readOrder(orderId);
  expect(order).toMatchObject({ workflow_state: state, fulfillment_type: type });
  const isPast = Date.parse(String(order.window_ends_at)) < simulator.clock.nowMs();
  expect(isPast).toBe(orderId === 'late');
});

describe('advanceState', () => {
  test.each(['delivery', 'pickup', 'last_mile_delivery'] as const)(
    'puts a %s order into each state of its type',
    async (type) => {
      putNew('own', type);
      const states = [await readState('own')];
      while (states.at(-1) !== 'delivered') {
        simulator.control.advanceState('own');
        states.push(await readState('own'));
      }
      expect(states).toEqual(listStates(type));
      expect(() => simulator.control.advanceState('own')).toThrow(
        'Order own has no state after "delivered"',
      );
    },
  );

  test('adds the notice and the shopper of the state at the same time', async () => {
    putNew('own', 'delivery');
    const control = createSimulatorControl(simulator.url);
    expect(await control.advanceState('own')).toBe('acknowledged');
    const body = await connect.readBody('own');
    expect(body.metadata.current_shopper?.display_name).toBe('Zelma');
    expect(body.lifecycle_messages).toMatchObject([
      { medium: 'sms', delivered_at: toTimestamp(simulator.clock.nowMs()) },
      { medium: 'push', body: 'We have found a shopper for your order.' },
    ]);
    expect((await connect.postMessage('own', 'Hello!')).status).toBe(200);

    expect(await control.advanceState('own', 'staged')).toBe('staged');
    expect(await readNotices('own')).toHaveLength(1);
    await control.advanceState('own');
    const { metadata } = await connect.readBody('own');
    expect(metadata.current_shopper?.display_name).toBe('Amida');
    expect(metadata.shoppers).toHaveLength(2);

    await control.advanceState('own');
    expect((await connect.postMessage('own', 'Thanks!')).status).toBe(403);
    simulator.clock.advance(25 * hourMs);
    expect((await connect.readBody('own')).metadata.is_expired).toBe(true);
    expect(await readState('own')).toBe('delivered');
  });

  test('goes back to an earlier state, and repeats its notice', async () => {
    putNew('own', 'delivery');
    for (const state of ['picking', 'checkout', 'picking']) {
      simulator.control.advanceState('own', state);
      simulator.clock.advance(minuteMs);
    }
    expect(await readState('own')).toBe('picking');
    const picking = 'Your shopper is picking your order.';
    expect(await readNotices('own')).toEqual([picking, 'Your shopper is checking out.', picking]);
  });

  test('rejects a state of another type, an unknown current state and a fixed body', async () => {
    const { control } = simulator;
    expect(() => control.advanceState('waiting', 'at_store')).toThrow('no state at_store');
    control.setOrder('waiting', { state: 'invented' });
    expect(() => control.advanceState('waiting')).toThrow('no state after "invented"');
    control.advanceState('waiting', 'picking');
    expect(await readState('waiting')).toBe('picking');
    expect(() => control.advanceState('documented')).toThrow('change its state with setOrder');
  });

  test('changes the order while its messages are refused', async () => {
    simulator.control.advanceState('no-shopper-info');
    expect(await readState('no-shopper-info')).toBe('verifying_replacements');
    expect((await connect.getMessages('no-shopper-info')).status).toBe(403);
  });
});

describe('simulateEvent', () => {
  test('rescheduled puts the order back to its start with a new window', async () => {
    const window = { startsInMs: 20 * hourMs, endsInMs: 21 * hourMs };
    await createSimulatorControl(simulator.url).simulateEvent('shopping', 'rescheduled', window);
    expect(await connect.readOrder('shopping')).toMatchObject({
      workflow_state: 'brand_new',
      window_starts_at: toTimestamp(simulator.clock.nowMs() + 20 * hourMs),
      window_ends_at: toTimestamp(simulator.clock.nowMs() + 21 * hourMs),
    });
    const { metadata } = await connect.readBody('shopping');
    expect(metadata).not.toHaveProperty('current_shopper');
    expect(metadata.shoppers).toHaveLength(2);
    expect((await connect.postMessage('shopping', 'Hello?')).status).toBe(403);
    simulator.control.advanceState('shopping');
    expect((await connect.postMessage('shopping', 'Hello?')).status).toBe(200);
  });

  test('late_delivery moves the window into the past and keeps the state', async () => {
    simulator.control.simulateEvent('shopping', 'late_delivery');
    const order = await connect.readOrder('shopping');
    expect(order.workflow_state).toBe('picking');
    expect(Date.parse(String(order.window_ends_at))).toBeLessThan(simulator.clock.nowMs());
    expect((await readNotices('shopping')).at(-1)).toContain('late');
  });

  test('unassigned puts the order back to its start and keeps its window', async () => {
    const { window_ends_at } = await connect.readOrder('shopping');
    simulator.control.simulateEvent('shopping', 'unassigned');
    expect(await connect.readOrder('shopping')).toMatchObject({
      workflow_state: 'brand_new',
      window_ends_at,
    });
    expect((await connect.readBody('shopping')).metadata).not.toHaveProperty('current_shopper');
  });

  test('canceled ends the order and its chat', async () => {
    simulator.control.simulateEvent('shopping', 'canceled');
    expect(await readState('shopping')).toBe('canceled');
    expect((await connect.postMessage('shopping', 'Hello?')).status).toBe(403);
    simulator.clock.advance(25 * hourMs);
    expect((await connect.readBody('shopping')).metadata.is_expired).toBe(true);
  });

  test.each([
    ['customer_missing', 'on-the-way'],
    ['unable_to_find_customer', 'pickup-ready'],
    ['runner_not_found', 'pickup-ready'],
  ] as const)('%s adds a notice and changes nothing in the order', async (event, orderId) => {
    const before = await connect.readOrder(orderId);
    const noticeCount = (await readNotices(orderId)).length;
    simulator.control.simulateEvent(orderId, event);
    expect(await connect.readOrder(orderId)).toEqual(before);
    expect(await readNotices(orderId)).toHaveLength(noticeCount + 1);
  });
});
