// The server's time, because ages are counted from its times and a phone's clock may be wrong by hours.

/** `Date` has whole seconds (RFC 9110 §6.6.1), so the server's time is up to this much later. */
const DATE_STEP_MS = 1_000;

type Clocks = { deviceMs: () => number; steadyMs: () => number };

/**
 * Keeps the device's time as far as the answers allow it, else the nearest time that they do. After the first
 * answer it runs by `steadyMs`, so setting the device's clock does not move it.
 */
export function createServerClock({ deviceMs, steadyMs }: Clocks) {
  const listeners = new Set<() => void>();
  let offsetMs: number | undefined;

  return {
    /** Counts from some moment of the page, and never jumps. */
    steadyMs,

    now: () => (offsetMs === undefined ? deviceMs() : steadyMs() + offsetMs),

    /** By the answer's `Date`; `askedAtMs` is a time by `steadyMs` at or before its request. */
    adjust(response: Response | undefined, askedAtMs: number): void {
      const dateMs = Date.parse(response?.headers.get('date') ?? '');
      if (Number.isNaN(dateMs)) return;
      const steadyNowMs = steadyMs();
      const earliestMs = dateMs - steadyNowMs;
      const latestMs = dateMs + DATE_STEP_MS - askedAtMs;
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

/** The page's own. */
export const serverClock = createServerClock({
  deviceMs: () => Date.now(),
  steadyMs: () => performance.now(),
});
