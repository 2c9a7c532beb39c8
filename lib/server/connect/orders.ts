import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import type { Attempts } from './attempts';
import { createBulkhead } from './bulkhead';
import type { ConnectObserver } from './observer';
import { findUnknownFields, parseOrder, type ConnectOrder } from './order-schema';
import type { Read } from './read';
import { readErrorCodes } from './schema';

// Reads an order: its state, type and window. The messages matter more, so this call yields to them: it is not
// retried, never waits for the rate, and uses a quarter of the connections.

const TIMEOUT_MS = 4_000;
const MAX_CONCURRENT = 16;

/**
 * `refused`: Connect does not let this customer's token read the order. `failed`: no usable response. `skipped`: no call
 * was made, because Connect throttles or fails, or too many calls are in progress.
 */
export type OrderResult =
  { kind: 'order'; order: ConnectOrder } | { kind: 'refused' } | { kind: 'failed' | 'skipped' };

/**
 * Reads the order within 4 s. Faults of Connect are results, not errors.
 * https://docs.instacart.com/connect/api/post_checkout/order/get_order
 */
export type GetOrder = (orderId: string, userId: string) => Promise<OrderResult>;

export function createGetOrder(
  read: Read,
  { attemptYielding }: Pick<Attempts, 'attemptYielding'>,
  observer: ConnectObserver,
): GetOrder {
  const runBounded = createBulkhead(MAX_CONCURRENT, () => undefined);
  let hasReportedFields = false;

  function toOrder(body: unknown): OrderResult {
    const faults: FieldFaults = new Map();
    const order = parseOrder(body, faults);
    if (faults.size > 0) observer.unreadable(faults);
    if (!order) return { kind: 'failed' };
    const unknownFields = findUnknownFields(body);
    if (unknownFields.length > 0 && !hasReportedFields) {
      hasReportedFields = true;
      observer.unknownFields('order', unknownFields);
    }
    return { kind: 'order', order };
  }

  async function getOrder(orderId: string, userId: string): Promise<OrderResult> {
    const path = `/v2/post_checkout/orders/${encodeURIComponent(orderId)}`;
    try {
      const response = await read(path, userId, attemptYielding, { timeoutMs: TIMEOUT_MS });
      if (!response) return { kind: 'skipped' };
      const { status, body } = response;
      return status === 200
        ? toOrder(body)
        : { kind: isRefusal(status, body) ? 'refused' : 'failed' };
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return { kind: problem.accessRefused ? 'refused' : 'failed' };
    }
  }

  return (orderId, userId) =>
    runBounded(() => getOrder(orderId, userId)).catch((problem: unknown) => {
      if (!(problem instanceof Problem)) throw problem;
      return { kind: 'skipped' };
    });
}

// Which status a missing scope has is not documented. A 404 without Connect's error body was sent by a proxy in between.
function isRefusal(status: number, body: unknown): boolean {
  if (status === 404) return readErrorCodes(body).length > 0;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
