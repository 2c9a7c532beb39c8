import 'server-only';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import { createSlidingWindowCounter } from './sliding-window-counter';
import type { BreakerState } from '@/lib/server/observability/vocabulary';

// Stops calling an upstream that fails most of the time, and tries it again with a single probe.

const WINDOW_MS = 10_000;
const MIN_CALLS = 10;
const OPEN_MS = 5_000;
const MAX_KEYS = 5_000;
// Longer than what a breaker looks back on, and than it stays open.
const KEY_TTL_MS = 60_000;

/** `cancelled`: the call was not made after all. */
export type CallOutcome = 'answered' | 'fault' | 'cancelled';

/**
 * Throws Problem upstream_unavailable when no call may be made now; otherwise returns a function to be
 * called once with the call's outcome. `party` is whose call it is.
 */
export type CircuitBreaker = (key: string) => (outcome: CallOutcome) => void;

type Rule = { minKeys: number; faultShare: number };

export const SHARED_RULE: Rule = { minKeys: 2, faultShare: 0.5 };
// Few calls say little, so that one order has to fail nearly always.
const KEY_RULE: Rule = { minKeys: 1, faultShare: 0.9 };

/** Opens when such a share of ten calls or more failed, and failed for so many. */
export function createCircuitBreaker(
  now: () => number,
  { minKeys, faultShare }: Rule,
  onState: (state: BreakerState) => void = () => undefined,
): CircuitBreaker {
  const calls = createSlidingWindowCounter<undefined>(now, WINDOW_MS);
  const faults = createSlidingWindowCounter<string>(now, WINDOW_MS);
  let openUntilMs: number | undefined;
  let probing = false;

  function recordProbe(outcome: CallOutcome) {
    probing = false;
    if (outcome === 'cancelled') return onState('open');
    calls.clear();
    faults.clear();
    openUntilMs = outcome === 'fault' ? now() + OPEN_MS : undefined;
    onState(outcome === 'fault' ? 'open' : 'closed');
  }

  function recordCall(outcome: CallOutcome, key: string) {
    if (openUntilMs !== undefined || outcome === 'cancelled') return;
    calls.add(undefined);
    if (outcome === 'fault') faults.add(key);
    if (calls.count() < MIN_CALLS || faults.count() < calls.count() * faultShare) return;
    if (new Set(faults.values()).size < minKeys) return;
    openUntilMs = now() + OPEN_MS;
    onState('open');
  }

  return function acquire(key) {
    if (openUntilMs === undefined) return (outcome) => recordCall(outcome, key);
    const waitMs = openUntilMs - now();
    if (waitMs > 0 || probing)
      throw new Problem('upstream_unavailable', { retryAfterMs: Math.max(waitMs, 1_000) });
    probing = true;
    onState('probing');
    return recordProbe;
  };
}

/** One breaker for the upstream, and one for each party that fails: an order of its own opens only its own. */
export function createCircuitBreakers(
  now: () => number,
  /** Told of the common one alone. */
  onState?: (state: BreakerState) => void,
): CircuitBreaker {
  const acquireShared = createCircuitBreaker(now, SHARED_RULE, onState);
  const failing = new LRUCache<string, CircuitBreaker>({
    max: MAX_KEYS,
    ttl: KEY_TTL_MS,
    ttlResolution: 0,
    perf: { now },
  });

  return function acquire(key) {
    const recordOwn = failing.get(key)?.(key);
    try {
      const recordShared = acquireShared(key);
      return (outcome) => {
        recordShared(outcome);
        if (recordOwn) recordOwn(outcome);
        else if (outcome === 'fault') recordFault(key);
      };
    } catch (problem) {
      recordOwn?.('cancelled');
      throw problem;
    }
  };

  function recordFault(key: string): void {
    failing.purgeStale();
    const own = failing.get(key) ?? createCircuitBreaker(now, KEY_RULE);
    failing.set(key, own);
    own(key)('fault');
  }
}
