import 'server-only';

// Retry budget: in the long run retries are less than a tenth of all calls, which limits the extra load on an
// overloaded upstream. https://sre.google/sre-book/handling-overload/

const RETRIES_PER_CALL = 0.09;
// Allows a short burst of retries after a quiet time.
const MAX_SAVED_RETRIES = 10;

export type RetryBudget = {
  /** Records a call that is not a retry. */
  earn(): void;
  /** Returns true, and counts the retry, if one more retry may be made. */
  spend(): boolean;
};

export function createRetryBudget(): RetryBudget {
  let savedRetries = MAX_SAVED_RETRIES;
  return {
    earn: () => void (savedRetries = Math.min(MAX_SAVED_RETRIES, savedRetries + RETRIES_PER_CALL)),
    spend() {
      if (savedRetries < 1) return false;
      savedRetries -= 1;
      return true;
    },
  };
}
