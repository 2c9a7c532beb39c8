import 'server-only';
import type { Vehicle } from '@/lib/order/pickup';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import type { ConnectObserver } from './observer';
import { toPickupPath } from './pickup';
import { readVehicleInfo, type ConnectVehicle } from './pickup-schema';
import type { Write } from './write';
import { writeOnce, type NoAnswer } from './write-outcome';

// Stores the vehicle in which the customer comes. Not repeated: the customer can store it again.

const TOTAL_TIMEOUT_MS = 4_000;
const NOT_PICKUP = 4001;

export type VehicleOutcome =
  /** `vehicle` is as Connect has it now; undefined if its response has none. */
  | { kind: 'stored'; vehicle: ConnectVehicle | undefined }
  | { kind: 'not_pickup' }
  | { kind: 'not_found' }
  /** Connect does not accept a value. */
  | { kind: 'invalid' }
  | NoAnswer;

/** Faults of Connect or of the network are outcomes, not errors. */
export type SetVehicle = (
  orderId: string,
  userId: string,
  vehicle: Vehicle,
) => Promise<VehicleOutcome>;

/**
 * Not established: whether a field that is left out keeps its value, and the error for a value that is not listed.
 * https://docs.instacart.com/connect/api/post_checkout/pickup/create_update_vehicle_info
 */
export function createVehicleSetter(write: Write, observer: ConnectObserver): SetVehicle {
  return function setVehicle(orderId, userId, { model, kind, color, plate }) {
    const body = { model, vehicle_type: kind, color, license_plate: plate };
    return writeOnce<VehicleOutcome>(
      write,
      { method: 'PUT', path: toPickupPath(orderId, 'vehicle_info'), body },
      { userId, timeoutMs: TOTAL_TIMEOUT_MS },
      { accept: (response) => accept(response, observer), refuse },
    );
  };
}

function accept(body: unknown, observer: ConnectObserver): VehicleOutcome {
  const faults: FieldFaults = new Map();
  const read = readVehicleInfo(body, faults);
  if (faults.size > 0) observer.unreadable(faults);
  return { kind: 'stored', vehicle: read?.vehicle };
}

function refuse(status: number, codes: readonly (number | null)[]): VehicleOutcome | undefined {
  if (status === 404) return { kind: 'not_found' };
  if (status !== 400) return undefined;
  return { kind: codes.includes(NOT_PICKUP) ? 'not_pickup' : 'invalid' };
}
