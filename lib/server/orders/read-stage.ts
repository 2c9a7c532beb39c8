import 'server-only';
import type { Stage } from '@/lib/order/stages';
import type { GetOrder } from '@/lib/server/connect/orders';
import { toOrderDetails } from './to-order-progress';

/** The state of an order for a change by the customer. `isPickup` is true if the type is not known. */
type OrderStage = { isPickup: boolean; stage: Stage };

export function createReadStage(getOrder: GetOrder) {
  /** Reads the order from Connect; undefined if it cannot be read now. */
  return async function readStage(
    orderId: string,
    userId: string,
  ): Promise<OrderStage | undefined> {
    const result = await getOrder(orderId, userId);
    if (result.kind !== 'read') return undefined;
    const { stage } = toOrderDetails(result.value, undefined);
    return { stage, isPickup: (result.value.fulfillment_type ?? 'pickup') === 'pickup' };
  };
}
