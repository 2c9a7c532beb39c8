/** The only source of time in the simulator. */
export type SimulatorClock = {
  nowMs(): number;
  advance(ms: number): void;
};

export function createRunningClock(): SimulatorClock {
  let offsetMs = 0;
  return {
    nowMs: () => Date.now() + offsetMs,
    advance: (ms) => {
      offsetMs += ms;
    },
  };
}

/** A clock that moves by `advance` only, so that a test controls the time. */
export function createFrozenClock(startMs = Date.parse('2026-11-20T18:00:00Z')): SimulatorClock {
  let currentMs = startMs;
  return {
    nowMs: () => currentMs,
    advance: (ms) => {
      currentMs += ms;
    },
  };
}

export const secondMs = 1_000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** UTC to the second, in the format of the documented example. */
export function toTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
