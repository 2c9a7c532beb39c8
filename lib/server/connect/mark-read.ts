import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { ConnectRequest, ConnectResponse } from './http';
import { readErrorCodes } from './schema';

// Marks the messages of shoppers as read. Idempotent, but never repeated: the next batch marks older messages too.

const TOTAL_TIMEOUT_MS = 8_000;

/**
 * Marks all unread messages of shoppers in the chat as read. Throws Problem order_not_found, chat_closed,
 * upstream_unavailable, upstream_timeout or upstream_invalid.
 */
export type MarkRead = (orderId: string, userId: string) => Promise<void>;

/** Makes one attempt, and a second one with a new token only after a 401. */
export function createReadMarker(parts: {
  getToken: (userId: string, signal: AbortSignal) => Promise<string>;
  tokenAccepted: (userId: string, accessToken: string) => void;
  /** Returns false if a new token must not be requested yet. */
  tokenRefused: (userId: string, accessToken: string) => boolean;
  /** Throws Problem until the Retry-After of Connect has passed. */
  rejectWhileThrottled: () => void;
  /** Throws Problem while the breaker is open. */
  acquireBreaker: (key: string) => (request: ConnectRequest) => Promise<ConnectResponse>;
  toRetryAfterMs: (response: ConnectResponse) => number | undefined;
}): MarkRead {
  const { getToken, tokenAccepted, tokenRefused, toRetryAfterMs } = parts;

  return async function markRead(orderId, userId) {
    const signal = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
    const path = `/v2/post_checkout/chat/${encodeURIComponent(orderId)}/messages`;
    parts.rejectWhileThrottled();
    for (let refusals = 0; ; refusals++) {
      const accessToken = await getToken(userId, signal);
      // The path alone is the key of sending, which must go on while marking fails.
      const attempt = parts.acquireBreaker(`PUT ${path}`);
      const response = await attempt({
        method: 'PUT',
        path,
        accessToken,
        signal,
        newConnection: true,
      });
      if (response.status !== 401) {
        tokenAccepted(userId, accessToken);
        return expectMarked(response, toRetryAfterMs(response));
      }
      if (refusals > 0 || !tokenRefused(userId, accessToken))
        throw new Problem('upstream_unavailable', { accessRefused: true });
    }
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
