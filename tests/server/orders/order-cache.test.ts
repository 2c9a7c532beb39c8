import { expect, test } from 'vitest';
import { Problem } from '@/lib/order/problem';
import { createOrderCache } from '@/lib/server/orders/order-cache';
import { UNAVAILABLE_SNAPSHOT } from '@/lib/server/orders/to-order-view';
import { serializeOrder, type SerializedOrder } from '@/lib/server/orders/serialized-order';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';

function startSnapshots() {
  const clock = createFrozenClock();
  const loads: string[] = [];
  const upstream: { failure?: unknown } = {};
  const snapshots = createOrderCache(
    async (orderId, userId): Promise<SerializedOrder> => {
      loads.push(`${userId}/${orderId}`);
      await Promise.resolve();
      if (upstream.failure !== undefined) throw upstream.failure;
      return serializeOrder({
        ...UNAVAILABLE_SNAPSHOT,
        isFinal: false,
        droppedCount: loads.length,
      });
    },
    () => clock.nowMs(),
  );
  const read = async () => {
    const { order, stale } = await snapshots.get('A-1', 'ann');
    return [order.droppedCount, stale];
  };
  return { clock, loads, upstream, snapshots, read };
}

test('an order is fresh for two seconds', async () => {
  const { clock, read } = startSnapshots();
  expect(await read()).toEqual([1, false]);
  clock.advance(2 * secondMs - 1);
  expect(await read()).toEqual([1, false]);
  clock.advance(1);
  expect(await read()).toEqual([2, false]);
});

test('500 concurrent readers share one load', async () => {
  const { loads, read } = startSnapshots();
  const readings = await Promise.all(Array.from({ length: 500 }, read));
  expect(new Set(readings.flat())).toEqual(new Set([1, false]));
  expect(loads).toHaveLength(1);
});

test('500 concurrent readers share one failure, and the next read loads again', async () => {
  const { loads, upstream, read } = startSnapshots();
  upstream.failure = new Problem('upstream_timeout');
  const outcomes = await Promise.allSettled(Array.from({ length: 500 }, read));
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  expect(loads).toHaveLength(1);
  delete upstream.failure;
  expect(await read()).toEqual([2, false]);
});

test('orders are cached per customer and order, also with quotes and commas in the ids', async () => {
  const { loads, snapshots } = startSnapshots();
  await snapshots.get('A-1', 'ann');
  await snapshots.get('A-1', 'bob');
  await snapshots.get('1', 'ann","A-');
  await snapshots.get('A-","1', 'ann');
  expect(loads).toHaveLength(4);
});

test('the last order is served as stale for up to a minute when the load fails', async () => {
  const { clock, upstream, snapshots, read } = startSnapshots();
  await read();
  const asOfMs = clock.nowMs();
  upstream.failure = new Problem('upstream_timeout');
  clock.advance(60 * secondMs);
  expect(await snapshots.get('A-1', 'ann')).toMatchObject({ stale: true, asOfMs });
  clock.advance(1);
  await expect(read()).rejects.toBe(upstream.failure);
});

test.each([
  ['order_not_found', new Problem('order_not_found')],
  ['refused access', new Problem('upstream_unavailable', { accessRefused: true })],
  ['an unexpected error', new TypeError('x')],
])('a cached order is not served after %s', async (_, failure) => {
  const { clock, upstream, read } = startSnapshots();
  await read();
  clock.advance(3 * secondMs);
  upstream.failure = failure;
  await expect(read()).rejects.toBe(failure);
  upstream.failure = new Problem('upstream_timeout');
  await expect(read()).rejects.toMatchObject({ code: 'upstream_timeout' });
});

test('a sweep removes only orders that are too old to be served', async () => {
  const { clock, upstream, snapshots, read } = startSnapshots();
  await read();
  clock.advance(60 * secondMs);
  snapshots.sweep();
  upstream.failure = new Problem('upstream_timeout');
  expect(await read()).toEqual([1, true]);
  clock.advance(1);
  snapshots.sweep();
  await expect(read()).rejects.toMatchObject({ code: 'upstream_timeout' });
});

test('an unchanged order stays the same object with the time of the new read', async () => {
  const clock = createFrozenClock();
  const given: (SerializedOrder | undefined)[] = [];
  const snapshots = createOrderCache(
    async (_orderId, _userId, known) => {
      given.push(known);
      return known ?? serializeOrder({ ...UNAVAILABLE_SNAPSHOT, isFinal: false });
    },
    () => clock.nowMs(),
  );
  const first = await snapshots.get('A-1', 'ann');
  clock.advance(5 * secondMs);
  const second = await snapshots.get('A-1', 'ann');
  expect(second.order).toBe(first.order);
  expect(second.asOfMs - first.asOfMs).toBe(5 * secondMs);
  // An order that is too old to be served is not passed to the next load either.
  clock.advance(61 * secondMs);
  const third = await snapshots.get('A-1', 'ann');
  expect(third.order).not.toBe(first.order);
  expect(given).toEqual([undefined, first.order, undefined]);
});
