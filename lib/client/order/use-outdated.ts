import { useEffect } from 'react';
import type { FeedState } from './order-feed';
import { serverClock } from './server-clock';

// Connect removes a chat 24 hours after the order's end. Without a connection nobody knows when that was,
// so what was last read stays for that long and no longer.
const MAX_AGE_MS = 86_400_000;

/** Calls back once what can still change has not been confirmed for a day. */
export function useOutdated(state: FeedState | undefined, onOutdated: (() => void) | undefined) {
  const outdatedAtMs =
    state?.nextPollMs !== undefined && state.asOfMs !== undefined
      ? state.asOfMs + MAX_AGE_MS
      : undefined;
  useEffect(() => {
    if (outdatedAtMs === undefined || !onOutdated) return undefined;
    const timer = setTimeout(onOutdated, outdatedAtMs - serverClock.now());
    return () => clearTimeout(timer);
  }, [outdatedAtMs, onOutdated]);
}
