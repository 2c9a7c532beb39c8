import 'server-only';
import { Problem } from '@/lib/order/problem';
import { createSlidingWindowCounter } from './sliding-window-counter';

// Adaptive rate limiter: Connect documents a limit "per second" without a number. A 429 halves the rate; the rate then
// grows quickly to just below the rate that was throttled, and slowly from there. With these constants 500 pages
// stay fresh within 20 calls per second: tests/slow/server/connect/throttled.test.ts.

const MIN_CALLS_PER_SECOND = 1;
// One instance makes far fewer calls, so a higher rate means that Connect has no limit.
const MAX_CALLS_PER_SECOND = 1_000;
const GROWTH_PER_SECOND = 1.25;
// Near the estimated limit, slow growth detects whether Connect has raised its limit.
const PROBING_GROWTH_PER_SECOND = 1.001;
const NEAR_LIMIT_SHARE = 0.92;
// A limit that Connect has not enforced during this time may no longer exist.
const LIMIT_MEMORY_MS = 120_000;
// Calls in flight or already reserved may get 429 too; within this time the rate is halved only once.
const SETTLE_MS = 1_000;
const MAX_WAIT_MS = 4_000;
// The wait is short, because a rejected request is cheap and the queue drains continuously.
const RETRY_AFTER_MS = 1_500;
const THROTTLED_MS = 30_000;
const SECOND_MS = 1_000;

/** Limits the rate at which this instance calls Connect. */
export type AdaptiveRateLimiter = {
  /** Reserves one call and returns the delay before it in ms. Throws Problem upstream_unavailable if over 4 s. */
  reserve(): number;
  /** Reserves one call if it need not be delayed; false if it must not be made now. */
  reserveWithoutDelay(): boolean;
  /** Counts a call that is made without a delay. */
  record(): void;
  /** Records a 429 of Connect. */
  throttled(): void;
  /** Whether Connect has returned 429 in the last 30 s. */
  isThrottled(): boolean;
  /** Calls per second that Connect accepts in the long run; Infinity while no limit is known. */
  sustainableRate(): number;
};

export function createAdaptiveRateLimiter(now: () => number): AdaptiveRateLimiter {
  let rate = Infinity;
  let limitEstimate = Infinity;
  let throttledAtMs = -Infinity;
  let limitMetAtMs = -Infinity;
  let settledAtMs = -Infinity;
  let grownAtMs = now();
  let nextAtMs = -Infinity;
  const recentCalls = createSlidingWindowCounter<undefined>(now, SECOND_MS);

  function grow(): void {
    const seconds = (now() - grownAtMs) / SECOND_MS;
    grownAtMs = now();
    if (rate === Infinity) return;
    const nearLimit = limitEstimate * NEAR_LIMIT_SHARE;
    const isProbing = rate >= nearLimit && now() - limitMetAtMs < LIMIT_MEMORY_MS;
    if (isProbing) rate *= PROBING_GROWTH_PER_SECOND ** seconds;
    else
      rate = Math.min(rate * GROWTH_PER_SECOND ** seconds, rate < nearLimit ? nearLimit : Infinity);
    if (rate > limitEstimate) limitEstimate = rate;
    if (rate > MAX_CALLS_PER_SECOND) rate = limitEstimate = Infinity;
  }

  function record(): void {
    grow();
    recentCalls.add(undefined);
    nextAtMs = Math.max(now(), nextAtMs) + SECOND_MS / rate;
  }

  return {
    record,

    reserve() {
      grow();
      const waitMs = Math.max(0, nextAtMs - now());
      if (waitMs > MAX_WAIT_MS)
        throw new Problem('upstream_unavailable', { retryAfterMs: RETRY_AFTER_MS });
      record();
      return waitMs;
    },

    reserveWithoutDelay() {
      grow();
      if (nextAtMs > now()) return false;
      record();
      return true;
    },

    throttled() {
      throttledAtMs = now();
      if (now() < settledAtMs) return;
      grow();
      limitMetAtMs = now();
      settledAtMs = Math.max(now(), nextAtMs) + SETTLE_MS;
      limitEstimate = Math.max(
        MIN_CALLS_PER_SECOND,
        rate === Infinity ? recentCalls.count() : rate,
      );
      rate = Math.max(MIN_CALLS_PER_SECOND, limitEstimate / 2);
    },

    isThrottled: () => now() - throttledAtMs < THROTTLED_MS,

    sustainableRate: () => (grow(), limitEstimate * NEAR_LIMIT_SHARE),
  };
}
