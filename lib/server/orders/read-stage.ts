import 'server-only';
import type { Stage } from '@/lib/order/stages';
import type { GetOrder } from '@/lib/server/connect/orders';
import { toOrderDetails } from './to-order-progress';

/** The state of an order for a change by the customer. `isPickup` is true if the type is not known. */
export type OrderStage = { isPickup: boolean; stage: Stage };

/** Reads the order from Connect; undefined if it cannot be read now. */
export type ReadStage = (orderId: string, userId: string) => Promise<OrderStage | undefined>;

export function createReadStage(getOrder: GetOrder): ReadStage {
  return async function readStage(orderId, userId) {
    const result = await getOrder(orderId, userId);
    if (result.kind !== 'read') return undefined;
    const { stage } = toOrderDetails(result.value, undefined);
    return { stage, isPickup: (result.value.fulfillment_type ?? 'pickup') === 'pickup' };
  };
}
