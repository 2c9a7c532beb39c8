import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import type { Attempts } from './attempts';
import { readLineItems, type ConnectLineItem } from './items-schema';
import type { ConnectObserver } from './observer';
import type { Read } from './read';
import { readErrorCodes } from './schema';
import { createWorkSlices, runInSlices } from './work-slices';
import { createYieldingRead, type YieldingResult } from './yielding-read';

// Reads the items of an order.

/**
 * Reads the items within 4 s, beside the messages. Faults of Connect are results, not errors.
 * https://docs.instacart.com/connect/api/post_checkout/order_items/get_order_items
 */
export type GetItems = (
  orderId: string,
  userId: string,
) => Promise<YieldingResult<ConnectLineItem[]>>;

/**
 * Reads the items for a decision of the customer, as the messages are read. Throws Problem order_not_found,
 * upstream_unavailable, upstream_timeout or upstream_invalid.
 */
export type ReadItemsNow = (
  orderId: string,
  userId: string,
  timeoutMs: number,
) => Promise<ConnectLineItem[]>;

export function createGetItems(
  read: Read,
  attempts: Pick<Attempts, 'createYieldingAttempt'>,
  observer: ConnectObserver,
): GetItems {
  const readYielding = createYieldingRead(read, attempts, (body) => parseItems(body, observer));
  return (orderId, userId) => readYielding(toItemsPath(orderId), userId);
}

export function createReadItemsNow(
  read: Read,
  { attemptWithRetries }: Pick<Attempts, 'attemptWithRetries'>,
  observer: ConnectObserver,
): ReadItemsNow {
  return async (orderId, userId, timeoutMs) => {
    const path = toItemsPath(orderId);
    const { status, body } = await read(path, userId, attemptWithRetries, { timeoutMs });
    const items = status === 200 ? await parseItems(body, observer) : undefined;
    if (items) return items;
    if (status < 400) throw new Problem('upstream_invalid');
    const isNotFound = status === 404 && readErrorCodes(body).length > 0;
    throw new Problem(isNotFound ? 'order_not_found' : 'upstream_unavailable');
  };
}

export function toItemsPath(orderId: string): string {
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
