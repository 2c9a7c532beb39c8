import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAdaptiveRateLimiter } from '@/lib/server/connect/adaptive-rate';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';

function start() {
  const clock = createFrozenClock();
  return { clock, budget: createAdaptiveRateLimiter(() => clock.nowMs()) };
}

/** Makes calls for a second with the waits that the limiter demands; returns their number. */
function callForOneSecond({ clock, budget }: ReturnType<typeof start>): number {
  let made = 0;
  for (let step = 0; step < 100; step++) {
    const waitMs = budget.reserve();
    clock.advance(Math.max(10, waitMs));
    made += 1;
    if (waitMs > 10) step += Math.round(waitMs / 10) - 1;
  }
  return made;
}

test('the rate is unlimited until Connect answers 429', () => {
  const { budget } = start();
  for (let call = 0; call < 10_000; call++) expect(budget.reserve()).toBe(0);
  expect(budget.sustainableRate()).toBe(Infinity);
  expect(budget.isThrottled()).toBe(false);
});

test('a 429 halves the rate of the last second, and the rate recovers', () => {
  const started = start();
  const { clock, budget } = started;
  expect(callForOneSecond(started)).toBe(100);
  budget.throttled();
  expect(budget.isThrottled()).toBe(true);
  expect(budget.sustainableRate()).toBeGreaterThan(90);
  budget.reserve();
  // The rate is fifty per second.
  expect(budget.reserve()).toBeGreaterThanOrEqual(20);
  clock.advance(10 * secondMs);
  expect(callForOneSecond(started)).toBeGreaterThan(85);
  clock.advance(30 * secondMs);
  expect(budget.isThrottled()).toBe(false);
  clock.advance(3_600 * secondMs);
  expect(budget.sustainableRate()).toBe(Infinity);
});

test('the 429s of one burst count once, and the rate stays above 0.9 per second', () => {
  const { clock, budget } = start();
  for (let call = 0; call < 8; call++) budget.record();
  for (let refusal = 0; refusal < 50; refusal++) budget.throttled();
  expect(budget.sustainableRate()).toBeCloseTo(8 * 0.92);
  for (let hour = 0; hour < 20; hour++) {
    clock.advance(2 * secondMs);
    budget.throttled();
  }
  expect(budget.sustainableRate()).toBeGreaterThanOrEqual(0.92);
  expect(budget.reserve()).toBeLessThanOrEqual(secondMs);
});

test('a call waits at most four seconds or is refused', () => {
  const step = fc.oneof(
    fc.record({ passMs: fc.integer({ min: 0, max: 5_000 }) }),
    fc.record({ calls: fc.integer({ min: 1, max: 60 }) }),
    fc.constant({ refused: true }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { clock, budget } = start();
      for (const one of steps) {
        if ('passMs' in one) clock.advance(one.passMs);
        else if ('refused' in one) budget.throttled();
        else
          for (let call = 0; call < one.calls; call++)
            try {
              expect(budget.reserve()).toBeLessThanOrEqual(4_000);
            } catch (problem) {
              expect(problem).toMatchObject({ code: 'upstream_unavailable', retryAfterMs: 1_500 });
            }
        expect(budget.sustainableRate()).toBeGreaterThan(0.9);
      }
    }),
    { numRuns: 5_000 },
  );
}, 30_000);
