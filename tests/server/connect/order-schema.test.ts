import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ORDER_FIELDS, parseOrder } from '@/lib/server/connect/order-schema';
import { findUnknownFields } from '@/lib/server/connect/unknown-fields';
import { toOrderDetails, toOrderProgress } from '@/lib/server/orders/to-order-progress';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';

const from = '2026-11-20T18:30:00.000Z';
const to = '2026-11-20T19:30:00.000Z';

function parse(body: unknown) {
  const faults: FieldFaults = new Map();
  return { order: parseOrder(body, faults), faults: Object.fromEntries(faults) };
}

test.each([
  { window_starts_at: from, window_ends_at: to },
  { fulfillment_details: { window_starts_at: from, window_ends_at: to } },
  { details: { more: { window_starts_at: from, window_ends_at: to } } },
  { delivery_window: { starts_at: from, ends_at: to } },
  { pickupWindow: { start: from, end: to } },
  { details: { window: { from, to } } },
  { window_starts_at: 'soon', fulfillment_details: { window_starts_at: from, window_ends_at: to } },
])('the window of %j is found', (body) => {
  const { order, faults } = parse({
    workflow_state: 'picking',
    fulfillment_type: 'pickup',
    ...body,
  });
  expect(order?.window).toEqual({ from, to });
  expect(faults).toEqual({});
});

test.each([
  [{ window_starts_at: to, window_ends_at: from }, 1],
  [{ window_starts_at: from }, 1],
  [{ window: { from: 1, to: 2 } }, 1],
  [{ window: [from, to] }, undefined],
  [{ starts_at: from, ends_at: to }, undefined],
  [{ a: { b: { c: { d: { window_starts_at: from, window_ends_at: to } } } } }, undefined],
])('%j has no window', (body, count) => {
  const { order, faults } = parse(body);
  expect(order?.window).toBeUndefined();
  expect(faults['order.window']).toBe(count);
});

test('a window from an outer object is preferred, and equal times are a window', () => {
  const inner = { window_starts_at: from, window_ends_at: to };
  const { order } = parse({ inner, window_starts_at: from, window_ends_at: from });
  expect(order?.window).toEqual({ from, to: from });
});

test.each([null, [], 'order', 7, undefined])('%j is no order and is counted', (body) => {
  expect(parse(body)).toEqual({ order: undefined, faults: { order: 1 } });
});

test('only names of unknown fields are reported, 20 at most, and only in the shape of names', () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`field_${index}`, 1]));
  const body = { workflow_state: 'x', window_starts_at: 1, 'John Smith': 1, ['a'.repeat(65)]: 1 };
  expect(findUnknownFields({ ...body, id: 'A-1', created_at: from }, ORDER_FIELDS)).toEqual([
    'id',
    'created_at',
  ]);
  expect(findUnknownFields({ ...body, ...many }, ORDER_FIELDS)).toHaveLength(20);
  expect(findUnknownFields([], ORDER_FIELDS)).toEqual([]);
});

const field = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('picking', 'bags_verified', 'at_store', 'pickup', 'curbside', from, to),
);
const anyOrder = fc.record(
  {
    workflow_state: field,
    fulfillment_type: field,
    pickup_category: field,
    window_starts_at: field,
    window_ends_at: field,
    delivery_window: fc.oneof(field, fc.record({ from: field, to: field })),
  },
  { requiredKeys: [] },
);

test('any sequence of responses is translated without an error and keeps its last stage', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(anyOrder, fc.jsonValue())), (bodies) => {
      let details: ReturnType<typeof toOrderDetails> | undefined;
      for (const body of bodies) {
        const order = parse(body).order;
        if (!order) continue;
        const last: typeof details = details;
        details = toOrderDetails(order, last);
        if (last && last.stage !== 'unknown') expect(details.stage).not.toBe('unknown');
        const progress = toOrderProgress(details, Date.parse(to), undefined);
        expect(progress.steps.filter(({ state }) => state === 'current').length).toBeLessThan(2);
        if (progress.window) expect(progress.window.from <= progress.window.to).toBe(true);
      }
    }),
  );
});
