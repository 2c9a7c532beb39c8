import 'server-only';
import { LRUCache } from 'lru-cache';
import { millisecondsInDay } from 'date-fns/constants';
import { isOver } from '@/lib/order/stages';
import type { ImageHost } from '@/lib/server/config/image-hosts';
import type { GetItems } from '@/lib/server/connect/items';
import type { GetOrder } from '@/lib/server/connect/orders';
import { createDetailPart, startRead, type Attempt, type DetailPart } from './detail-part';
import { createReadCredit, type ReadCredit } from './read-credit';
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

/**
 * `unreadable`: Connect refuses, or the setting forbids, to read the order. `pending`: nothing is known yet.
 * `isComplete`: the items are known or cannot be read.
 */
export type KnownDetails =
  | {
      kind: 'known';
      details: OrderDetails;
      seenOverAtMs: number | undefined;
      items: SerializedItems | undefined;
      isComplete: boolean;
    }
  | { kind: 'pending' }
  | { kind: 'unreadable' };

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
  /** Removes items that no page has shown for ten minutes; call it at intervals. */
  sweep(): void;
};

/** Reads nothing: ORDER_DETAILS is off. */
export const NO_ORDER_DETAILS: OrderDetailsReader = {
  start: () => ({ finish: async () => ({ kind: 'unreadable' }) }),
  invalidate: () => undefined,
  sweep: () => undefined,
};

type Entry = {
  key: string;
  credit: ReadCredit;
  order: DetailPart;
  items: DetailPart;
  details: OrderDetails | undefined;
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
  imageHosts: readonly ImageHost[];
  now: () => number;
  wait: (delayMs: number) => Promise<unknown>;
}): OrderDetailsReader {
  const { getOrder, getItems, imageHosts, now, wait } = parts;
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
      key,
      credit: createReadCredit(),
      order: createDetailPart(),
      items: createDetailPart(),
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

  function readOrder(orderId: string, userId: string, entry: Entry, isUrgent: boolean) {
    return startRead(entry.order, {
      ...{ credit: entry.credit, isUrgent, now },
      read: () => getOrder(orderId, userId),
      onRead(order) {
        const last = entry.details;
        entry.details = toOrderDetails(order, last);
        const { stage } = entry.details;
        if (last && last.stage !== stage) entry.stageSeenAtMs = now();
        entry.seenOverAtMs = isOver(stage) ? (entry.seenOverAtMs ?? now()) : undefined;
      },
      onRefused: () => void (entry.details = undefined),
    });
  }

  function readItems(orderId: string, userId: string, entry: Entry, isUrgent: boolean) {
    // Connect does not document separate permissions, so an account that may not read orders is not asked for items.
    if (now() < entry.order.refusedUntilMs) return undefined;
    return startRead(entry.items, {
      ...{ credit: entry.credit, isUrgent, now },
      read: () => getItems(orderId, userId),
      onRead: (lines) => void itemsByKey.set(entry.key, serializeItems(toItems(lines, imageHosts))),
      onRefused: () => void itemsByKey.delete(entry.key),
    });
  }

  /** The parts, of which the one that was read longer ago gets the credit first. */
  function listParts(orderId: string, userId: string, entry: Entry): Part[] {
    const order: Part = {
      state: entry.order,
      isDue: () => isOrderDue(entry),
      read: (isUrgent) => readOrder(orderId, userId, entry, isUrgent),
    };
    const items: Part = {
      state: entry.items,
      isDue: () => areItemsDue(entry),
      read: (isUrgent) => readItems(orderId, userId, entry, isUrgent),
    };
    const areItemsOlder = toAttemptMs(entry.items) < toAttemptMs(entry.order);
    return areItemsOlder ? [items, order] : [order, items];
  }

  function toKnown({ key, order, items: itemsPart, details, seenOverAtMs }: Entry): KnownDetails {
    if (now() < order.refusedUntilMs) return { kind: 'unreadable' };
    const isOutdated = ({ readAtMs }: DetailPart) => now() - readAtMs >= OUTDATED_MS;
    if (!details || (seenOverAtMs === undefined && isOutdated(order))) return { kind: 'pending' };
    const areItemsOutdated = mayItemsChange(details) && isOutdated(itemsPart);
    const items = areItemsOutdated ? undefined : itemsByKey.get(key);
    const isComplete = items !== undefined || now() < itemsPart.refusedUntilMs;
    return { kind: 'known', details, seenOverAtMs, items, isComplete };
  }

  return {
    start(orderId, userId, withMessages) {
      const startedAtMs = now();
      const entry = find(orderId, userId);
      entry.credit.earn(withMessages);
      const parts = listParts(orderId, userId, entry).map((part) => ({
        ...part,
        attempt: part.isDue() ? part.read(false) : undefined,
      }));
      return {
        async finish(updatesKey) {
          for (const { state, read, attempt } of parts) {
            const isCurrent = state.latest?.updatesKey === updatesKey;
            const ownAttempt = attempt ?? (isCurrent ? undefined : read(true));
            if (ownAttempt) ownAttempt.updatesKey = updatesKey;
          }
          const holdMs = MAX_HOLD_MS - (now() - startedAtMs);
          const reading = parts.flatMap(({ state }) => state.reading ?? []);
          if (reading.length > 0 && holdMs > 0)
            await Promise.race([Promise.all(reading), wait(holdMs)]);
          return toKnown(entry);
        },
      };
    },

    invalidate(orderId, userId) {
      const entry = find(orderId, userId);
      entry.order.isInvalidated = true;
      entry.items.isInvalidated = true;
      entry.credit.grant();
    },

    sweep: () => void itemsByKey.purgeStale(),
  };
}
