import 'server-only';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import type { OrderSnapshot } from './to-order-view';

// Orders as last read from Connect: one call for all readers, kept in memory for about a minute.

const FRESH_MS = 2_000;
const STALE_MS = 60_000;
const MAX_BYTES = 64 * 1_048_576;

export type SnapshotReading = {
  snapshot: OrderSnapshot;
  asOfMs: number;
  stale: boolean;
  /** How long Connect wants to be left alone. */
  retryAfterMs?: number | undefined;
};
type Entry = { snapshot: OrderSnapshot; asOfMs: number; isOutdated?: boolean };

export type OrderSnapshots = {
  /** Throws what `load` throws when there is nothing recent enough to fall back on. */
  get(orderId: string, userId: string): Promise<SnapshotReading>;
  /** The next reader asks Connect: what was read, or is being read, lacks what has just been sent. */
  outdate(orderId: string, userId: string): void;
  /** Forgets all that is too old to be shown; to be called now and then. */
  sweep(): void;
};

export function createOrderSnapshots(
  load: (orderId: string, userId: string) => Promise<OrderSnapshot>,
  now: () => number,
): OrderSnapshots {
  const entries = new LRUCache<string, Entry>({
    ttl: STALE_MS,
    ttlResolution: 0,
    perf: { now },
    maxSize: MAX_BYTES,
    sizeCalculation: ({ snapshot }) => 2 * JSON.stringify(snapshot).length,
  });
  const loading = new Map<string, Promise<Entry>>();

  function reload(key: string, orderId: string, userId: string): Promise<Entry> {
    const shared: Promise<Entry> = load(orderId, userId)
      .then((snapshot) => {
        const entry = { snapshot, asOfMs: now() };
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

  return {
    async get(orderId, userId) {
      const key = toKey(orderId, userId);
      const known = entries.get(key);
      const isFresh = known && !known.isOutdated && now() - known.asOfMs < FRESH_MS;
      if (isFresh) return { ...known, stale: false };
      const shared = loading.get(key) ?? reload(key, orderId, userId);
      try {
        return { ...(await shared), stale: false };
      } catch (problem) {
        const old = entries.get(key);
        const retryAfterMs = problem instanceof Problem ? problem.retryAfterMs : undefined;
        // What will not change any more is as true as ever.
        if (old) return { ...old, stale: !old.snapshot.settled, retryAfterMs };
        throw problem;
      }
    },

    outdate(orderId, userId) {
      const key = toKey(orderId, userId);
      loading.delete(key);
      const known = entries.peek(key);
      if (known) known.isOutdated = true;
    },

    sweep: () => void entries.purgeStale(),
  };
}

function toKey(orderId: string, userId: string): string {
  return JSON.stringify([userId, orderId]);
}
