import 'server-only';

// Retry budget: in the long run retries are less than a tenth of all calls, which limits the extra load on an
// overloaded upstream. https://sre.google/sre-book/handling-overload/

const SHARE = 0.09;
const MAX_SAVED = 10;

export type RetryBudget = {
  /** Records a call that is not a retry. */
  earn(): void;
  /** Returns true, and counts the retry, if one more retry may be made. */
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
