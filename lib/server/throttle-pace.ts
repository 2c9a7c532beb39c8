import 'server-only';

// Slows every page down while Connect throttles us, and speeds up again when it stops.

const MAX_FACTOR = 8;
const RECOVER_MS = 30_000;
const STEP_MS = 10_000;

type ThrottlePace = { throttled(): void; factor(): number };

/** The factor doubles with a 429, at most once in 10 s, and halves with every 30 s without one. */
export function createThrottlePace(now: () => number): ThrottlePace {
  let factor = 1;
  let changedAtMs = -Infinity;

  function recovered(): number {
    const halvings = Math.floor((now() - changedAtMs) / RECOVER_MS);
    return Math.max(1, factor / 2 ** Math.min(halvings, 10));
  }

  return {
    throttled() {
      if (now() - changedAtMs < STEP_MS) return;
      factor = Math.min(MAX_FACTOR, recovered() * 2);
      changedAtMs = now();
    },
    factor: recovered,
  };
}
