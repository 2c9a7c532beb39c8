import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOrderView, ITEM_STATES } from '@/lib/order/order-view';
import { finishSteps } from '@/lib/order/steps';
import {
  LINE_STATUSES,
  readLineItems,
  REPLACEMENT_STATUSES,
} from '@/lib/server/connect/items-schema';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import { toItems } from '@/lib/server/orders/to-items';

const imageHosts = [{ pattern: '*.instacart.com', isLocal: false }];
const picture = 'https://images.instacart.com/milk.png';
const milk = { name: 'Oat milk', image_url: picture, quantity: '2', cost_unit: 'each' };

function translate(lines: unknown) {
  const faults: FieldFaults = new Map();
  const connect = finishSteps(readLineItems({ line_items: lines }, faults));
  return { items: connect && toItems(connect, imageHosts), faults: Object.fromEntries(faults) };
}

function translateLine(changes: object) {
  const { items, faults } = translate([{ id: '1', status: 'FOUND', item: milk, ...changes }]);
  return { line: items?.lines[0], faults };
}

const unspecified = 'SUBSTITUTION_STATUS_UNSPECIFIED';

test.each([
  ['NOT_PICKED', undefined, 'to_shop'],
  ['NOT_PICKED', unspecified, 'to_shop'],
  ['FOUND', unspecified, 'found'],
  ['FOUND', 'REJECTED', 'found'],
  ['REPLACED', 'PENDING', 'decide'],
  ['REPLACED', 'APPROVED', 'replaced'],
  ['REPLACED', unspecified, 'replaced'],
  ['REPLACED', undefined, 'replaced'],
  ['REPLACED', null, 'replaced'],
  ['REPLACED', 'REJECTED', 'refunded'],
  ['TO_REFUND', unspecified, 'refunded'],
  ['APPROVED', undefined, 'replaced'],
  ['REJECTED', undefined, 'refunded'],
])('a line with the status %s and %s is %s', (status, replacement_status, state) => {
  const { line, faults } = translateLine({ status, replacement_status, replacement: milk });
  expect(line?.state).toBe(state);
  expect(faults).toEqual({});
});

test.each<[object, object]>([
  [{ status: 'beamed_up' }, { 'line_items.status': 1 }],
  [{ status: 7 }, { 'line_items.status': 1 }],
  [{ status: null }, { 'line_items.status': 1 }],
  [{ status: 'REPLACED', replacement_status: 'BEAMED' }, { 'line_items.replacement_status': 1 }],
])('a line with %j is of the state "other", and the field is counted', (changes, faults) => {
  const result = translateLine(changes);
  expect(result.line?.state).toBe('other');
  expect(result.faults).toEqual(faults);
});

test('a line has its item and replacement, with pictures of listed hosts only', () => {
  const replacement = {
    ...milk,
    name: 'Oat milk, 64 oz',
    quantity: '1',
    image_url: 'https://evil.example/a',
  };
  const pending = { status: 'REPLACED', replacement_status: 'PENDING', replacement };
  expect(translateLine(pending).line).toEqual({
    ...{ id: '1', name: 'Oat milk', imageUrl: picture, quantity: '2', unit: 'each' },
    state: 'decide',
    replacement: { name: 'Oat milk, 64 oz', quantity: '1', unit: 'each' },
  });
});

test.each<[unknown, string]>([
  ['1.5', '1.5'],
  [' 3 ', '3'],
  [3, '3'],
  [0.25, '0.25'],
  ['$3.99', ''],
  ['1e5', ''],
  ['-1', ''],
  ['', ''],
  ['.', ''],
  ['many', ''],
])('the quantity %j is shown as %j', (quantity, expected) => {
  const { line, faults } = translateLine({ item: { ...milk, quantity } });
  expect(line?.quantity).toBe(expected);
  expect(faults).toEqual({});
});

test.each(['$', '€ 1,99', 'US$/lb', '£'])(
  'the unit %j is a price and is not shown',
  (cost_unit) => {
    expect(translateLine({ item: { ...milk, cost_unit } }).line?.unit).toBe('');
  },
);

