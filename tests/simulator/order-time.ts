/**
 * The time of an order, which runs with the clock and may leap ahead. Steps within a leap have the clock time of
 * the leap.
 */
export type OrderTime = {
  elapsedMs(nowMs: number): number;
  leap(fromElapsedMs: number, byMs: number): void;
  /** The clock time at which the order's time reached `elapsedMs`. */
  momentOf(elapsedMs: number): number;
};

export function createOrderTime(startedAtMs: number): OrderTime {
  const leaps: { fromElapsedMs: number; byMs: number }[] = [];

  return {
    elapsedMs: (nowMs) =>
      leaps.reduce((elapsedMs, leap) => elapsedMs + leap.byMs, nowMs - startedAtMs),
    leap: (fromElapsedMs, byMs) => {
      leaps.push({ fromElapsedMs, byMs });
    },
    momentOf: (elapsedMs) => {
      let shiftMs = 0;
      for (const leap of leaps) {
        if (elapsedMs <= leap.fromElapsedMs) break;
        if (elapsedMs <= leap.fromElapsedMs + leap.byMs)
          return startedAtMs + leap.fromElapsedMs - shiftMs;
        shiftMs += leap.byMs;
      }
      return startedAtMs + elapsedMs - shiftMs;
    },
  };
}
