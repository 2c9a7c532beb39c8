import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isLate,
  isOver,
  ORDER_TYPES,
  STAGES,
  toStage,
  toSteps,
  type OrderType,
  type Stage,
} from '@/lib/order/stages';

const DELIVERY: [string, Stage, string][] = [
  ['brand_new', 'received', 'received'],
  ['acknowledged', 'assigned', 'received'],
  ['picking', 'shopping', 'shopping'],
  ['verifying_replacements', 'shopping', 'shopping'],
  ['checkout', 'packing', 'packing'],
  ['bags_check', 'packing', 'packing'],
  ['staged', 'packing', 'packing'],
  ['delivering', 'on_the_way', 'on_the_way'],
];
const PICKUP: [string, Stage, string][] = [
  ...DELIVERY.slice(0, 6),
  ['ready_for_pickup', 'ready', 'ready'],
  ['user_at_store', 'handing_over', 'ready'],
  ['runner_awaiting', 'handing_over', 'ready'],
  ['runner_acknowledged', 'handing_over', 'ready'],
  ['bags_verified', 'handing_over', 'ready'],
];
const LAST_MILE: [string, Stage, string][] = [
  ['brand_new', 'received', 'received'],
  ['staged_for_delivery', 'prepared', 'prepared'],
  ['waiting_for_delivery', 'prepared', 'prepared'],
  ['acknowledged_for_delivery', 'prepared', 'prepared'],
  ['at_store', 'prepared', 'prepared'],
  ['bags_verified', 'collected', 'prepared'],
  ['delivering', 'on_the_way', 'on_the_way'],
];

function currentOf(type: OrderType, stage: Stage): string[] {
  return toSteps(type, stage)
    .filter(({ state }) => state === 'current')
    .map((step) => step.stage);
}

describe.each([
  ['delivery', DELIVERY],
  ['pickup', PICKUP],
  ['last_mile', LAST_MILE],
] as const)('an order of type %s', (type, rows) => {
  test.each(rows)('in state %s has the stage %s and the current step %s', (state, stage, step) => {
    expect(toStage(state, type)).toBe(stage);
    expect(currentOf(type, stage)).toEqual([step]);
  });

  test('has only steps that are done once it is delivered', () => {
    expect(toStage('delivered', type)).toBe('done');
    expect(toSteps(type, 'done').map(({ state }) => state)).toEqual(
      toSteps(type, 'received').map(() => 'done'),
    );
  });

  test.each(['cancelled', 'unknown'] as const)('has no steps in the stage %s', (stage) => {
    expect(toSteps(type, stage)).toEqual([]);
  });
});

test('the steps of each type are those of the contract', () => {
  const names = ORDER_TYPES.map((type) => toSteps(type, 'received').map(({ stage }) => stage));
  expect(names).toEqual([
    ['received', 'shopping', 'packing', 'on_the_way', 'done'],
    ['received', 'shopping', 'packing', 'ready', 'done'],
    ['received', 'prepared', 'on_the_way', 'done'],
  ]);
});

test('the steps before the current one are done, and those after it are next', () => {
  expect(toSteps('delivery', 'shopping')).toEqual([
    { stage: 'received', state: 'done' },
    { stage: 'shopping', state: 'current' },
    { stage: 'packing', state: 'next' },
    { stage: 'on_the_way', state: 'next' },
    { stage: 'done', state: 'next' },
  ]);
});

test.each(['receipt_sanity_check', 'completed', '', 'constructor', 'BRAND_NEW'])(
  'the undocumented state %j has no stage',
  (state) => {
    expect(toStage(state, 'delivery')).toBeUndefined();
  },
);

test('a canceled order is cancelled and over', () => {
  expect(toStage('canceled', 'pickup')).toBe('cancelled');
  expect(STAGES.filter(isOver)).toEqual(['done', 'cancelled']);
});

test('any stage of any type has steps in the order done, current, next, with at most one current step', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ORDER_TYPES), fc.constantFrom(...STAGES), (type, stage) => {
      const states = toSteps(type, stage).map(({ state }) => state);
      const current = stage === 'done' || states.length === 0 ? 0 : 1;
      expect(states.filter((state) => state === 'current')).toHaveLength(current);
      const order = { done: 0, current: 1, next: 2 };
      expect(states).toEqual([...states].sort((a, b) => order[a] - order[b]));
      if (current) expect(states[0]).not.toBe('next');
    }),
  );
});

describe('an order whose window ended a minute ago', () => {
  const now = Date.parse('2026-11-26T16:01:00Z');
  const end = '2026-11-26T16:00:00Z';
  const late = ['received', 'assigned', 'shopping', 'packing', 'prepared', 'collected'];

  test('is late in every stage before it has arrived or is ready', () => {
    expect(STAGES.filter((stage) => isLate(stage, end, now))).toEqual([...late, 'on_the_way']);
  });

  test('is not late at the end of its window, nor without a window', () => {
    expect(isLate('shopping', end, Date.parse(end))).toBe(false);
    expect(isLate('shopping', undefined, now)).toBe(false);
  });
});
