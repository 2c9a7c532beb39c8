import 'server-only';
import { LRUCache } from 'lru-cache';
import { millisecondsInDay } from 'date-fns/constants';
import { isBeforePayment, isOver } from '@/lib/order/stages';
import type { ImageHost } from '@/lib/server/config/image-hosts';
import type { GetItems } from '@/lib/server/connect/items';
import type { GetOrder } from '@/lib/server/connect/orders';
import { createDetailPart, startRead, type Attempt, type DetailPart } from './detail-part';
import type { KnownDetails } from './known-details';
import { createPickupParts, type PickupDetails, type PickupOrder } from './pickup-details';
import { createReadCredit } from './read-credit';
import { serializeItems, type SerializedItems } from './serialized-items';
import { toItems } from './to-items';
import { toOrderDetails, type OrderDetails } from './to-order-progress';

// Decides when an order and its items are read beside the messages, and keeps what is known: docs/decisions/0013.

const UNDER_WAY_MS = 60_000;
const UNKNOWN_MS = 15_000;
const MAX_HOLD_MS = 2_000;
// Details of an order under way that could not be read again for so long would mislead.
const OUTDATED_MS = 600_000;
const MAX_ORDERS = 20_000;
const MAX_ITEM_BYTES = 32 * 1_048_576;

/** One load of an order's messages, and what is read of the order beside it. */
export type DetailsRead = {
  /**
   * To be called with the messages. Reads order and items again if `updatesKey` has changed. Resolves at the latest 2 s
   * after the start of the load; a later response is kept for the next load.
   */
  finish(updatesKey: string): Promise<KnownDetails>;
};

export type OrderDetailsReader = {
  /** Starts the reads that are due. `withMessages`: whether this load reads the messages as well. */
  start(orderId: string, userId: string, withMessages: boolean): DetailsRead;
  /** Makes the next load read order and items, because the customer has changed the order. */
  invalidate(orderId: string, userId: string): void;
  /** Makes the next load read the vehicle, because the customer has changed it. */
  invalidateVehicle(orderId: string, userId: string): void;
  /** Removes items that no page has shown for ten minutes; call it at intervals. */
  sweep(): void;
};

/** Reads nothing: ORDER_DETAILS is off. */
export const NO_ORDER_DETAILS: OrderDetailsReader = {
  start: () => ({ finish: async () => ({ kind: 'unreadable' }) }),
  invalidate: () => undefined,
  invalidateVehicle: () => undefined,
  sweep: () => undefined,
};

type Entry = PickupOrder & {
  order: DetailPart;
  items: DetailPart;
  /** When an order read showed another stage than the one before; -Infinity if the stage has not changed. */
  stageSeenAtMs: number;
  seenOverAtMs: number | undefined;
};

type Part = {
  state: DetailPart;
  isDue: () => boolean;
  read: (isUrgent: boolean) => Attempt | undefined;
};

function toAttemptMs({ latest }: DetailPart): number {
  return latest?.atMs ?? -Infinity;
}

function mayItemsChange(details: OrderDetails | undefined): boolean {
  return !details || details.stage === 'shopping' || details.stage === 'unknown';
}

