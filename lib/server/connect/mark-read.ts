import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { ConnectResponse } from './http';
import { readErrorCodes } from './schema';
import type { Write } from './write';

// Marks the messages of shoppers as read. Idempotent, but never repeated: the next batch marks older messages too.

const TOTAL_TIMEOUT_MS = 8_000;

/**
 * Marks all unread messages of shoppers in the chat as read. Throws Problem order_not_found, chat_closed,
 * upstream_unavailable, upstream_timeout or upstream_invalid.
 */
export type MarkRead = (orderId: string, userId: string) => Promise<void>;

export function createReadMarker(write: Write): MarkRead {
  return async function markRead(orderId, userId) {
    const path = `/v2/post_checkout/chat/${encodeURIComponent(orderId)}/messages`;
    const result = await write({ method: 'PUT', path }, userId, TOTAL_TIMEOUT_MS);
    if ('rejected' in result) throw result.rejected;
    expectMarked(result.response, result.retryAfterMs);
  };
}

// https://docs.instacart.com/connect/api/post_checkout/chat/mark_chat_messages_as_read
function expectMarked({ status, body }: ConnectResponse, retryAfterMs: number | undefined): void {
  if (status === 200) return;
  if (status < 400) throw new Problem('upstream_invalid');
  // An error without Connect's error body was sent by a proxy in between.
  const isFromConnect = readErrorCodes(body).length > 0;
  if (status === 404 && isFromConnect) throw new Problem('order_not_found');
  if (status === 403 && isFromConnect) throw new Problem('chat_closed');
  throw new Problem('upstream_unavailable', { retryAfterMs });
}
