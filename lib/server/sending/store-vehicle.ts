import 'server-only';
import type { Vehicle } from '@/lib/order/pickup';
import { Problem } from '@/lib/order/problem';
import type { ConnectClient } from '@/lib/server/connect/client';
import type { ConnectVehicle } from '@/lib/server/connect/pickup-schema';
import type { CustomerOrder } from './arrival-records';

// Stores the customer's vehicle. Storing it again changes nothing, so there are no records.

/**
 * Resolves with the vehicle as it is stored. Throws Problem invalid_request (Connect does not accept a value), not_ready
 * (not a pickup order), order_not_found, send_unconfirmed, upstream_unavailable (nothing was stored), or the error of
 * `admit`.
 */
export type StoreVehicle = (order: CustomerOrder, vehicle: Vehicle) => Promise<Vehicle>;

export function createStoreVehicle(parts: {
  setVehicle: ConnectClient['setVehicle'];
  toVehicle: (connect: ConnectVehicle | undefined) => Vehicle | undefined;
  /** Called before the call to Connect. Throws Problem slow_down. */
  admit: (order: CustomerOrder) => Promise<void>;
  /** Called when the vehicle has or may have changed. */
  onStored: (order: CustomerOrder) => void;
}): StoreVehicle {
  const { setVehicle, toVehicle, admit, onStored } = parts;

  return async function storeVehicle(order, vehicle) {
    await admit(order);
    const outcome = await setVehicle(order.orderId, order.userId, vehicle).catch(() => ({
      kind: 'unknown' as const,
    }));
    switch (outcome.kind) {
      case 'stored':
        onStored(order);
        return toVehicle(outcome.vehicle) ?? vehicle;
      case 'unknown':
        onStored(order);
        throw new Problem('send_unconfirmed');
      case 'unavailable':
        throw new Problem('upstream_unavailable', { retryAfterMs: outcome.retryAfterMs });
      case 'not_found':
        throw new Problem('order_not_found');
      case 'not_pickup':
        throw new Problem('not_ready', {
          message: 'This order is not collected at the store, so it needs no vehicle.',
        });
      case 'invalid':
        throw new Problem('invalid_request', {
          message: 'The store does not accept this vehicle.',
        });
    }
  };
}
