import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFrozenClock, secondMs } from './clock';
import { createConnectCaller } from './connect-caller';
import { createSimulatorControl } from './control-client';
import type { ItemLine } from './item-line';
import { startSimulator, type Simulator } from './simulator';

let simulator: Simulator;
let connect: ReturnType<typeof createConnectCaller>;

beforeEach(async () => {
  simulator = await startSimulator({ clock: createFrozenClock() });
  connect = createConnectCaller(simulator.url);
});

afterEach(() => simulator.close());

async function readLines(orderId: string): Promise<Record<string, unknown>[]> {
  return (await (await connect.getItems(orderId)).json()).line_items;
}

async function readStatuses(orderId: string): Promise<string[]> {
  const lines = await readLines(orderId);
  return lines.map(({ status, replacement_status: of }) => `${String(status)} ${String(of)}`);
}

const unspecified = 'SUBSTITUTION_STATUS_UNSPECIFIED';

test('a line has the documented fields, and quantities are text', async () => {
  const [bananas] = await readLines('waiting');
  expect(bananas).toEqual({
    id: '1',
    status: 'NOT_PICKED',
    replacement_status: unspecified,
    certified_delivery: false,
    line_num: '1',
    item: {
      name: 'Bananas',
      image_url: `${simulator.url}/pictures/photo/bananas.svg`,
      quantity: '6',
      cost_unit: 'each',
    },
  });
});

test('the order that is being shopped has lines found, replaced, pending and refunded', async () => {
  expect(await readStatuses('shopping')).toEqual([
    `FOUND ${unspecified}`,
    'REPLACED APPROVED',
    'REPLACED PENDING',
    ...[`FOUND ${unspecified}`, `FOUND ${unspecified}`, `TO_REFUND ${unspecified}`],
  ]);
  expect((await readLines('shopping'))[2]).toMatchObject({
    item: { name: 'Oat milk, 32 oz' },
    replacement: { name: 'Oat milk, 64 oz', quantity: '1', cost_unit: 'each' },
  });
});

test('a replacement without a decision is bought when the shopper pays', async () => {
  simulator.control.advanceState('shopping', 'verifying_replacements');
  expect((await readStatuses('shopping'))[2]).toBe('REPLACED PENDING');
  simulator.control.advanceState('shopping', 'checkout');
  expect((await readStatuses('shopping'))[2]).toBe('REPLACED APPROVED');
  simulator.control.advanceState('shopping', 'picking');
  expect((await readStatuses('shopping'))[2]).toBe('REPLACED APPROVED');
});

test('the live delivery asks for one decision within its first minute, and it stays until the payment', async () => {
  const pendingAt: number[] = [];
  for (let seconds = 0; seconds <= 95; seconds += 5) {
    const pending = (await readStatuses('live-delivery')).filter((text) =>
      text.endsWith('PENDING'),
    );
    expect(pending.length).toBeLessThanOrEqual(1);
    if (pending.length === 1) pendingAt.push(seconds);
    simulator.clock.advance(5 * secondMs);
  }
  expect([pendingAt[0], pendingAt.at(-1)]).toEqual([35, 85]);
});

test('a scenario has an item in each state', async () => {
  expect(new Set(await readStatuses('items')).size).toBe(7);
});

test.each([
  ['decided-by-text', 'REPLACED REJECTED'],
  ['paid-undecided', 'REPLACED APPROVED'],
])(
  'the replacement of %s is pending at first and %s after half a minute',
  async (orderId, later) => {
    expect((await readStatuses(orderId))[2]).toBe('REPLACED PENDING');
    simulator.clock.advance(30 * secondMs);
    expect((await readStatuses(orderId))[2]).toBe(later);
  },
);

test('no line of an order is left to shop once it is delivered', async () => {
  expect(await readStatuses('delivered')).toEqual(Array(6).fill(`FOUND ${unspecified}`));
});

test('the control replaces all lines and changes one, over HTTP as well', async () => {
  const control = createSimulatorControl(simulator.url);
  const lines: ItemLine[] = [
    { id: 'a', product: { name: 'Eggs' } },
    { id: 7, product: { name: null, quantity: 2 }, without: ['status'], extra: { price: 3.99 } },
  ];
  await control.setItems('waiting', lines);
  await control.setItem('waiting', 'a', { status: 'FOUND' });
  expect(await readLines('waiting')).toMatchObject([
    { id: 'a', status: 'FOUND', item: { name: 'Eggs', quantity: '1' } },
    { id: 7, item: { name: null, quantity: 2 }, price: 3.99 },
  ]);
  expect((await readLines('waiting'))[1]).not.toHaveProperty('status');
});

test('items are readable for the customer only, also without shopper information', async () => {
  const other = await connect.mintToken('other-user');
  expect((await connect.getItems('shopping', other)).status).toBe(404);
  expect((await connect.getItems('shopping', 'made-up')).status).toBe(401);
  expect((await connect.getItems('no-shopper-info')).status).toBe(200);
});

test('faults of the items leave order and messages readable', async () => {
  const { control } = simulator;
  control.fault({ route: 'items', kind: 'status', status: 403, times: 1 });
  expect((await connect.getItems('shopping')).status).toBe(403);
  expect((await connect.getOrder('shopping')).status).toBe(200);
  control.fault({ route: 'items', kind: 'unknown-values', times: 1 });
  expect((await readStatuses('shopping'))[0]).toBe('beamed_up beamed_up');
  simulator.clock.advance(secondMs);
  expect(control.calls({ route: 'items', orderId: 'shopping' })).toHaveLength(2);
});

test('a pending replacement is decided once, and only while the order is picked', async () => {
  const { control } = simulator;
  const approve = { status: 'APPROVED' };
  const first = await connect.putDecision('shopping', '3', approve);
  expect([first.status, await first.json()]).toEqual([200, {}]);
  expect((await readStatuses('shopping'))[2]).toBe('REPLACED APPROVED');
  expect((await connect.putDecision('shopping', '3', { status: 'REJECTED' })).status).toBe(400);
  control.setItem('shopping', '1', { status: 'REPLACED', replacementStatus: 'PENDING' });
  control.advanceState('shopping', 'bags_check');
  expect((await connect.putDecision('shopping', '1', approve)).status).toBe(400);
  expect(control.decisions('shopping')).toEqual([{ itemId: '3', status: 'APPROVED' }]);
  expect(control.calls({ route: 'decide' }).map(({ itemId }) => itemId)).toEqual(['3', '3', '1']);
});

test('a decision without a status, with a wrong one or about an unknown item is refused', async () => {
  const codes = [];
  for (const [itemId, body] of [
    ['3', {}],
    ['3', { status: 'approve' }],
    ['99', { status: 'APPROVED' }],
  ] as const) {
    const response = await connect.putDecision('shopping', itemId, body);
    codes.push([response.status, (await response.json()).error.code]);
  }
  expect(codes).toEqual([
    [400, 9999],
    [400, 1001],
    [404, 4000],
  ]);
});
