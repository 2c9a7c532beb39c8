import 'server-only';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import { createSlidingWindowCounter } from './sliding-window-counter';
import type { BreakerState } from '@/lib/server/observability/vocabulary';

// Circuit breaker: stops calls to an upstream that fails most of the time, and probes it with one call at a time.

const WINDOW_MS = 10_000;
const MIN_CALLS = 10;
const OPEN_MS = 5_000;
const MAX_KEYS = 5_000;
// An idle breaker is kept longer than its window and its open state last.
const KEY_TTL_MS = 60_000;

/** `answered`: a response other than 408, 429 and 5xx, readable or not. `cancelled`: the call was not made. */
export type CallOutcome = 'answered' | 'fault' | 'cancelled';

/**
 * Acquires permission for one call. Throws Problem upstream_unavailable, with `retryAfterMs`, while the breaker is
 * open; otherwise returns `record`, to be called once with the outcome. `key` groups calls that fail together.
 */
export type CircuitBreaker = (key: string) => (outcome: CallOutcome) => void;

/** Opens at a share of faults of 0 to 1, if at least `minKeys` different keys have failed. */
type Rule = { minKeys: number; faultShare: number };

/** Rule for all calls: one failing order does not open the breaker. */
export const SHARED_RULE: Rule = { minKeys: 2, faultShare: 0.5 };
// One order makes few calls, a small sample, so nearly all of them must have failed.
const KEY_RULE: Rule = { minKeys: 1, faultShare: 0.9 };

/** Opens when the calls of the last 10 s, at least 10, meet `rule`; after 5 s one probe closes or reopens it. */
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

/** One breaker for all calls and one per failing key: an order that always fails blocks only itself. */
export function createCircuitBreakers(
  now: () => number,
  /** Receives the states of the shared breaker only. */
  onState?: (state: BreakerState) => void,
): CircuitBreaker {
  const acquireShared = createCircuitBreaker(now, SHARED_RULE, onState);
  const breakersByKey = new LRUCache<string, CircuitBreaker>({
    max: MAX_KEYS,
    ttl: KEY_TTL_MS,
    ttlResolution: 0,
    perf: { now },
  });

  return function acquire(key) {
    const recordForKey = breakersByKey.get(key)?.(key);
    try {
      const recordShared = acquireShared(key);
      return (outcome) => {
        recordShared(outcome);
        if (recordForKey) recordForKey(outcome);
        else if (outcome === 'fault') recordFault(key);
      };
    } catch (problem) {
      recordForKey?.('cancelled');
      throw problem;
    }
  };

  function recordFault(key: string): void {
    breakersByKey.purgeStale();
    const keyBreaker = breakersByKey.get(key) ?? createCircuitBreaker(now, KEY_RULE);
    breakersByKey.set(key, keyBreaker);
    keyBreaker(key)('fault');
  }
}
