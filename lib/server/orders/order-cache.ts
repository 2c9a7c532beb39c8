import 'server-only';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import type { SerializedOrder } from './serialized-order';

// Caches orders in memory for about a minute (stale-if-error): one call to Connect serves all readers of an order.

const MIN_FRESH_MS = 2_000;
// This is less than STALE_MS, so that an entry is read again before it expires.
const MAX_FRESH_MS = 50_000;
const STALE_MS = 60_000;
// The share of Connect's rate that reads may use; retries need the remainder. Determined by simulating 500 pages.
const RATE_SHARE = 0.93;
const MAX_BYTES = 64 * 1_048_576;
// An open page polls at least this often.
const ACTIVE_MS = 60_000;
const MAX_ACTIVE = 100_000;

export type CachedOrder = {
  order: SerializedOrder;
  asOfMs: number;
  stale: boolean;
  /** Age up to which an entry is returned without calling Connect. */
  freshMs: number;
  /** Connect's Retry-After, if the last read failed. */
  retryAfterMs?: number | undefined;
};
type Entry = { order: SerializedOrder; asOfMs: number; isInvalidated?: boolean };

export type OrderCache = {
  /** Synchronous: returns a fresh entry, or undefined if Connect must be called. */
  getFresh(orderId: string, userId: string): CachedOrder | undefined;
  /** Returns a fresh entry, or a stale one if `load` fails. Throws the error of `load` if there is no entry. */
  get(orderId: string, userId: string): Promise<CachedOrder>;
  /** Makes the next reader call Connect, because entries and running reads lack a message that was just sent. */
  invalidate(orderId: string, userId: string): void;
  /** Number of cached orders. */
  count(): number;
  /** Current lifetime of a fresh entry. */
  freshMs(): number;
  /** Removes expired entries; call it at intervals. */
  sweep(): void;
};

export function createOrderCache(
  load: (
    orderId: string,
    userId: string,
    known: SerializedOrder | undefined,
  ) => Promise<SerializedOrder>,
  now: () => number,
  /** Calls per second that Connect accepts; Infinity if it has set no limit. */
  sustainableRate: () => number = () => Infinity,
): OrderCache {
  const entries = new LRUCache<string, Entry>({
    ttl: STALE_MS,
    ttlResolution: 0,
    perf: { now },
    maxSize: MAX_BYTES,
    // The entry also contains the compressed body, so it counts double.
    sizeCalculation: ({ order }) => 2 * order.byteLength,
  });
  // Includes orders that could not be read yet.
  const active = new LRUCache<string, true>({
    max: MAX_ACTIVE,
    ttl: ACTIVE_MS,
    ttlResolution: 0,
    perf: { now },
  });
  const loading = new Map<string, Promise<Entry>>();

  function reload(key: string, orderId: string, userId: string): Promise<Entry> {
    const shared: Promise<Entry> = load(orderId, userId, entries.get(key)?.order)
      .then((order) => {
        const entry = { order, asOfMs: now() };
        if (loading.get(key) === shared) entries.set(key, entry);
        return entry;
      })
      .catch((problem: unknown) => {
        const mayReturnStale =
          problem instanceof Problem &&
          problem.code !== 'order_not_found' &&
          !problem.accessRefused;
        if (!mayReturnStale) entries.delete(key);
        throw problem;
      })
      .finally(() => {
        if (loading.get(key) === shared) loading.delete(key);
      });
    loading.set(key, shared);
    return shared;
  }

  // Divides Connect's rate among all orders that have an open page.
  function readFreshMs(): number {
    const intervalMs = (1_000 * RATE_SHARE * active.size) / sustainableRate();
    return Math.min(MAX_FRESH_MS, Math.max(MIN_FRESH_MS, intervalMs));
  }

  function findFresh(key: string, freshMs: number): CachedOrder | undefined {
    const entry = entries.get(key);
    if (!entry || entry.isInvalidated || now() - entry.asOfMs >= freshMs) return undefined;
    return { order: entry.order, asOfMs: entry.asOfMs, stale: false, freshMs };
  }

  return {
    getFresh(orderId, userId) {
      return findFresh(toKey(orderId, userId), readFreshMs());
    },

    async get(orderId, userId) {
      const key = toKey(orderId, userId);
      active.set(key, true);
      const freshMs = readFreshMs();
      const fresh = findFresh(key, freshMs);
      if (fresh) return fresh;
      const shared = loading.get(key) ?? reload(key, orderId, userId);
      try {
        return { ...(await shared), stale: false, freshMs };
      } catch (problem) {
        const staleEntry = entries.get(key);
        const retryAfterMs = problem instanceof Problem ? problem.retryAfterMs : undefined;
        // A final order does not change, so its entry is never stale.
        if (staleEntry)
          return { ...staleEntry, stale: !staleEntry.order.isFinal, freshMs, retryAfterMs };
        throw problem;
      }
    },

    invalidate(orderId, userId) {
      const key = toKey(orderId, userId);
      loading.delete(key);
      const entry = entries.peek(key);
      if (entry) entry.isInvalidated = true;
    },

    count: () => entries.size,

    freshMs: readFreshMs,

    sweep() {
      entries.purgeStale();
      active.purgeStale();
    },
  };
}

function toKey(orderId: string, userId: string): string {
  return JSON.stringify([userId, orderId]);
}
