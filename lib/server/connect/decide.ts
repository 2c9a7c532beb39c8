import 'server-only';
import { toItemsPath } from './items';
import type { Write } from './write';
import { writeOnce, type NoAnswer } from './write-outcome';

// Decides about the replacement of one item. A decision cannot be taken back, so a call that may have arrived is never
// repeated.

const TOTAL_TIMEOUT_MS = 4_000;

/** Values of the API: the replacement is kept, or the item is refunded. */
export type ReplacementStatus = 'APPROVED' | 'REJECTED';

export type DecisionOutcome =
  /** Connect accepted the decision. */
  | { kind: 'decided' }
  /** Connect refused it: it was answered before, the shopper has paid, or there is no such item. */
  | { kind: 'refused' }
  | NoAnswer;

/** Faults of Connect or of the network are outcomes, not errors. */
export type DecideReplacement = (
  orderId: string,
  userId: string,
  itemId: string,
  status: ReplacementStatus,
) => Promise<DecisionOutcome>;

/** https://docs.instacart.com/connect/api/post_checkout/order_items/handle_order_item_replacement */
export function createReplacementDecider(write: Write): DecideReplacement {
  return function decideReplacement(orderId, userId, itemId, status) {
    const path = `${toItemsPath(orderId)}/${encodeURIComponent(itemId)}/replacement`;
    return writeOnce<DecisionOutcome>(
      write,
      { method: 'PUT', path, body: { status } },
      { userId, timeoutMs: TOTAL_TIMEOUT_MS },
      {
        accept: () => ({ kind: 'decided' }),
        // Only the codes of some refusals are documented, so the caller reads the items to learn the reason.
        refuse: () => ({ kind: 'refused' }),
      },
    );
  };
}
