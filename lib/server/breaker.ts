import 'server-only';
import { Problem } from '@/lib/order/problem';

// Stops calling an upstream that fails most of the time, and tries it again with a single probe.

const WINDOW_MS = 10_000;
const MIN_CALLS = 10;
const FAULT_SHARE = 0.5;
const OPEN_MS = 5_000;

export type CallOutcome = 'answered' | 'fault';

/**
 * Returns `enter`, which throws Problem upstream_unavailable when no call may be made now, and
 * otherwise a function to be called once with the call's outcome.
 */
export function createBreaker(now: () => number): () => (outcome: CallOutcome) => void {
  let calls: { atMs: number; isFault: boolean }[] = [];
  let openUntilMs: number | undefined;
  let probing = false;

  function settleProbe(outcome: CallOutcome) {
    probing = false;
    calls = [];
    openUntilMs = outcome === 'fault' ? now() + OPEN_MS : undefined;
  }

  function settleCall(outcome: CallOutcome) {
    if (openUntilMs !== undefined) return;
    calls = calls.filter(({ atMs }) => now() - atMs < WINDOW_MS);
    calls.push({ atMs: now(), isFault: outcome === 'fault' });
    const faultCount = calls.filter(({ isFault }) => isFault).length;
    if (calls.length >= MIN_CALLS && faultCount >= calls.length * FAULT_SHARE)
      openUntilMs = now() + OPEN_MS;
  }

  return function enter() {
    if (openUntilMs === undefined) return settleCall;
    const waitMs = openUntilMs - now();
    if (waitMs > 0 || probing)
      throw new Problem('upstream_unavailable', { retryAfterMs: Math.max(waitMs, 1_000) });
    probing = true;
    return settleProbe;
  };
}
