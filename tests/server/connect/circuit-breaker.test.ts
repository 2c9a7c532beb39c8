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
  const acquireForKey = createCircuitBreaker(() => clock.nowMs(), SHARED_RULE);
  let callCount = 0;
  const acquire = () => acquireForKey(`key ${callCount++ % 2}`);
  const call = (...outcomes: CallOutcome[]) => outcomes.forEach((outcome) => acquire()(outcome));
  return { clock, acquire, call };
}

const faults = (count: number) => Array.from({ length: count }, () => 'fault' as const);
const answers = (count: number) => Array.from({ length: count }, () => 'answered' as const);
const refusal = { code: 'upstream_unavailable' };

test('the breaker opens for five seconds when half of ten calls fail', () => {
  const { clock, acquire, call } = startBreaker();
  call(...answers(5), ...faults(4));
  acquire()('fault');
  expect(acquire).toThrow(expect.objectContaining({ ...refusal, retryAfterMs: 5 * secondMs }));
  clock.advance(4_999);
  expect(acquire).toThrow(expect.objectContaining({ retryAfterMs: secondMs }));
  clock.advance(1);
  expect(acquire).not.toThrow();
});

test('the breaker stays closed after nine failures, or if less than half fail', () => {
  const few = startBreaker();
  few.call(...faults(9));
  expect(few.acquire).not.toThrow();
  const half = startBreaker();
  half.call(...answers(11), ...faults(10));
  expect(half.acquire).not.toThrow();
});

test('a failure does not count after ten seconds', () => {
  const { clock, call, acquire } = startBreaker();
  call(...faults(9));
  clock.advance(10 * secondMs);
  call('fault');
  expect(acquire).not.toThrow();
});

test('exactly one probe is allowed after five seconds, and its success closes the breaker', () => {
  const { clock, acquire, call } = startBreaker();
  call(...faults(10));
  clock.advance(5 * secondMs);
  const record = acquire();
  for (let reader = 0; reader < 200; reader++)
    expect(acquire).toThrow(expect.objectContaining({ ...refusal, retryAfterMs: secondMs }));
  record('answered');
  call(...faults(9));
  expect(acquire).not.toThrow();
});

test('a failed probe opens the breaker for another five seconds', () => {
  const { clock, acquire, call } = startBreaker();
  call(...faults(10));
  clock.advance(5 * secondMs);
  acquire()('fault');
  clock.advance(4_999);
  expect(acquire).toThrow(expect.objectContaining(refusal));
  clock.advance(1);
  expect(acquire).not.toThrow();
});

test('a call that began before the breaker opened neither closes nor prolongs it', () => {
  const { clock, acquire, call } = startBreaker();
  const [early, late] = [acquire(), acquire()];
  call(...faults(10));
  early('answered');
  expect(acquire).toThrow(expect.objectContaining(refusal));
  clock.advance(4 * secondMs);
  late('fault');
  clock.advance(secondMs);
  expect(acquire).not.toThrow();
});

