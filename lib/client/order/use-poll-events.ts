import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { toEarliestPollAtMs } from '@/lib/order/poll-policy';
import type { FeedState } from './order-feed';

/**
 * Calls `poll` earlier than the timer: after events that suggest that the reader is back or the network has changed,
 * and after input if a poll is overdue, because a device that was suspended may have lost the timer.
 */
export function usePollEvents(
  state: FeedState | undefined,
  updatedAtMs: number,
  poll: () => void,
): void {
  const pollNow = useEffectEvent(poll);
  const isFinal = state !== undefined && state.nextPollMs === undefined;
  const toEarlyPollDelayMs = useEffectEvent(() => {
    if (isFinal) return undefined;
    return state ? toEarliestPollAtMs(state, updatedAtMs) - Date.now() : 0;
  });
  const isOverdue = useEffectEvent(
    () => !isFinal && Date.now() > updatedAtMs + (state?.nextPollMs ?? 0),
  );
  useEffect(() => {
    const controller = new AbortController();
    const options = { signal: controller.signal, passive: true, capture: true };
    let timer: ReturnType<typeof setTimeout> | undefined;

    function pollEarly() {
      const waitMs = toEarlyPollDelayMs();
      clearTimeout(timer);
      if (waitMs !== undefined) timer = setTimeout(() => pollNow(), Math.max(0, waitMs));
    }
    function onVisibility() {
      if (document.visibilityState !== 'hidden') pollEarly();
    }
    // `persisted`: the page was restored from the back/forward cache, so its data is old.
    function onPageShow({ persisted }: PageTransitionEvent) {
      if (persisted) pollEarly();
    }
    function onInput() {
      if (isOverdue()) pollNow();
    }

    // `offline` causes a poll too, because only a request can show whether the event is correct.
    for (const type of ['online', 'offline']) addEventListener(type, pollEarly, options);
    addEventListener('pageshow', onPageShow, options);
    document.addEventListener('resume', pollEarly, options);
    document.addEventListener('visibilitychange', onVisibility, options);
    for (const type of ['focus', 'pointerdown', 'keydown'])
      addEventListener(type, onInput, options);
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, []);
}

/** Returns whether the browser reports the page as hidden. The report is not always correct. */
export function useIsHidden(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const events = ['visibilitychange', 'resume'];
      for (const type of events) document.addEventListener(type, onChange);
      return () => {
        for (const type of events) document.removeEventListener(type, onChange);
      };
    },
    () => document.visibilityState === 'hidden',
    () => false,
  );
}
