import 'server-only';
import { LRUCache } from 'lru-cache';
import { millisecondsInDay } from 'date-fns/constants';
import { isOver } from '@/lib/order/stages';
import type { GetOrder } from '@/lib/server/connect/orders';
import { createReadCredit, type ReadCredit } from './read-credit';
import { toOrderDetails, type OrderDetails } from './to-order-progress';

// Decides when an order is read beside its messages, and keeps what is known of it: docs/decisions/0013.

const UNDER_WAY_MS = 60_000;
const UNKNOWN_MS = 15_000;
const REFUSED_MS = 600_000;
const MAX_HOLD_MS = 2_000;
// Details of an order under way that could not be read again for so long would mislead.
const OUTDATED_MS = 600_000;
const MAX_ORDERS = 20_000;

/** `unreadable`: Connect refuses, or the setting forbids, to read the order. `pending`: nothing is known yet. */
export type KnownDetails =
  | { kind: 'known'; details: OrderDetails; seenOverAtMs: number | undefined }
  | { kind: 'pending' }
  | { kind: 'unreadable' };

/** One load of an order's messages, and what is read of the order beside it. */
export type DetailsRead = {
  /**
   * To be called with the messages. Reads the order again if `updatesKey` has changed. Resolves at the latest 2 s after
   * the start of the load; a later response is kept for the next load.
   */
  finish(updatesKey: string): Promise<KnownDetails>;
};

export type OrderDetailsReader = {
  /** Starts a read of the order if one is due. `withMessages`: whether this load reads the messages as well. */
  start(orderId: string, userId: string, withMessages: boolean): DetailsRead;
  /** Makes the next load read the order, because the customer has changed it. */
  invalidate(orderId: string, userId: string): void;
};

/** Reads nothing: ORDER_DETAILS is off. */
export const NO_ORDER_DETAILS: OrderDetailsReader = {
  start: () => ({ finish: async () => ({ kind: 'unreadable' }) }),
  invalidate: () => undefined,
};

type Attempt = { atMs: number; updatesKey: string | undefined };

type Entry = {
  credit: ReadCredit;
  known: { details: OrderDetails; readAtMs: number; seenOverAtMs: number | undefined } | undefined;
  latest: Attempt | undefined;
  refusedUntilMs: number;
  isInvalidated: boolean;
  reading: Promise<void> | undefined;
};

/** `wait` limits how long a load is held. */
export function createOrderDetails(parts: {
  getOrder: GetOrder;
  now: () => number;
  wait: (delayMs: number) => Promise<unknown>;
}): OrderDetailsReader {
  const { getOrder, now, wait } = parts;
  const entries = new LRUCache<string, Entry>({
    max: MAX_ORDERS,
    ttl: millisecondsInDay,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now },
  });

  function find(orderId: string, userId: string): Entry {
    const key = JSON.stringify([userId, orderId]);
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = {
      credit: createReadCredit(),
      known: undefined,
      latest: undefined,
      refusedUntilMs: -Infinity,
      isInvalidated: false,
      reading: undefined,
    };
    entries.set(key, entry);
    return entry;
  }

  function isDue({ known, latest, isInvalidated }: Entry): boolean {
    if (isInvalidated || !latest) return true;
    if (known && isOver(known.details.stage)) return false;
    return now() - latest.atMs >= (known ? UNDER_WAY_MS : UNKNOWN_MS);
  }

  /** Undefined if no read can be started now. */
  function startRead(orderId: string, userId: string, entry: Entry): Attempt | undefined {
    if (entry.reading || now() < entry.refusedUntilMs || !entry.credit.spend()) return undefined;
    const { latest: previous, isInvalidated: wasInvalidated } = entry;
    const attempt: Attempt = { atMs: now(), updatesKey: undefined };
    entry.latest = attempt;
    entry.isInvalidated = false;

    async function read(): Promise<void> {
      const result = await getOrder(orderId, userId);
      if (result.kind === 'read') {
        const details = toOrderDetails(result.value, entry.known?.details);
        const seenOverAtMs = isOver(details.stage)
          ? (entry.known?.seenOverAtMs ?? now())
          : undefined;
        entry.known = { details, readAtMs: attempt.atMs, seenOverAtMs };
      } else if (result.kind === 'refused') {
        entry.refusedUntilMs = now() + REFUSED_MS;
        entry.known = undefined;
      } else if (result.kind === 'skipped') {
        entry.credit.refund();
        entry.latest = previous;
        entry.isInvalidated ||= wasInvalidated;
      }
    }

    // An unexpected error must not affect the messages.
    entry.reading = read()
      .catch(() => undefined)
      .finally(() => (entry.reading = undefined));
    return attempt;
  }

  function toKnown({ known, refusedUntilMs }: Entry): KnownDetails {
    if (now() < refusedUntilMs) return { kind: 'unreadable' };
    if (!known) return { kind: 'pending' };
    const { details, seenOverAtMs, readAtMs } = known;
    const isOutdated = !isOver(details.stage) && now() - readAtMs >= OUTDATED_MS;
    return isOutdated ? { kind: 'pending' } : { kind: 'known', details, seenOverAtMs };
  }

  return {
    start(orderId, userId, withMessages) {
      const startedAtMs = now();
      const entry = find(orderId, userId);
      entry.credit.earn(withMessages);
      const attempt = isDue(entry) ? startRead(orderId, userId, entry) : undefined;
      return {
        async finish(updatesKey) {
          const ownAttempt =
            attempt ??
            (entry.latest?.updatesKey === updatesKey
              ? undefined
              : startRead(orderId, userId, entry));
          if (ownAttempt) ownAttempt.updatesKey = updatesKey;
          const holdMs = MAX_HOLD_MS - (now() - startedAtMs);
          if (entry.reading && holdMs > 0) await Promise.race([entry.reading, wait(holdMs)]);
          return toKnown(entry);
        },
      };
    },

    invalidate(orderId, userId) {
      const entry = find(orderId, userId);
      entry.isInvalidated = true;
      entry.credit.grant();
    },
  };
}
