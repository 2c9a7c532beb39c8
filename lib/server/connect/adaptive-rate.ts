import 'server-only';
import { Problem } from '@/lib/order/problem';
import { createSlidingWindowCounter } from './sliding-window-counter';

// How many calls a second Connect takes of us. It documents a limit "per second" and no number, so there is
// none until it says 429: then the pace is halved, grows back to just below where it was refused, and from
// there slowly. The figures are what keeps 500 pages fresh over 20 calls a second: tests/slow/server/connect/throttled.test.ts.

const MIN_RATE = 1;
// Far above what one instance ever asks for, so as good as none.
const MAX_RATE = 1_000;
const GROWTH_PER_SECOND = 1.25;
// Near the limit, where it is only to be found out whether it has moved.
const PROBING_PER_SECOND = 1.001;
const NEAR = 0.92;
// A limit that has not been met for so long may be gone.
const FORGET_MS = 120_000;
// What was on its way, or had its turn already, counts once.
const SETTLE_MS = 1_000;
const MAX_WAIT_MS = 4_000;
// Soon, for asking us costs little and places come free all the time.
const RETRY_AFTER_MS = 1_500;
const THROTTLED_MS = 30_000;
const SECOND_MS = 1_000;

export type AdaptiveRateLimiter = {
  /** How long to wait before the next call; throws Problem upstream_unavailable where that is too long. */
  reserve(): number;
  /** Counts a call that cannot wait. */
  record(): void;
  /** Connect has answered 429. */
  throttled(): void;
  /** Whether it has done so in the last half minute. */
  isThrottled(): boolean;
  /** Calls a second that Connect takes in the long run; Infinity while it has set no limit. */
  sustainableRate(): number;
};

export function createAdaptiveRateLimiter(now: () => number): AdaptiveRateLimiter {
  let rate = Infinity;
  let refusedRate = Infinity;
  let throttledAtMs = -Infinity;
  let refusedAtMs = -Infinity;
  let settledAtMs = -Infinity;
  let grownAtMs = now();
  let nextAtMs = -Infinity;
  const recentCalls = createSlidingWindowCounter<undefined>(now, SECOND_MS);

  function grow(): void {
    const seconds = (now() - grownAtMs) / SECOND_MS;
    grownAtMs = now();
    if (rate === Infinity) return;
    const near = refusedRate * NEAR;
    const isProbing = rate >= near && now() - refusedAtMs < FORGET_MS;
    if (isProbing) rate *= PROBING_PER_SECOND ** seconds;
    else rate = Math.min(rate * GROWTH_PER_SECOND ** seconds, rate < near ? near : Infinity);
    if (rate > refusedRate) refusedRate = rate;
    if (rate > MAX_RATE) rate = refusedRate = Infinity;
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

    throttled() {
      throttledAtMs = now();
      if (now() < settledAtMs) return;
      grow();
      refusedAtMs = now();
      settledAtMs = Math.max(now(), nextAtMs) + SETTLE_MS;
      refusedRate = Math.max(MIN_RATE, rate === Infinity ? recentCalls.count() : rate);
      rate = Math.max(MIN_RATE, refusedRate / 2);
    },

    isThrottled: () => now() - throttledAtMs < THROTTLED_MS,

    sustainableRate: () => (grow(), refusedRate * NEAR),
  };
}
