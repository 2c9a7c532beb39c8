import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  SHARED_RULE,
  createCircuitBreaker,
  createCircuitBreakers,
  type CallOutcome,
} from '@/lib/server/connect/circuit-breaker';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';

function startBreaker() {
  const clock = createFrozenClock();
  const enterParty = createCircuitBreaker(() => clock.nowMs(), SHARED_RULE);
  let turn = 0;
  const enter = () => enterParty(`party ${turn++ % 2}`);
  const call = (...outcomes: CallOutcome[]) => outcomes.forEach((outcome) => enter()(outcome));
  return { clock, enter, call };
}

const faults = (count: number) => Array.from({ length: count }, () => 'fault' as const);
const answers = (count: number) => Array.from({ length: count }, () => 'answered' as const);
const refusal = { code: 'upstream_unavailable' };

test('ten calls of which half failed open it for five seconds', () => {
  const { clock, enter, call } = startBreaker();
  call(...answers(5), ...faults(4));
  enter()('fault');
  expect(enter).toThrow(expect.objectContaining({ ...refusal, retryAfterMs: 5 * secondMs }));
  clock.advance(4_999);
  expect(enter).toThrow(expect.objectContaining({ retryAfterMs: secondMs }));
  clock.advance(1);
  expect(enter).not.toThrow();
});

test('nine failures, or failures below a half, leave it closed', () => {
  const few = startBreaker();
  few.call(...faults(9));
  expect(few.enter).not.toThrow();
  const half = startBreaker();
  half.call(...answers(11), ...faults(10));
  expect(half.enter).not.toThrow();
});

test('what happened more than ten seconds ago does not count', () => {
  const { clock, call, enter } = startBreaker();
  call(...faults(9));
  clock.advance(10 * secondMs);
  call('fault');
  expect(enter).not.toThrow();
});

test('after five seconds exactly one probe may pass, and its answer closes it', () => {
  const { clock, enter, call } = startBreaker();
  call(...faults(10));
  clock.advance(5 * secondMs);
  const leave = enter();
  for (let reader = 0; reader < 200; reader++)
    expect(enter).toThrow(expect.objectContaining({ ...refusal, retryAfterMs: secondMs }));
  leave('answered');
  call(...faults(9));
  expect(enter).not.toThrow();
});

test('a probe that fails opens it for another five seconds', () => {
  const { clock, enter, call } = startBreaker();
  call(...faults(10));
  clock.advance(5 * secondMs);
  enter()('fault');
  clock.advance(4_999);
  expect(enter).toThrow(expect.objectContaining(refusal));
  clock.advance(1);
  expect(enter).not.toThrow();
});

test('a call from before that ends late neither closes nor prolongs it', () => {
  const { clock, enter, call } = startBreaker();
  const [early, late] = [enter(), enter()];
  call(...faults(10));
  early('answered');
  expect(enter).toThrow(expect.objectContaining(refusal));
  clock.advance(4 * secondMs);
  late('fault');
  clock.advance(secondMs);
  expect(enter).not.toThrow();
});

test('whatever happens, it lets a call through again after five quiet seconds', () => {
  const step = fc.oneof(
    fc.record({ waitMs: fc.integer({ min: 0, max: 6_000 }) }),
    fc.record({ outcome: fc.constantFrom<CallOutcome>('fault', 'fault', 'answered') }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const { clock, enter } = startBreaker();
      for (const one of steps) {
        if ('waitMs' in one) clock.advance(one.waitMs);
        else
          try {
            enter()(one.outcome);
          } catch (problem) {
            expect(problem).toMatchObject(refusal);
          }
      }
      clock.advance(5 * secondMs);
      expect(enter).not.toThrow();
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('an order that always fails is not asked for any more, and no other order pays for it', () => {
  const clock = createFrozenClock();
  const enter = createCircuitBreakers(() => clock.nowMs());
  let made = 0;
  for (let call = 0; call < 30; call++)
    try {
      const leave = enter('failing');
      made += 1;
      leave('fault');
    } catch (problem) {
      expect(problem).toMatchObject(refusal);
    }
  expect(made).toBe(10);
  for (let call = 0; call < 30; call++) enter('healthy')('answered');
  clock.advance(5 * secondMs);
  const probe = enter('failing');
  expect(() => enter('failing')).toThrow(expect.objectContaining(refusal));
  probe('answered');
  enter('failing')('answered');
});

test('two orders that fail stop all calls, and a probe that was not made leaves room for the next', () => {
  const clock = createFrozenClock();
  const enter = createCircuitBreakers(() => clock.nowMs());
  for (let call = 0; call < 10; call++) enter(`order ${call % 2}`)('fault');
  expect(() => enter('order 3')).toThrow(expect.objectContaining(refusal));
  clock.advance(5 * secondMs);
  enter('order 3')('cancelled');
  enter('order 3')('answered');
  enter('order 4')('answered');
});
