import 'server-only';

// Retries are less than a tenth of all calls, but for the first few hundred, so that not more is asked of an
// upstream in trouble (Google SRE, "Handling Overload").

const SHARE = 0.09;
const MAX_SAVED = 10;

export type RetryBudget = {
  /** Counts a call that is no retry. */
  earn(): void;
  /** True if one more retry may be made, and counts it. */
  spend(): boolean;
};

export function createRetryBudget(): RetryBudget {
  let saved = MAX_SAVED;
  return {
    earn: () => void (saved = Math.min(MAX_SAVED, saved + SHARE)),
    spend() {
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}
