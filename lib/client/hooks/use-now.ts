import { useCallback, useSyncExternalStore } from 'react';
import { serverClock } from '@/lib/client/order/server-clock';

/** The server's time in whole steps of `stepMs`; re-renders once a step, and when the time was corrected. */
export function useNow(stepMs: number): number {
  const subscribe = useCallback(
    (onStep: () => void) => {
      const timer = setInterval(onStep, stepMs);
      const unsubscribe = serverClock.subscribe(onStep);
      return () => {
        clearInterval(timer);
        unsubscribe();
      };
    },
    [stepMs],
  );
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(serverClock.now() / stepMs) * stepMs,
    () => 0,
  );
}
