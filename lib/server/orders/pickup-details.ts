import 'server-only';
import { LRUCache } from 'lru-cache';
import type { Stage } from '@/lib/order/stages';
import type { ImageHost } from '@/lib/server/config/image-hosts';
import type { GetPickup, GetVehicle } from '@/lib/server/connect/pickup';
import { createDetailPart, startRead, type DetailPart } from './detail-part';
import type { ReadCredit } from './read-credit';
import {
  serializeInstructions,
  serializeVehicle,
  toPickupByteLength,
  type SerializedPickup,
} from './serialized-pickup';
import type { OrderDetails } from './to-order-progress';
import { toPickupInstructions, toVehicle } from './to-pickup';

// Decides when the instructions and the vehicle of a pickup order are read, and keeps them: docs/decisions/0015.

// Only the customer changes the vehicle, on this page or with another device.
const VEHICLE_MS = 300_000;
const UNKNOWN_MS = 15_000;
const KEPT_MS = 600_000;
const MAX_BYTES = 8 * 1_048_576;
// An entry without bytes still takes memory.
const ENTRY_BYTES = 500;
/** Before packing the customer has nothing to do; a state that is not documented may be any of these stages. */
const SHOWN_STAGES = new Set<Stage>(['packing', 'ready', 'handing_over', 'unknown']);
const NOTHING_READ: SerializedPickup = {};

/** The order whose pickup is read. `credit` is shared with the reads of the order and of its items. */
export type PickupOrder = {
  orderId: string;
  userId: string;
  key: string;
  credit: ReadCredit;
  details: OrderDetails | undefined;
  pickup: PickupParts;
};
export type PickupParts = { instructions: DetailPart; vehicle: DetailPart };

export type PickupDetails = {
  /** Starts the reads that are due. `isUrgent`: the credit may go into debt. */
  start(order: PickupOrder, isUrgent: boolean): void;
  /** Reads the instructions again if the updates have changed, because a runner may not be found. */
  follow(order: PickupOrder, updatesKey: string): void;
  /** Undefined for an order that is not collected, in stages without a pickup, and if Connect refuses to read it. */
  find(order: PickupOrder): SerializedPickup | undefined;
  /** Removes what no page has shown for ten minutes; call it at intervals. */
  sweep(): void;
};

export function createPickupParts(): PickupParts {
  return { instructions: createDetailPart(), vehicle: createDetailPart() };
}

export function createPickupDetails(options: {
  getPickup: GetPickup;
  getVehicle: GetVehicle;
  imageHosts: readonly ImageHost[];
  now: () => number;
}): PickupDetails {
  const { getPickup, getVehicle, imageHosts, now } = options;
  const kept = new LRUCache<string, SerializedPickup>({
    ttl: KEPT_MS,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now },
    maxSize: MAX_BYTES,
    sizeCalculation: (pickup) => ENTRY_BYTES + toPickupByteLength(pickup),
  });
  const keep = (key: string, changes: SerializedPickup) =>
    void kept.set(key, { ...kept.get(key), ...changes });

  function isShown({ details, pickup }: PickupOrder): boolean {
    if (details?.type !== 'pickup' || !SHOWN_STAGES.has(details.stage)) return false;
    return now() >= pickup.instructions.refusedUntilMs;
  }

  function isDue({ latest, isInvalidated }: DetailPart, intervalMs: number): boolean {
    return isInvalidated || !latest || now() - latest.atMs >= intervalMs;
  }

  function readInstructions(order: PickupOrder, isUrgent: boolean) {
    const { orderId, userId, key, credit } = order;
    return startRead(order.pickup.instructions, {
      ...{ credit, isUrgent, now },
      read: () => getPickup(orderId, userId),
      onRead: (rows) =>
        keep(key, { instructions: serializeInstructions(toPickupInstructions(rows, imageHosts)) }),
      onRefused: () => void kept.delete(key),
    });
  }

  function readVehicle(order: PickupOrder, isUrgent: boolean) {
    const { orderId, userId, key, credit } = order;
    return startRead(order.pickup.vehicle, {
      ...{ credit, isUrgent, now },
      read: () => getVehicle(orderId, userId),
      onRead({ vehicle }) {
        const read = serializeVehicle(toVehicle(vehicle));
        const known = kept.get(key);
        // The same object keeps the representations of the order.
        if (!known || read?.contentHash !== known.vehicle?.contentHash)
          keep(key, { vehicle: read });
      },
      onRefused: () => keep(key, { vehicle: undefined }),
    });
  }

  return {
    start(order, isUrgent) {
      if (!isShown(order)) return;
      const { instructions, vehicle } = order.pickup;
      const known = kept.get(order.key);
      // The change of the stage has used up the credit, and a customer on the way to the store needs the instructions.
      if (isUrgent && !instructions.latest) order.credit.grant(2);
      // No time changes instructions; an update may, and `follow` reads them then.
      if (isDue(instructions, known?.instructions ? Infinity : UNKNOWN_MS))
        readInstructions(order, isUrgent);
      const isVehicleKnown = known && vehicle.readAtMs > -Infinity;
      if (isDue(vehicle, isVehicleKnown ? VEHICLE_MS : UNKNOWN_MS))
        readVehicle(order, isUrgent || vehicle.isInvalidated);
    },

    follow(order, updatesKey) {
      const { latest } = order.pickup.instructions;
      if (!latest || !isShown(order)) return;
      const isCurrent = latest.updatesKey === undefined || latest.updatesKey === updatesKey;
      const attempt = isCurrent ? latest : readInstructions(order, true);
      if (attempt) attempt.updatesKey = updatesKey;
    },

    find(order) {
      return isShown(order) ? (kept.get(order.key) ?? NOTHING_READ) : undefined;
    },

    sweep: () => void kept.purgeStale(),
  };
}
