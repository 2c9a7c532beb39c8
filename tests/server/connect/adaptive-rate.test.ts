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

/** Reserves two calls and returns the rate that their distance shows. */
function rateOf(budget: ReturnType<typeof start>['budget']): number {
  const firstMs = budget.reserve();
  return secondMs / (budget.reserve() - firstMs);
}

test('the rate grows by a quarter per second to 92 % of the limit, and then by 0.1 % for two minutes', () => {
  const { clock, budget } = start();
  for (let call = 0; call < 100; call++) budget.record();
  budget.throttled();
  expect(rateOf(budget)).toBeCloseTo(50);
  clock.advance(secondMs);
  expect(rateOf(budget)).toBeCloseTo(62.5);
  clock.advance(2 * secondMs);
  expect(rateOf(budget)).toBeCloseTo(92);
  expect(budget.sustainableRate()).toBeCloseTo(92);
  clock.advance(60 * secondMs);
  expect(rateOf(budget)).toBeCloseTo(92 * 1.001 ** 60);
  expect(budget.sustainableRate()).toBeCloseTo(92);
  clock.advance(57 * secondMs - 1);
  const probed = 92 * 1.001 ** 116.999;
  expect(rateOf(budget)).toBeCloseTo(probed);
  expect(budget.sustainableRate()).toBeCloseTo(0.92 * probed);
  clock.advance(1);
  expect(rateOf(budget)).toBeCloseTo(probed * 1.25 ** 0.001);
  clock.advance(secondMs);
  expect(rateOf(budget)).toBeCloseTo(probed * 1.25 ** 1.001);
  expect(budget.sustainableRate()).toBeCloseTo(0.92 * probed * 1.25 ** 1.001);
});

test('the rate is unlimited again above 1,000 calls per second', () => {
  const { clock, budget } = start();
  for (let call = 0; call < 1_000; call++) budget.record();
  budget.throttled();
  clock.advance(120 * secondMs);
  expect(budget.sustainableRate()).toBeCloseTo(0.92 * 1_000);
  clock.advance(secondMs);
  expect(budget.sustainableRate()).toBe(Infinity);
  expect(budget.reserve()).toBe(0);
  expect(budget.reserve()).toBe(0);
});

test('a 429 counts again one second after the last reserved call', () => {
  const { clock, budget } = start();
  for (let call = 0; call < 10; call++) budget.record();
  budget.throttled();
  clock.advance(secondMs - 1);
  budget.throttled();
  expect(budget.sustainableRate()).toBeCloseTo(0.92 * 10);
  clock.advance(1);
  // Reserves until 800 ms from now, with 6.25 calls per second.
  for (let call = 0; call < 5; call++) budget.reserve();
  budget.throttled();
  expect(budget.sustainableRate()).toBeCloseTo(0.92 * 6.25);
  clock.advance(1_799);
  budget.throttled();
  expect(budget.sustainableRate()).toBeCloseTo(0.92 * 6.25);
  clock.advance(1);
  budget.throttled();
  expect(budget.sustainableRate()).toBeCloseTo(0.92 * 3.125 * 1.25 ** 1.8);
});

test('only the calls of the last second count for the limit', () => {
  const { clock, budget } = start();
  for (let call = 0; call < 5; call++) budget.record();
  clock.advance(secondMs);
  for (let call = 0; call < 3; call++) budget.record();
  budget.throttled();
  expect(budget.sustainableRate()).toBeCloseTo(0.92 * 3);
});

test('the rate is at least one call per second, and a call that would wait over four seconds is refused', () => {
  const { clock, budget } = start();
  budget.throttled();
  const waitsMs = Array.from({ length: 5 }, () => budget.reserve());
  expect(waitsMs).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
  for (let refused = 0; refused < 3; refused++)
    expect(() => budget.reserve()).toThrow(
      expect.objectContaining({ code: 'upstream_unavailable', retryAfterMs: 1_500 }),
    );
  clock.advance(secondMs);
  expect(budget.reserve()).toBe(4_000);
});

test('Connect is throttled until 30 seconds after its last 429', () => {
  const { clock, budget } = start();
  budget.throttled();
  clock.advance(500);
  budget.throttled();
  clock.advance(29_999);
  expect(budget.isThrottled()).toBe(true);
  clock.advance(1);
  expect(budget.isThrottled()).toBe(false);
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