test('the breaker allows a call after five seconds without calls, in any history', () => {
  const step = fc.oneof(
    fc.record({ waitMs: fc.integer({ min: 0, max: 6_000 }) }),
    fc.record({ outcome: fc.constantFrom<CallOutcome>('fault', 'fault', 'answered') }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const { clock, acquire } = startBreaker();
      for (const one of steps) {
        if ('waitMs' in one) clock.advance(one.waitMs);
        else
          try {
            acquire()(one.outcome);
          } catch (problem) {
            expect(problem).toMatchObject(refusal);
          }
      }
      clock.advance(5 * secondMs);
      expect(acquire).not.toThrow();
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('a failing order opens its own breaker and does not affect other orders', () => {
  const clock = createFrozenClock();
  const acquire = createCircuitBreakers(() => clock.nowMs());
  let made = 0;
  for (let call = 0; call < 30; call++)
    try {
      const record = acquire('failing');
      made += 1;
      record('fault');
    } catch (problem) {
      expect(problem).toMatchObject(refusal);
    }
  expect(made).toBe(10);
  for (let call = 0; call < 30; call++) acquire('healthy')('answered');
  clock.advance(5 * secondMs);
  const probe = acquire('failing');
  expect(() => acquire('failing')).toThrow(expect.objectContaining(refusal));
  probe('answered');
  acquire('failing')('answered');
});

test('two failing orders open the shared breaker, and a cancelled probe allows another', () => {
  const clock = createFrozenClock();
  const acquire = createCircuitBreakers(() => clock.nowMs());
  for (let call = 0; call < 10; call++) acquire(`order ${call % 2}`)('fault');
  expect(() => acquire('order 3')).toThrow(expect.objectContaining(refusal));
  clock.advance(5 * secondMs);
  acquire('order 3')('cancelled');
  acquire('order 3')('answered');
  acquire('order 4')('answered');
});

test('the state is reported when it changes, and a cancelled probe reports "open" again', () => {
  const clock = createFrozenClock();
  const states: string[] = [];
  const acquire = createCircuitBreaker(
    () => clock.nowMs(),
    SHARED_RULE,
    (state) => states.push(state),
  );
  for (let call = 0; call < 10; call++) acquire(`key ${call % 2}`)('fault');
  expect(states).toEqual(['open']);
  for (const outcome of ['cancelled', 'fault'] as const) {
    clock.advance(5 * secondMs);
    acquire('key')(outcome);
  }
  expect(states).toEqual(['open', 'probing', 'open', 'probing', 'open']);
  expect(() => acquire('key')).toThrow(expect.objectContaining(refusal));
  clock.advance(5 * secondMs);
  acquire('key')('answered');
  expect(states.slice(5)).toEqual(['probing', 'closed']);
});

test('a cancelled call is not counted, and the failures of one key do not open the shared breaker', () => {
  const { acquire, call } = startBreaker();
  call(...faults(9), 'cancelled');
  expect(acquire).not.toThrow();
  const ofOneKey = createCircuitBreaker(() => 0, SHARED_RULE);
  for (let made = 0; made < 20; made++) ofOneKey('one')('fault');
  expect(() => ofOneKey('two')).not.toThrow();
});

test('the breaker of one order opens when 90 % of ten calls fail', () => {
  const clock = createFrozenClock();
  const acquire = createCircuitBreakers(() => clock.nowMs());
  const callFor = (key: string, ...outcomes: CallOutcome[]) =>
    outcomes.forEach((outcome) => acquire(key)(outcome));
  callFor('eight', ...faults(1), ...answers(2), ...faults(7));
  expect(() => acquire('eight')).not.toThrow();
  callFor('other', ...answers(30));
  callFor('nine', ...faults(1), ...answers(1), ...faults(8));
  expect(() => acquire('nine')).toThrow(expect.objectContaining(refusal));
  expect(() => acquire('other')).not.toThrow();
});

test('the breaker of an order is dropped 60 seconds after its last failure, even if its probe never ends', () => {
  const clock = createFrozenClock();
  const acquire = createCircuitBreakers(() => clock.nowMs());
  for (let call = 0; call < 10; call++) acquire('failing')('fault');
  clock.advance(5 * secondMs);
  acquire('failing');
  clock.advance(55 * secondMs);
  expect(() => acquire('failing')).toThrow(expect.objectContaining(refusal));
  clock.advance(1);
  expect(() => acquire('failing')).not.toThrow();
});

test('while the shared breaker is open, a call does not use up the probe of its order', () => {
  const clock = createFrozenClock();
  const acquire = createCircuitBreakers(() => clock.nowMs());
  for (let call = 0; call < 10; call++) acquire('failing')('fault');
  clock.advance(secondMs);
  acquire('other')('fault');
  clock.advance(4 * secondMs);
  expect(() => acquire('failing')).toThrow(expect.objectContaining(refusal));
  clock.advance(secondMs);
  acquire('failing')('answered');
  expect(() => acquire('failing')).not.toThrow();
});

test('a cancelled probe does not close the breaker of its order', () => {
  const clock = createFrozenClock();
  const acquire = createCircuitBreakers(() => clock.nowMs());
  for (let call = 0; call < 10; call++) acquire('failing')('fault');
  clock.advance(secondMs);
  acquire('other')('fault');
  clock.advance(4 * secondMs);
  expect(() => acquire('failing')).toThrow(expect.objectContaining(refusal));
  clock.advance(secondMs);
  acquire('other')('answered');
  acquire('failing');
  expect(() => acquire('failing')).toThrow(expect.objectContaining(refusal));
});

test('calls of an order before its first failure do not count for its own breaker', () => {
  const acquire = createCircuitBreakers(() => 0);
  for (let call = 0; call < 20; call++) acquire('other')('answered');
  for (const outcome of [...answers(2), ...faults(8)]) acquire('failing')(outcome);
  expect(() => acquire('failing')).not.toThrow();
});
