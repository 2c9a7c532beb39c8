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

test('the breaker opens for five seconds when half of ten calls fail', () => {
  const { clock, enter, call } = startBreaker();
  call(...answers(5), ...faults(4));
  enter()('fault');
  expect(enter).toThrow(expect.objectContaining({ ...refusal, retryAfterMs: 5 * secondMs }));
  clock.advance(4_999);
  expect(enter).toThrow(expect.objectContaining({ retryAfterMs: secondMs }));
  clock.advance(1);
  expect(enter).not.toThrow();
});

test('the breaker stays closed after nine failures, or if less than half fail', () => {
  const few = startBreaker();
  few.call(...faults(9));
  expect(few.enter).not.toThrow();
  const half = startBreaker();
  half.call(...answers(11), ...faults(10));
  expect(half.enter).not.toThrow();
});

test('a failure does not count after ten seconds', () => {
  const { clock, call, enter } = startBreaker();
  call(...faults(9));
  clock.advance(10 * secondMs);
  call('fault');
  expect(enter).not.toThrow();
});

test('exactly one probe is allowed after five seconds, and its success closes the breaker', () => {
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

test('a failed probe opens the breaker for another five seconds', () => {
  const { clock, enter, call } = startBreaker();
  call(...faults(10));
  clock.advance(5 * secondMs);
  enter()('fault');
  clock.advance(4_999);
  expect(enter).toThrow(expect.objectContaining(refusal));
  clock.advance(1);
  expect(enter).not.toThrow();
});

test('a call that began before the breaker opened neither closes nor prolongs it', () => {
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

test('the breaker allows a call after five seconds without calls, in any history', () => {
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

test('a failing order opens its own breaker and does not affect other orders', () => {
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

test('two failing orders open the shared breaker, and a cancelled probe allows another', () => {
  const clock = createFrozenClock();
  const enter = createCircuitBreakers(() => clock.nowMs());
  for (let call = 0; call < 10; call++) enter(`order ${call % 2}`)('fault');
  expect(() => enter('order 3')).toThrow(expect.objectContaining(refusal));
  clock.advance(5 * secondMs);
  enter('order 3')('cancelled');
  enter('order 3')('answered');
  enter('order 4')('answered');
});
