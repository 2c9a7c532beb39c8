import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import type { Attempts } from './attempts';
import type { ConnectResponse } from './http';
import type { ConnectObserver } from './observer';
import type { Read } from './read';
import { readErrorCodes, readOrderMessages, type ConnectOrderMessages } from './schema';
import { createWorkSlices, runInSlices } from './work-slices';

// Reads the messages of an order. They matter most, so this call waits for the rate and is retried.

const TOTAL_TIMEOUT_MS = 8_000;

/**
 * `unchanged`: the body has the digest `knownDigest`. `chat-unavailable`: shopper information is removed for the
 * account, so this operation always fails.
 */
type OrderMessagesResult =
  | { kind: 'messages'; messages: ConnectOrderMessages; digest: string | undefined }
  | { kind: 'unchanged' }
  | { kind: 'chat-unavailable' };

/** `knownDigest`: digest of the response that the caller has; an equal response is returned as `unchanged`. */
type ReadOptions = { timeoutMs?: number; knownDigest?: string | undefined };

/**
 * Reads the messages within `timeoutMs`, 8 s by default. Throws Problem order_not_found, upstream_unavailable,
 * upstream_timeout or upstream_invalid.
 * https://docs.instacart.com/connect/api/post_checkout/chat/get_order_messages
 */
export type GetOrderMessages = (
  orderId: string,
  userId: string,
  options?: ReadOptions,
) => Promise<OrderMessagesResult>;

export function createGetOrderMessages(
  read: Read,
  { attemptWithRetries }: Pick<Attempts, 'attemptWithRetries'>,
  observer: ConnectObserver,
): GetOrderMessages {
  return async (orderId, userId, { timeoutMs = TOTAL_TIMEOUT_MS, knownDigest } = {}) => {
    const path = `/v2/post_checkout/orders/${encodeURIComponent(orderId)}/order_messages`;
    const response = await read(path, userId, attemptWithRetries, { timeoutMs, knownDigest });
    return knownDigest !== undefined && response.digest === knownDigest
      ? { kind: 'unchanged' }
      : toOrderMessagesResult(response, observer);
  };
}

// Errors are identified by code: https://docs.instacart.com/connect/api/error_and_status_codes
async function toOrderMessagesResult(
  { status, body, digest }: ConnectResponse,
  observer: ConnectObserver,
): Promise<OrderMessagesResult> {
  if (status === 200) {
    const faults: FieldFaults = new Map();
    const messages = await runInSlices(readOrderMessages(body, faults), createWorkSlices());
    if (faults.size > 0) observer.unreadable(faults);
    if (messages) return { kind: 'messages', messages, digest };
  }
  // A 404 without Connect's error body was sent by a proxy in between.
  const codes = readErrorCodes(body);
  if (status === 404 && codes.length > 0) throw new Problem('order_not_found');
  if (status === 404) throw new Problem('upstream_unavailable');
  // The only documented 403 of this operation, "Shopper PII", has the code null.
  if (status === 403 && codes.includes(null)) return { kind: 'chat-unavailable' };
  if (status >= 400) throw new Problem('upstream_unavailable', { accessRefused: true });
  throw new Problem('upstream_invalid');
}
