import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findShopper, isOrderView, type OrderView } from '@/lib/order/order-view';
import { toSteps } from '@/lib/order/stages';

const view: OrderView = {
  chat: {
    state: 'open',
    messages: [
      { id: '1', at: '2026-11-20T18:00:00.000Z', from: 'shopper', body: 'Hello', read: false },
    ],
    canReply: true,
  },
  updates: [{ id: '1', at: '2026-11-20T18:00:00.000Z', body: 'Picking', media: ['sms'] }],
  people: { customer: { name: 'John' }, shoppers: [{ id: '15', name: 'Zelma' }] },
  access: 'full',
  asOf: '2026-11-20T18:00:00.000Z',
  stale: false,
  pollAfterMs: 5_000,
};

const needed = [
  'chat',
  'access',
  'chat.state',
  'chat.messages',
  'chat.messages.0.id',
  'chat.messages.0.at',
  'chat.messages.0.from',
  'chat.messages.0.body',
  'updates',
  'updates.0.id',
  'updates.0.at',
  'updates.0.body',
  'updates.0.media',
  'people',
  'people.customer',
  'people.customer.name',
  'people.shoppers',
  'people.shoppers.0.id',
  'people.shoppers.0.name',
  'asOf',
  'stale',
];

function edited(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(view);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<unknown>((node, name) => Reflect.get(Object(node), name), copy);
  Reflect.set(Object(parent), last, value);
  return copy;
}

test('the API’s response is an order view, with and without pollAfterMs, and with unknown fields', () => {
  const settled = { ...view };
  delete settled.pollAfterMs;
  expect(isOrderView(view)).toBe(true);
  expect(isOrderView(settled)).toBe(true);
  expect(isOrderView({ ...view, tomorrow: [1] })).toBe(true);
});

test.each(needed)('a value without %s is not an order view', (path) => {
  expect(isOrderView(edited(path, undefined))).toBe(false);
  expect(isOrderView(edited(path, null))).toBe(false);
  expect(isOrderView(edited(path, 7))).toBe(false);
});

test('a value with an unknown chat state or a pollAfterMs that is not a number is not an order view', () => {
  expect(isOrderView(edited('chat.state', 'archived'))).toBe(false);
  expect(isOrderView(edited('pollAfterMs', '5000'))).toBe(false);
});

const progress = {
  type: 'delivery',
  stage: 'shopping',
  steps: toSteps('delivery', 'shopping'),
  window: { from: '2026-11-20T19:00:00.000Z', to: '2026-11-20T21:00:00.000Z' },
  isLate: false,
};

test('an order view may have progress, whose type, stages and step states are known words', () => {
  expect(isOrderView({ ...view, order: progress })).toBe(true);
  for (const wrong of [
    { ...progress, type: 'drone' },
    { ...progress, stage: 'baking' },
    { ...progress, steps: [{ stage: 'shopping', state: 'soon' }] },
    { ...progress, window: { from: '2026-11-20T19:00:00.000Z' } },
    { ...progress, isLate: 'no' },
  ])
    expect(isOrderView({ ...view, order: wrong })).toBe(false);
});

test('any other value is not an order view, and the check does not throw', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(isOrderView(value)).toBe(false);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('every message, update, shopper and step is checked, not only one of each list', () => {
  const [message] = view.chat.messages;
  const [update] = view.updates;
  const [shopper] = view.people.shoppers;
  const [step] = progress.steps;
  expect(isOrderView(edited('chat.messages', [message, message]))).toBe(true);
  expect(isOrderView(edited('chat.messages', [message, { ...message, id: 7 }]))).toBe(false);
  expect(isOrderView(edited('updates', [update, { ...update, media: 'sms' }]))).toBe(false);
  expect(isOrderView(edited('people.shoppers', [shopper, {}]))).toBe(false);
  for (const wrong of [null, {}, { stage: 'baking', state: 'done' }, { ...step, state: 7 }])
    expect(isOrderView({ ...view, order: { ...progress, steps: [step, wrong] } })).toBe(false);
});

test('an order’s window may be absent, and an order that is no object is refused', () => {
  expect(isOrderView({ ...view, order: { ...progress, window: undefined } })).toBe(true);
  for (const order of [null, {}, 'shopping', { ...progress, stage: undefined }])
    expect(isOrderView({ ...view, order })).toBe(false);
});

test('a shopper is found by id', () => {
  const shoppers = [
    { id: '15', name: 'Zelma' },
    { id: '16', name: 'Amida' },
  ];
  const people = { customer: { name: 'John' }, shoppers };
  expect(findShopper(people, '16')).toBe(shoppers[1]);
  expect(findShopper(people, '17')).toBeUndefined();
  expect(findShopper(people, undefined)).toBeUndefined();
});
