import 'server-only';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import type { Attempts } from './attempts';
import type { ConnectObserver } from './observer';
import { findUnknownFields, parseOrder, type ConnectOrder } from './order-schema';
import type { Read } from './read';
import { createYieldingRead, type YieldingResult } from './yielding-read';

// Reads an order: its state, type and window.

/**
 * Reads the order within 4 s. Faults of Connect are results, not errors.
 * https://docs.instacart.com/connect/api/post_checkout/order/get_order
 */
export type GetOrder = (orderId: string, userId: string) => Promise<YieldingResult<ConnectOrder>>;

export function createGetOrder(
  read: Read,
  attempts: Pick<Attempts, 'createYieldingAttempt'>,
  observer: ConnectObserver,
): GetOrder {
  let hasReportedFields = false;

  function parse(body: unknown): ConnectOrder | undefined {
    const faults: FieldFaults = new Map();
    const order = parseOrder(body, faults);
    if (faults.size > 0) observer.unreadable(faults);
    const unknownFields = order ? findUnknownFields(body) : [];
    if (unknownFields.length > 0 && !hasReportedFields) {
      hasReportedFields = true;
      observer.unknownFields('order', unknownFields);
    }
    return order;
  }

  const readYielding = createYieldingRead(read, attempts, parse);
  return (orderId, userId) =>
    readYielding(`/v2/post_checkout/orders/${encodeURIComponent(orderId)}`, userId);
}
