import 'server-only';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import type { Attempts } from './attempts';
import type { ConnectObserver } from './observer';
import { ORDER_FIELDS, parseOrder, type ConnectOrder } from './order-schema';
import type { Read } from './read';
import { createUnknownFieldReport } from './unknown-fields';
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
  const reportUnknownFields = createUnknownFieldReport(observer, 'order', ORDER_FIELDS);

  function parse(body: unknown): ConnectOrder | undefined {
    const faults: FieldFaults = new Map();
    const order = parseOrder(body, faults);
    if (faults.size > 0) observer.unreadable(faults);
    reportUnknownFields(body);
    return order;
  }

  const readYielding = createYieldingRead(read, attempts, parse);
  return (orderId, userId) =>
    readYielding(`/v2/post_checkout/orders/${encodeURIComponent(orderId)}`, userId);
}
