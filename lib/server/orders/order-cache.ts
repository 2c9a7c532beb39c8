import 'server-only';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import type { SerializedOrder } from './serialized-order';

// Orders as last read from Connect: one call for all readers, kept in memory for about a minute.

const MIN_FRESH_MS = 2_000;
// Below the age at which what was read is dropped.
const MAX_FRESH_MS = 50_000;
const STALE_MS = 60_000;
// So that a limit that is met now and then leaves time for all: found by simulating 500 pages.
const RATE_SHARE = 0.93;
const MAX_BYTES = 64 * 1_048_576;
// A page that is open asks at least so often.
const ACTIVE_MS = 60_000;
const MAX_ACTIVE = 100_000;

export type CachedOrder = {
  order: SerializedOrder;
  asOfMs: number;
  stale: boolean;
  /** How long such a reading is given out before the next one. */
  freshMs: number;
  /** How long Connect wants to be left alone. */
  retryAfterMs?: number | undefined;
};
type Entry = { order: SerializedOrder; asOfMs: number; isInvalidated?: boolean };

export type OrderCache = {
  /** What was read within the last moments; undefined where Connect has to be asked. */
  getFresh(orderId: string, userId: string): CachedOrder | undefined;
  /** Throws what `load` throws when there is nothing recent enough to fall back on. */
  get(orderId: string, userId: string): Promise<CachedOrder>;
  /** The next reader asks Connect: what was read, or is being read, lacks what has just been sent. */
  invalidate(orderId: string, userId: string): void;
  /** How many orders are in memory. */
  count(): number;
  /** How long a reading is given out now. */
  freshMs(): number;
  /** Forgets all that is too old to be shown; to be called now and then. */
  sweep(): void;
};

export function createOrderCache(
  /** `known`: what to return if it is still the same. */
  load: (
    orderId: string,
    userId: string,
    known: SerializedOrder | undefined,
  ) => Promise<SerializedOrder>,
  now: () => number,
  /** Calls a second that the upstream takes; Infinity where it has set no limit. */
  sustainableRate: () => number = () => Infinity,
): OrderCache {
  const entries = new LRUCache<string, Entry>({
    ttl: STALE_MS,
    ttlResolution: 0,
    perf: { now },
    maxSize: MAX_BYTES,
    // Compressed it is kept once more.
    sizeCalculation: ({ order }) => 2 * order.byteLength,
  });
  // Also those that nobody could be shown yet.
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
        const mayShowOld =
          problem instanceof Problem &&
          problem.code !== 'order_not_found' &&
          !problem.accessRefused;
        if (!mayShowOld) entries.delete(key);
        throw problem;
      })
      .finally(() => {
        if (loading.get(key) === shared) loading.delete(key);
      });
    loading.set(key, shared);
    return shared;
  }

  // All orders that somebody looks at, within what the upstream takes.
  function readFreshMs(): number {
    const intervalMs = (1_000 * RATE_SHARE * active.size) / sustainableRate();
    return Math.min(MAX_FRESH_MS, Math.max(MIN_FRESH_MS, intervalMs));
  }

  function findFresh(key: string, freshMs: number): CachedOrder | undefined {
    const known = entries.get(key);
    if (!known || known.isInvalidated || now() - known.asOfMs >= freshMs) return undefined;
    return { order: known.order, asOfMs: known.asOfMs, stale: false, freshMs };
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
        const old = entries.get(key);
        const retryAfterMs = problem instanceof Problem ? problem.retryAfterMs : undefined;
        // What will not change any more is as true as ever.
        if (old) return { ...old, stale: !old.order.isFinal, freshMs, retryAfterMs };
        throw problem;
      }
    },

    invalidate(orderId, userId) {
      const key = toKey(orderId, userId);
      loading.delete(key);
      const known = entries.peek(key);
      if (known) known.isInvalidated = true;
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
