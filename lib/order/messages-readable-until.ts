import { addHours } from 'date-fns';
import type { Update } from './order-view';

// Connect removes the chat of an order 24 hours after its delivery or cancellation, but does not report when that
// happened: https://docs.instacart.com/connect/api/post_checkout/chat/get_order_messages

const READABLE_HOURS = 24;

/**
 * When the messages of an order that is over will be removed, ISO-8601 UTC, estimated from the newest update at or before
 * the time when the order was first seen to be over. Undefined without such an update. `is_expired` alone decides
 * whether the chat has expired.
 */
export function toMessagesReadableUntil(
  updates: readonly Pick<Update, 'at'>[],
  seenOverAtMs: number,
): string | undefined {
  const endedAtMs = Math.max(
    ...updates.map(({ at }) => Date.parse(at)).filter((atMs) => atMs <= seenOverAtMs),
  );
  return Number.isFinite(endedAtMs) ? addHours(endedAtMs, READABLE_HOURS).toISOString() : undefined;
}
