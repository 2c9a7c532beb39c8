// Estimates the server's time, because ages are computed from its times and a phone's clock may be hours wrong.

/** `Date` has whole seconds (RFC 9110 §6.6.1), so the server's time is up to one second later. */
const DATE_STEP_MS = 1_000;

type Clocks = { deviceMs: () => number; steadyMs: () => number };

/**
 * Uses the device's time if it agrees with the responses, else the nearest time that agrees. After the first response
 * the clock advances with `steadyMs`, so a change of the device's clock has no effect.
 */
export function createServerClock({ deviceMs, steadyMs }: Clocks) {
  const listeners = new Set<() => void>();
  let offsetMs: number | undefined;

  return {
    /** Monotonic milliseconds since the page was loaded. */
    steadyMs,

    now: () => (offsetMs === undefined ? deviceMs() : steadyMs() + offsetMs),

    /** Adjusts to the `Date` of a response. `requestedAtMs` is a time of `steadyMs` at or before its request. */
    adjust(response: Response | undefined, requestedAtMs: number): void {
      const dateMs = Date.parse(response?.headers.get('date') ?? '');
      if (Number.isNaN(dateMs)) return;
      const steadyNowMs = steadyMs();
      const earliestMs = dateMs - steadyNowMs;
      const latestMs = dateMs + DATE_STEP_MS - requestedAtMs;
      const lastMs = offsetMs ?? deviceMs() - steadyNowMs;
      offsetMs = Math.max(earliestMs, Math.min(lastMs, latestMs));
      if (offsetMs !== lastMs) listeners.forEach((onChange) => onChange());
    },

    subscribe(onChange: () => void): () => void {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}

export type ServerClock = ReturnType<typeof createServerClock>;

/** The clock of this page. */
export const serverClock = createServerClock({
  deviceMs: () => Date.now(),
  steadyMs: () => performance.now(),
});
