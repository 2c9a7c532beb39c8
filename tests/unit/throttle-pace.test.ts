import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createThrottlePace } from '@/lib/server/throttle-pace';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';

function startPace() {
  const clock = createFrozenClock();
  return { clock, pace: createThrottlePace(() => clock.nowMs()) };
}

test('the pace is as it was until Connect throttles', () => {
  expect(startPace().pace.factor()).toBe(1);
});

test('each 429 doubles it up to eight times, at most once in ten seconds', () => {
  const { clock, pace } = startPace();
  const factors: number[] = [];
  for (let step = 0; step < 5; step++) {
    for (let reader = 0; reader < 200; reader++) pace.throttled();
    factors.push(pace.factor());
    clock.advance(10 * secondMs);
  }
  expect(factors).toEqual([2, 4, 8, 8, 8]);
});

test('every half minute without a 429 halves it, down to what it was', () => {
  const { clock, pace } = startPace();
  for (let step = 0; step < 3; step++) {
    pace.throttled();
    clock.advance(10 * secondMs);
  }
  clock.advance(19_999);
  expect(pace.factor()).toBe(8);
  clock.advance(1);
  expect(pace.factor()).toBe(4);
  clock.advance(30 * secondMs);
  pace.throttled();
  expect(pace.factor()).toBe(4);
  clock.advance(3_600 * secondMs);
  expect(pace.factor()).toBe(1);
});

test('it stays between one and eight whatever happens', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 50 }), (waits) => {
      const { clock, pace } = startPace();
      for (const waitMs of waits) {
        pace.throttled();
        clock.advance(waitMs);
        expect([1, 2, 4, 8]).toContain(pace.factor());
      }
    }),
    { numRuns: 1_000 },
  );
}, 30_000);
