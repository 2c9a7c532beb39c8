import 'server-only';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import type { Attempts } from './attempts';
import type { ConnectObserver } from './observer';
import {
  readPickupInstructions,
  readVehicleInfo,
  type ConnectPickupInstruction,
  type ConnectVehicle,
} from './pickup-schema';
import type { Read } from './read';
import { createUnknownFieldReport } from './unknown-fields';
import { createYieldingRead, type YieldingResult } from './yielding-read';

// Reads how an order is collected: the store's instructions and the customer's vehicle.

/**
 * Reads the instructions within 4 s. Faults of Connect, and an order that is not collected, are results.
 * https://docs.instacart.com/connect/api/post_checkout/pickup/get_order_pickup_details
 */
export type GetPickup = (
  orderId: string,
  userId: string,
) => Promise<YieldingResult<ConnectPickupInstruction[]>>;

/**
 * Reads the vehicle within 4 s; its value has no vehicle if the customer has stored none.
 * https://docs.instacart.com/connect/api/post_checkout/pickup/get_vehicle_info
 */
export type GetVehicle = (
  orderId: string,
  userId: string,
) => Promise<YieldingResult<{ vehicle: ConnectVehicle | undefined }>>;

type YieldingAttempts = Pick<Attempts, 'createYieldingAttempt'>;

export function createGetPickup(
  read: Read,
  attempts: YieldingAttempts,
  observer: ConnectObserver,
): GetPickup {
  const report = createUnknownFieldReport(observer, 'pickup', new Set(['pickup_instructions']));
  const parse = withReports(readPickupInstructions, observer, report);
  const readYielding = createYieldingRead(read, attempts, parse);
  return (orderId, userId) => readYielding(toPickupPath(orderId, 'details'), userId);
}

export function createGetVehicle(
  read: Read,
  attempts: YieldingAttempts,
  observer: ConnectObserver,
): GetVehicle {
  const report = createUnknownFieldReport(observer, 'vehicle', new Set(['vehicle_info']));
  const parse = withReports(readVehicleInfo, observer, report);
  const readYielding = createYieldingRead(read, attempts, parse);
  return (orderId, userId) => readYielding(toPickupPath(orderId, 'vehicle_info'), userId);
}

export function toPickupPath(
  orderId: string,
  call: 'details' | 'vehicle_info' | 'user_arrived',
): string {
  return `/v2/post_checkout/orders/${encodeURIComponent(orderId)}/pickup/${call}`;
}

/** Reports the fields that could not be read and those that are not known. */
function withReports<T>(
  parse: (body: unknown, faults: FieldFaults) => T,
  observer: ConnectObserver,
  reportUnknownFields: (body: unknown) => void,
): (body: unknown) => T {
  return (body) => {
    const faults: FieldFaults = new Map();
    const value = parse(body, faults);
    if (faults.size > 0) observer.unreadable(faults);
    reportUnknownFields(body);
    return value;
  };
}