test.each<[object, object, string]>([
  [
    { item: { ...milk, quantity: null } },
    { quantity: '', name: 'Oat milk' },
    'line_items.item.quantity',
  ],
  [
    { item: { ...milk, cost_unit: undefined } },
    { unit: '', quantity: '2' },
    'line_items.item.cost_unit',
  ],
  [{ item: { ...milk, image_url: 7 } }, { name: 'Oat milk' }, 'line_items.item.image_url'],
  [{ id: null }, { id: "'0", state: 'found' }, 'line_items.id'],
  [{ id: 'a/../b c' }, { id: "'0", state: 'found' }, 'line_items.id'],
  [
    { status: 'REPLACED', replacement_status: 'PENDING', replacement: { ...milk, name: null } },
    { state: 'decide' },
    'line_items.replacement.name',
  ],
  [
    { status: 'REPLACED', replacement_status: 'PENDING', replacement: 'milk' },
    { state: 'decide' },
    'line_items.replacement',
  ],
])('a line with %j loses that field only, and it is counted', (changes, expected, field) => {
  const { line, faults } = translateLine(changes);
  expect(line).toMatchObject(expected);
  expect(faults).toEqual({ [field]: 1 });
});

test('a line without a readable name or of another type costs only itself', () => {
  const good = { id: '1', status: 'FOUND', item: milk };
  const nameless = { ...good, item: { ...milk, name: null } };
  const blank = { ...good, item: { ...milk, name: ' \u200b' } };
  const { items, faults } = translate([nameless, blank, { ...good, item: null }, null, 'x', good]);
  expect(items?.lines).toMatchObject([{ id: '1', name: 'Oat milk' }]);
  expect(items?.counts.found).toBe(1);
  expect(faults).toEqual({ 'line_items.item.name': 1, 'line_items.item': 1, line_items: 2 });
});

test('lines with equal ids get ids of their own, and only the first can be decided', () => {
  const pending = { id: '1', status: 'REPLACED', replacement_status: 'PENDING', item: milk };
  const { items } = translate([pending, pending, { ...pending, id: null }]);
  expect(items?.lines.map(({ id, state }) => [id, state])).toEqual([
    ['1', 'decide'],
    ["1'2", 'other'],
    ["'2", 'other'],
  ]);
});

test('a null list is an empty one, and one that is absent, of another type or too long is an error', () => {
  expect(translate(null)).toMatchObject({ items: { lines: [] } });
  for (const lines of [undefined, {}, 'none', Array(1_001).fill({})]) {
    expect(translate(lines)).toEqual({ items: undefined, faults: { line_items: 1 } });
  }
  expect(finishSteps(readLineItems([], new Map()))).toBeUndefined();
  expect(translate(Array(1_000).fill({})).items?.lines).toEqual([]);
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('Milk', '\u202e$3.99', '<script>1</script>', 'a\u0000b', '\ud800', '$1.99', '2'),
);
const field = fc.oneof(text, fc.jsonValue(), fc.constant(picture));
const item = fc.record(
  { name: field, image_url: field, quantity: field, cost_unit: field, price: field },
  { requiredKeys: [] },
);
const anyLine = fc.record(
  {
    id: fc.oneof(field, fc.constantFrom('1', '2', '__proto__')),
    status: fc.oneof(field, fc.constantFrom(...LINE_STATUSES)),
    replacement_status: fc.oneof(field, fc.constantFrom(...REPLACEMENT_STATUSES)),
    item: fc.oneof({ weight: 4, arbitrary: item }, fc.jsonValue()),
    replacement: fc.oneof({ weight: 4, arbitrary: item }, fc.jsonValue()),
  },
  { requiredKeys: [] },
);

test('any lines become a valid view: unique ids, counts that add up, clean texts and no price', () => {
  const view = {
    chat: { state: 'open', messages: [], canReply: true },
    ...{ updates: [], people: { customer: { name: '' }, shoppers: [] } },
    ...{ access: 'full', asOf: '', stale: false },
  };
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 8, arbitrary: anyLine }, fc.jsonValue())), (rows) => {
      const { items } = translate(rows);
      expect(isOrderView({ ...view, items })).toBe(true);
      const { lines = [], counts } = items ?? {};
      expect(lines.length).toBeLessThanOrEqual(rows.length);
      expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      for (const state of ITEM_STATES)
        expect(counts?.[state]).toBe(lines.filter((line) => line.state === state).length);
      for (const line of lines)
        for (const shown of [line, ...(line.replacement ? [line.replacement] : [])]) {
          expect(shown.name).toMatch(/^.{1,200}$/su);
          expect(shown.name).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
          expect(shown.name.isWellFormed()).toBe(true);
          expect(shown.unit + shown.quantity).not.toMatch(/\p{Sc}/u);
          expect(Object.keys(shown)).not.toContain('price');
          expect(shown.imageUrl ?? picture).toMatch(/^https:\/\/[\w.]*\.instacart\.com\//);
        }
    }),
  );
});
