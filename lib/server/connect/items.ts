import 'server-only';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import type { Attempts } from './attempts';
import { readLineItems, type ConnectLineItem } from './items-schema';
import type { ConnectObserver } from './observer';
import type { Read } from './read';
import { createWorkSlices, runInSlices } from './work-slices';
import { createYieldingRead, type YieldingResult } from './yielding-read';

// Reads the items of an order.

/**
 * Reads the items within 4 s. Faults of Connect are results, not errors.
 * https://docs.instacart.com/connect/api/post_checkout/order_items/get_order_items
 */
export type GetItems = (
  orderId: string,
  userId: string,
) => Promise<YieldingResult<ConnectLineItem[]>>;

export function createGetItems(
  read: Read,
  attempts: Pick<Attempts, 'createYieldingAttempt'>,
  observer: ConnectObserver,
): GetItems {
  const readYielding = createYieldingRead(read, attempts, (body) => parseItems(body, observer));
  return (orderId, userId) => readYielding(toItemsPath(orderId), userId);
}

function toItemsPath(orderId: string): string {
  return `/v2/post_checkout/orders/${encodeURIComponent(orderId)}/items`;
}

async function parseItems(
  body: unknown,
  observer: ConnectObserver,
): Promise<ConnectLineItem[] | undefined> {
  const faults: FieldFaults = new Map();
  const items = await runInSlices(readLineItems(body, faults), createWorkSlices());
  if (faults.size > 0) observer.unreadable(faults);
  return items;
}
