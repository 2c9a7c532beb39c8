import { expect, test } from 'vitest';
import {
  reduceArrival,
  startArrival,
  toShownArrival,
  type ArrivalState,
} from '@/lib/client/pickup/arrival-state';
import { STAGES, type Stage } from '@/lib/order/stages';
import { order, progress } from '@/tests/support/sample-order';

const idle = startArrival('ready');
const sending = reduceArrival(idle, { type: 'press' });
const arrived = settle(sending, 200);
const failed = settle(sending, 503);

function settle(state: ArrivalState, status: 200 | 503): ArrivalState {
  const outcome =
    status === 200
      ? ({ isDone: true, body: {} } as const)
      : ({ isDone: false, failure: 'unavailable' } as const);
  return reduceArrival(state, { type: 'settle', outcome, hadFocus: false });
}

function view(stage: Stage, more: { canArrive?: boolean; access?: 'full' | 'read' } = {}) {
  const { canArrive = stage === 'ready', access = 'full' } = more;
  const pickup = { instructions: [], canArrive };
  return order({}, { access, order: progress({ type: 'pickup', stage }), pickup });
}

test.each([
  ['ready', idle, 'button'],
  ['ready', sending, 'button'],
  ['ready', failed, 'button'],
  ['ready', arrived, 'result'],
  ['handing_over', idle, 'result'],
  ['handing_over', sending, 'button'],
  ['handing_over', failed, 'result'],
  ['handing_over', arrived, 'result'],
] as const)('in stage %s with %j, the %s is shown', (stage, state, shown) => {
  expect(toShownArrival(view(stage), state)).toBe(shown);
});

test('other stages and read links show nothing, whatever was pressed', () => {
  const otherStages = STAGES.filter((stage) => stage !== 'ready' && stage !== 'handing_over');
  for (const state of [idle, sending, arrived, failed]) {
    for (const stage of otherStages)
      expect(toShownArrival(view(stage, { canArrive: true }), state)).toBe('nothing');
    for (const stage of ['ready', 'handing_over'] as const)
      expect(toShownArrival(view(stage, { access: 'read', canArrive: true }), state)).toBe(
        'nothing',
      );
  }
});

test('a ready order that the customer cannot arrive for has no button', () => {
  expect(toShownArrival(view('ready', { canArrive: false }), idle)).toBe('nothing');
});

test('an order that is ready again starts anew, but not while an arrival is sent', () => {
  const back = reduceArrival(arrived, { type: 'stage', stage: 'packing' });
  expect(reduceArrival(back, { type: 'stage', stage: 'ready' })).toEqual(idle);
  const moved = reduceArrival(sending, { type: 'stage', stage: 'packing' });
  expect(reduceArrival(moved, { type: 'stage', stage: 'ready' })).toEqual(sending);
});

test('a failure is kept while the next attempt is sent, and removed by its success', () => {
  const again = reduceArrival(failed, { type: 'press' });
  expect(again).toMatchObject({ phase: 'sending', failure: 'unavailable' });
  expect(settle(again, 200)).not.toHaveProperty('failure');
});
