import { millisecondsInDay } from 'date-fns/constants';
import { useEffect } from 'react';
import type { FeedState } from './order-feed';
import { serverClock } from '@/lib/client/hooks/server-clock';

// Connect removes a chat 24 hours after the order ends. A page without a connection cannot detect the end,
// so it drops the last view after the same time.
const MAX_AGE_MS = millisecondsInDay;

/** Calls `onMaxAge` when an order that can still change has not been confirmed for a day. */
export function useMaxAge(state: FeedState | undefined, onMaxAge: (() => void) | undefined) {
  const maxAgeAtMs =
    state?.nextPollMs !== undefined && state.asOfMs !== undefined
      ? state.asOfMs + MAX_AGE_MS
      : undefined;
  useEffect(() => {
    if (maxAgeAtMs === undefined || !onMaxAge) return undefined;
    const timer = setTimeout(onMaxAge, maxAgeAtMs - serverClock.now());
    return () => clearTimeout(timer);
  }, [maxAgeAtMs, onMaxAge]);
}
