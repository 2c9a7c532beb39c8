import 'server-only';

// Limits the reads of one order to a third of the reads of its messages, in the long run. Counted in thirds, because
// fractions would not add up exactly.

const READ_COST = 3;
const MAX_SAVED = 3 * READ_COST;

export type ReadCredit = {
  /** Counts one load: a third of a read beside the messages, a whole one in their place. */
  earn(withMessages: boolean): void;
  /** Permits one read beyond the share. */
  grant(): void;
  /** Returns true, and counts the read, if one may be made now. */
  spend(): boolean;
  /** Returns the credit of a read that was not made. */
  refund(): void;
};

/** Starts with one read. */
export function createReadCredit(): ReadCredit {
  let saved = READ_COST;
  const add = (thirds: number) => void (saved = Math.min(MAX_SAVED, saved + thirds));
  return {
    earn: (withMessages) => add(withMessages ? 1 : READ_COST),
    grant: () => add(READ_COST),
    spend() {
      if (saved < READ_COST) return false;
      saved -= READ_COST;
      return true;
    },
    refund: () => add(READ_COST),
  };
}
