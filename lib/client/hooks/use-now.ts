import { useCallback, useSyncExternalStore } from 'react';
import { serverClock } from './server-clock';

/** The server's time, rounded down to steps of `stepMs`. Renders once per step and after a clock correction. */
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
