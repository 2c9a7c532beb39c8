import 'server-only';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import { createRecent } from './sliding-window-counter';
import type { BreakerState } from './observer';

// Stops calling an upstream that fails most of the time, and tries it again with a single probe.

const WINDOW_MS = 10_000;
const MIN_CALLS = 10;
const OPEN_MS = 5_000;
const MAX_PARTIES = 5_000;
// Longer than what a breaker looks back on, and than it stays open.
const KEPT_MS = 60_000;

/** `cancelled`: the call was not made after all. */
export type CallOutcome = 'answered' | 'fault' | 'cancelled';

/**
 * Throws Problem upstream_unavailable when no call may be made now; otherwise returns a function to be
 * called once with the call's outcome. `party` is whose call it is.
 */
export type EnterBreaker = (party: string) => (outcome: CallOutcome) => void;

type Rule = { minParties: number; faultShare: number };

export const COMMON_RULE: Rule = { minParties: 2, faultShare: 0.5 };
// Few calls say little, so that one order has to fail nearly always.
const OWN_RULE: Rule = { minParties: 1, faultShare: 0.9 };

/** Opens when such a share of ten calls or more failed, and failed for so many. */
export function createBreaker(
  now: () => number,
  { minParties, faultShare }: Rule,
  onState: (state: BreakerState) => void = () => undefined,
): EnterBreaker {
  const calls = createRecent<undefined>(now, WINDOW_MS);
  const faults = createRecent<string>(now, WINDOW_MS);
  let openUntilMs: number | undefined;
  let probing = false;

  function settleProbe(outcome: CallOutcome) {
    probing = false;
    if (outcome === 'cancelled') return onState('open');
    calls.clear();
    faults.clear();
    openUntilMs = outcome === 'fault' ? now() + OPEN_MS : undefined;
    onState(outcome === 'fault' ? 'open' : 'closed');
  }

  function settleCall(outcome: CallOutcome, party: string) {
    if (openUntilMs !== undefined || outcome === 'cancelled') return;
    calls.add(undefined);
    if (outcome === 'fault') faults.add(party);
    if (calls.count() < MIN_CALLS || faults.count() < calls.count() * faultShare) return;
    if (new Set(faults.values()).size < minParties) return;
    openUntilMs = now() + OPEN_MS;
    onState('open');
  }

  return function enter(party) {
    if (openUntilMs === undefined) return (outcome) => settleCall(outcome, party);
    const waitMs = openUntilMs - now();
    if (waitMs > 0 || probing)
      throw new Problem('upstream_unavailable', { retryAfterMs: Math.max(waitMs, 1_000) });
    probing = true;
    onState('probing');
    return settleProbe;
  };
}

/** One breaker for the upstream, and one for each party that fails: an order of its own opens only its own. */
export function createBreakers(
  now: () => number,
  /** Told of the common one alone. */
  onState?: (state: BreakerState) => void,
): EnterBreaker {
  const enterCommon = createBreaker(now, COMMON_RULE, onState);
  const failing = new LRUCache<string, EnterBreaker>({
    max: MAX_PARTIES,
    ttl: KEPT_MS,
    ttlResolution: 0,
    perf: { now },
  });

  return function enter(party) {
    const leaveOwn = failing.get(party)?.(party);
    try {
      const leaveCommon = enterCommon(party);
      return (outcome) => {
        leaveCommon(outcome);
        if (leaveOwn) leaveOwn(outcome);
        else if (outcome === 'fault') noteFault(party);
      };
    } catch (problem) {
      leaveOwn?.('cancelled');
      throw problem;
    }
  };

  function noteFault(party: string): void {
    failing.purgeStale();
    const own = failing.get(party) ?? createBreaker(now, OWN_RULE);
    failing.set(party, own);
    own(party)('fault');
  }
}
