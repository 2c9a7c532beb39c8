import 'server-only';
import { Problem } from '@/lib/order/problem';
import { wasNeverSent, type ConnectResponse } from './http';
import { toItemsPath } from './items';
import { readErrorCodes } from './schema';
import type { Write } from './write';

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
  /** The decision has not arrived; a later attempt may succeed. */
  | { kind: 'unavailable'; retryAfterMs: number | undefined }
  /** The decision may have arrived. */
  | { kind: 'unknown' };

/** Faults of Connect or of the network are outcomes, not errors. */
export type DecideReplacement = (
  orderId: string,
  userId: string,
  itemId: string,
  status: ReplacementStatus,
) => Promise<DecisionOutcome>;

export function createReplacementDecider(write: Write): DecideReplacement {
  return async function decideReplacement(orderId, userId, itemId, status) {
    const path = `${toItemsPath(orderId)}/${encodeURIComponent(itemId)}/replacement`;
    try {
      const result = await write(
        { method: 'PUT', path, body: { status } },
        userId,
        TOTAL_TIMEOUT_MS,
      );
      if ('rejected' in result)
        return { kind: 'unavailable', retryAfterMs: result.rejected.retryAfterMs };
      return toOutcome(result.response, result.retryAfterMs);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return wasNeverSent(problem)
        ? { kind: 'unavailable', retryAfterMs: undefined }
        : { kind: 'unknown' };
    }
  };
}

// Only the codes of some refusals are documented, so the caller reads the items to learn the reason.
// https://docs.instacart.com/connect/api/post_checkout/order_items/handle_order_item_replacement
function toOutcome(
  { status, body }: ConnectResponse,
  retryAfterMs: number | undefined,
): DecisionOutcome {
  if (status === 200) return { kind: 'decided' };
  if (status < 400 || status === 408 || status >= 500) return { kind: 'unknown' };
  // An error without Connect's error body was sent by a proxy in between.
  const isFromConnect = status !== 429 && readErrorCodes(body).length > 0;
  return isFromConnect ? { kind: 'refused' } : { kind: 'unavailable', retryAfterMs };
}
