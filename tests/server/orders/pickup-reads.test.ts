import { expect, test } from 'vitest';
import { minuteMs, secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { startPickupServer as start } from '@/tests/support/pickup-server';

test('the first load of a pickup order that is ready has its instructions and no vehicle', async () => {
  const { read, reads, simulator } = await start();
  expect((await read()).pickup).toEqual({
    instructions: [
      {
        kind: 'curbside',
        text: 'Park in one of the marked spaces beside the entrance and open the trunk.',
        images: [{ url: `${simulator.url}/pictures/photo/doorstep.svg`, alt: 'The entrance' }],
      },
    ],
    canArrive: true,
  });
  expect(reads()).toEqual([1, 1]);
});

test('instructions are not read again by time, and the vehicle once in five minutes', async () => {
  const { clock, poll, reads } = await start();
  await poll(30, 10 * secondMs);
  expect(reads()).toEqual([1, 1]);
  clock.advance(10 * secondMs);
  await poll(30, 10 * secondMs);
  expect(reads()).toEqual([1, 2]);
});

test('instructions are read again once when an update arrives', async () => {
  const { clock, control, setOrder, poll, read, reads } = await start();
  await poll(30, 10 * secondMs);
  setOrder({ pickupCategory: 'in_store' });
  control.addMessage('A-1', { notice: { body: 'Please come inside.', media: ['push'] } });
  clock.advance(10 * secondMs);
  expect((await read()).pickup?.instructions[0]?.kind).toBe('in_store');
  clock.advance(10 * secondMs);
  await poll(3, 10 * secondMs);
  expect(reads()[0]).toBe(2);
});

test('a pickup is read and shown from packing to the hand-over, and not before or after', async () => {
  const { setOrder, poll, reads } = await start();
  const seen: unknown[] = [];
  for (const state of [
    ...['acknowledged', 'picking', 'bags_check', 'ready_for_pickup', 'user_at_store'],
    ...['runner_acknowledged', 'picking', 'canceled'],
  ]) {
    setOrder({ state });
    const { order, pickup } = await poll(8, 10 * secondMs);
    seen.push([order?.stage, pickup?.canArrive]);
    if (state === 'picking' && seen.length === 2) expect(reads()).toEqual([0, 0]);
  }
  expect(seen).toEqual([
    ['assigned', undefined],
    ['shopping', undefined],
    ['packing', false],
    ['ready', true],
    ['handing_over', false],
    ['handing_over', false],
    ['shopping', undefined],
    ['cancelled', undefined],
  ]);
  expect(reads()[0]).toBe(1);
});

test('orders that are not collected cause no call about a pickup', async () => {
  const { read, reads, setOrder, poll } = await start();
  for (const type of ['delivery', 'last_mile_delivery']) {
    setOrder({ type, state: 'bags_check' });
    expect(await poll(8, 10 * secondMs)).not.toHaveProperty('pickup');
  }
  expect(await read('shopping')).not.toHaveProperty('pickup');
  expect(reads()).toEqual([0, 0]);
});

test.each<FaultEffect>([
  { kind: 'status', status: 400 },
  { kind: 'status', status: 403 },
  { kind: 'status', status: 404 },
])('after %j the pickup is absent and not read for ten minutes', async (effect) => {
  const { clock, control, poll, reads } = await start();
  control.fault({ route: 'pickup', ...effect });
  expect(await poll(12, 49 * secondMs)).not.toHaveProperty('pickup');
  expect(reads()[0]).toBe(1);
  control.clearFaults();
  clock.advance(2 * minuteMs);
  expect(await poll(4, 20 * secondMs)).toHaveProperty('pickup.instructions.length', 1);
});

test('a refused vehicle is not read for ten minutes and leaves the instructions', async () => {
  const { control, poll, reads } = await start();
  control.fault({ route: 'vehicle', kind: 'status', status: 403 });
  const { pickup } = await poll(12, 49 * secondMs);
  expect([pickup?.instructions.length, pickup?.canArrive, reads()[1]]).toEqual([1, true, 1]);
});

test.each<FaultEffect>([
  { kind: 'status', status: 500 },
  { kind: 'reset' },
  { kind: 'invalid-json' },
  { kind: 'wrong-shape', body: [] },
  { kind: 'wrong-shape', body: { pickup_instructions: {} } },
  { kind: 'missing-field', path: 'pickup_instructions' },
])('after %j the customer can arrive without instructions, which follow', async (effect) => {
  const { clock, control, poll, read } = await start();
  control.fault({ route: 'pickup', times: 1, ...effect });
  expect((await read()).pickup).toEqual({ instructions: [], canArrive: true });
  clock.advance(20 * secondMs);
  expect((await poll(8, 10 * secondMs)).pickup?.instructions).toHaveLength(1);
});

test('pickup details that hang delay neither messages nor order', async () => {
  const { control, read } = await start();
  control.fault({ route: 'pickup', kind: 'hang' });
  control.fault({ route: 'vehicle', kind: 'hang' });
  expect(await read()).toMatchObject({ order: { stage: 'ready' }, pickup: { instructions: [] } });
});

test('with ORDER_DETAILS=off, or where the order is refused, a pickup is neither read nor shown', async () => {
  const off = await start({ ORDER_DETAILS: 'off' });
  expect(await off.read()).not.toHaveProperty('pickup');
  const { control, poll, reads } = await start();
  control.fault({ route: 'order', kind: 'status', status: 403 });
  expect(await poll(8, 10 * secondMs)).not.toHaveProperty('pickup');
  expect([...reads(), ...off.reads()]).toEqual([0, 0, 0, 0]);
});

test('a pickup order whose first state is not documented has instructions', async () => {
  const { setOrder, read } = await start();
  setOrder({ state: 'waiting_at_the_curb' });
  expect(await read()).toMatchObject({
    order: { stage: 'unknown' },
    pickup: { instructions: [{ kind: 'curbside' }], canArrive: false },
  });
});

const READY = Array<string>(8).fill('ready_for_pickup');

test('an order whose stages follow each other quickly has its instructions as soon as it is ready', async () => {
  const { clock, control, setOrder, read } = await start();
  const seen: [string | undefined, number | undefined][] = [];
  for (const state of [...['picking', 'checkout', 'bags_check'], ...READY]) {
    if (seen.length < 4) control.addMessage('A-1', { notice: { body: state, media: ['push'] } });
    setOrder({ state });
    const { order, pickup } = await read();
    seen.push([order?.stage, pickup?.instructions.length]);
    clock.advance(10 * secondMs);
  }
  expect(seen.find(([stage]) => stage === 'packing')).toEqual(['packing', 1]);
  expect(seen.find(([stage]) => stage === 'ready')).toEqual(['ready', 1]);
});
