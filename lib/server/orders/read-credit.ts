import 'server-only';

// Limits the reads of an order, its items and its pickup to a third of the reads of its messages, in the long run. Counted in
// thirds, because fractions would not add up exactly.

const READ_COST = 3;
/** One read of the order and one of its items. */
const PAIR_COST = 2 * READ_COST;
const MAX_SAVED = 2 * PAIR_COST;
const MAX_DEBT = PAIR_COST;

export type ReadCredit = {
  /** Counts one load: a third of a read beside the messages, a whole one in their place. */
  earn(withMessages: boolean): void;
  /** Permits reads beyond the share, because the customer has changed the order. */
  grant(reads: number): void;
  /**
   * Returns true, and counts the read, if one may be made now. An urgent read may leave a debt of two reads, so that a
   * change is shown at once; later reads wait until it is repaid.
   */
  spend(isUrgent: boolean): boolean;
  /** Returns the credit of a read that was not made. */
  refund(): void;
};

/** Starts with a read of the order and one of its items. */
export function createReadCredit(): ReadCredit {
  let saved = PAIR_COST;
  const add = (thirds: number) => void (saved = Math.min(MAX_SAVED, saved + thirds));
  return {
    earn: (withMessages) => add(withMessages ? 1 : READ_COST),
    grant: (reads) => add(reads * READ_COST),
    spend(isUrgent) {
      if (saved - READ_COST < (isUrgent ? -MAX_DEBT : 0)) return false;
      saved -= READ_COST;
      return true;
    },
    refund: () => add(READ_COST),
  };
}
