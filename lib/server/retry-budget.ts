import 'server-only';

// Retries are a tenth of all requests in the long run, so that an upstream in trouble is not asked more of
// (Google SRE, "Handling Overload").

const SHARE = 0.1;
const MAX_SAVED = 10;

export type RetryBudget = {
  /** Counts a request. */
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
