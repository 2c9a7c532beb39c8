import { useSyncExternalStore } from 'react';

/** The time in whole steps of `stepMs`; re-renders once a step. */
export function useNow(stepMs: number): number {
  return useSyncExternalStore(
    (onStep) => {
      const timer = setInterval(onStep, stepMs);
      return () => clearInterval(timer);
    },
    () => Math.floor(Date.now() / stepMs) * stepMs,
    () => 0,
  );
}