/** `wait` limits how long a load is held. */
export function createOrderDetails(parts: {
  getOrder: GetOrder;
  getItems: GetItems;
  pickups: PickupDetails;
  imageHosts: readonly ImageHost[];
  now: () => number;
  wait: (delayMs: number) => Promise<unknown>;
}): OrderDetailsReader {
  const { getOrder, getItems, pickups, imageHosts, now, wait } = parts;
  const entries = new LRUCache<string, Entry>({
    max: MAX_ORDERS,
    ttl: millisecondsInDay,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now },
  });
  // Apart from the entries, because a list of items takes a hundred times the memory.
  const itemsByKey = new LRUCache<string, SerializedItems>({
    ttl: OUTDATED_MS,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now },
    maxSize: MAX_ITEM_BYTES,
    sizeCalculation: ({ byteLength }) => byteLength,
  });

  function find(orderId: string, userId: string): Entry {
    const key = JSON.stringify([userId, orderId]);
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = {
      ...{ orderId, userId, key },
      credit: createReadCredit(),
      order: createDetailPart(),
      items: createDetailPart(),
      pickup: createPickupParts(),
      details: undefined,
      stageSeenAtMs: -Infinity,
      seenOverAtMs: undefined,
    };
    entries.set(key, entry);
    return entry;
  }

  function isOrderDue({ order: { latest, isInvalidated }, details, seenOverAtMs }: Entry): boolean {
    if (isInvalidated || !latest) return true;
    if (seenOverAtMs !== undefined) return false;
    return now() - latest.atMs >= (details ? UNDER_WAY_MS : UNKNOWN_MS);
  }

  // Items change while the shopper picks. The list before a change of the stage may lack the last changes.
  function areItemsDue({ key, items, details, stageSeenAtMs }: Entry): boolean {
    const { latest, readAtMs, isInvalidated } = items;
    if (isInvalidated || !latest) return true;
    const isKnown = itemsByKey.has(key) && readAtMs >= stageSeenAtMs;
    if (!isKnown) return now() - latest.atMs >= UNKNOWN_MS;
    return mayItemsChange(details) && now() - latest.atMs >= UNDER_WAY_MS;
  }

  function readOrder(entry: Entry, isUrgent: boolean) {
    return startRead(entry.order, {
      ...{ credit: entry.credit, isUrgent, now },
      read: () => getOrder(entry.orderId, entry.userId),
      onRead(order) {
        const last = entry.details;
        entry.details = toOrderDetails(order, last);
        const { stage } = entry.details;
        if (last && last.stage !== stage) entry.stageSeenAtMs = now();
        entry.seenOverAtMs = isOver(stage) ? (entry.seenOverAtMs ?? now()) : undefined;
        pickups.start(entry, true);
      },
      onRefused: () => void (entry.details = undefined),
    });
  }

  function readItems(entry: Entry, isUrgent: boolean) {
    // Connect does not document separate permissions, so an account that may not read orders is not asked for items.
    if (now() < entry.order.refusedUntilMs) return undefined;
    return startRead(entry.items, {
      ...{ credit: entry.credit, isUrgent, now },
      read: () => getItems(entry.orderId, entry.userId),
      onRead: (lines) => void itemsByKey.set(entry.key, serializeItems(toItems(lines, imageHosts))),
      onRefused: () => void itemsByKey.delete(entry.key),
    });
  }

  /** The parts, of which the one that was read longer ago gets the credit first. */
  function listParts(entry: Entry): Part[] {
    const order: Part = {
      state: entry.order,
      isDue: () => isOrderDue(entry),
      read: (isUrgent) => readOrder(entry, isUrgent),
    };
    const items: Part = {
      state: entry.items,
      isDue: () => areItemsDue(entry),
      read: (isUrgent) => readItems(entry, isUrgent),
    };
    const areItemsOlder = toAttemptMs(entry.items) < toAttemptMs(entry.order);
    return areItemsOlder ? [items, order] : [order, items];
  }

  function listReading({ order, items, pickup }: Entry): Promise<void>[] {
    const parts = [order, items, pickup.instructions, pickup.vehicle];
    return parts.flatMap(({ reading }) => reading ?? []);
  }

  // The response for an order may start the reads of its pickup.
  async function untilRead(entry: Entry): Promise<void> {
    for (let reading = listReading(entry); reading.length > 0; reading = listReading(entry))
      await Promise.all(reading);
  }

  function toKnown(entry: Entry): KnownDetails {
    const { key, order, items: itemsPart, details, seenOverAtMs } = entry;
    if (now() < order.refusedUntilMs) return { kind: 'unreadable' };
    const isOutdated = ({ readAtMs }: DetailPart) => now() - readAtMs >= OUTDATED_MS;
    if (!details || (seenOverAtMs === undefined && isOutdated(order))) return { kind: 'pending' };
    const areItemsOutdated = mayItemsChange(details) && isOutdated(itemsPart);
    const read = areItemsOutdated ? undefined : itemsByKey.get(key);
    const items = isBeforePayment(details.stage) ? read : (read?.settled ?? read);
    const isComplete = items !== undefined || now() < itemsPart.refusedUntilMs;
    return { kind: 'known', details, seenOverAtMs, items, pickup: pickups.find(entry), isComplete };
  }

  return {
    start(orderId, userId, withMessages) {
      const startedAtMs = now();
      const entry = find(orderId, userId);
      entry.credit.earn(withMessages);
      const parts = listParts(entry).map((part) => ({
        ...part,
        attempt: part.isDue() ? part.read(part.state.isInvalidated) : undefined,
      }));
      pickups.start(entry, false);
      return {
        async finish(updatesKey) {
          for (const { state, read, attempt } of parts) {
            const isCurrent = state.latest?.updatesKey === updatesKey;
            const ownAttempt = attempt ?? (isCurrent ? undefined : read(true));
            if (ownAttempt) ownAttempt.updatesKey = updatesKey;
          }
          pickups.follow(entry, updatesKey);
          const holdMs = MAX_HOLD_MS - (now() - startedAtMs);
          if (listReading(entry).length > 0 && holdMs > 0)
            await Promise.race([untilRead(entry), wait(holdMs)]);
          pickups.follow(entry, updatesKey);
          return toKnown(entry);
        },
      };
    },

    invalidate(orderId, userId) {
      const entry = find(orderId, userId);
      entry.order.isInvalidated = true;
      entry.items.isInvalidated = true;
      entry.credit.grant(2);
    },

    invalidateVehicle(orderId, userId) {
      const entry = find(orderId, userId);
      entry.pickup.vehicle.isInvalidated = true;
      entry.credit.grant(1);
    },

    sweep() {
      itemsByKey.purgeStale();
      pickups.sweep();
    },
  };
}
