import 'server-only';
import { LRUCache } from 'lru-cache';
import { retryOnce } from './redis';
import type { RedisCircuitBreaker } from './redis-circuit-breaker';

// Compare-and-set store: a small value changes only if the caller knows the current one. It is kept in memory, or in
// Redis if several instances have to agree.

const MAX_BYTES = 32 * 1_048_576;
const MAX_UNSYNCED = 5_000;

export type CasStore = {
  get(key: string): Promise<string | undefined>;
  /**
   * Sets `key` to `next` for `ttlMs` if its value is `expected` or absent, and returns true. Returns false if
   * there is another value. Idempotent: returns true if the value is already `next`.
   */
  compareAndSet(
    key: string,
    expected: string | undefined,
    next: string,
    ttlMs: number,
  ): Promise<boolean>;
  /** Deletes the key if its value is `expected`. */
  deleteIfEquals(key: string, expected: string): Promise<void>;
};

export type MemoryCasStore = CasStore & {
  /** TTL in ms by key, for values that were written while Redis did not reply. */
  readonly unsynced: LRUCache<string, number>;
};

/** Holds up to 32 MiB; beyond that the least recently used values are removed. */
export function createMemoryCasStore(now: () => number): MemoryCasStore {
  const values = new LRUCache<string, string>({
    ttlResolution: 0,
    perf: { now },
    maxSize: MAX_BYTES,
    sizeCalculation: (value, key) => 2 * (value.length + key.length),
  });
  return {
    unsynced: new LRUCache({ max: MAX_UNSYNCED }),

    get: async (key) => values.get(key),

    async compareAndSet(key, expected, next, ttlMs) {
      const current = values.get(key);
      if (current === next) return true;
      if (current !== undefined && current !== expected) return false;
      values.set(key, next, { ttl: ttlMs });
      return true;
    },

    async deleteIfEquals(key, expected) {
      if (values.get(key) === expected) values.delete(key);
    },
  };
}

type RedisCommands = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'PX', ttlMs: number, when: 'NX'): Promise<unknown>;
  eval(script: string, keyCount: 1, key: string, ...values: (string | number)[]): Promise<unknown>;
};

const COMPARE_AND_SET = `
local current = redis.call('get', KEYS[1])
if current == ARGV[2] then return 1 end
if current and current ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

const DELETE_IF_EQUALS = `
if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end
return 1`;

/**
 * While Redis does not reply, the instance uses `memory` alone. When Redis replies again, values that were written
 * meanwhile are copied to it, unless another instance has set the key. Never rejects.
 */
export function createRedisCasStore(
  redis: RedisCommands,
  redisBreaker: RedisCircuitBreaker,
  memory: MemoryCasStore,
): CasStore {
  const { unsynced } = memory;
  let syncing: Promise<unknown> | undefined;

  function run<T>(command: () => Promise<T>): Promise<{ reply: T } | undefined> {
    return redisBreaker(async () => {
      if (unsynced.size > 0) syncing ??= sync().finally(() => (syncing = undefined));
      await syncing;
      return retryOnce(command);
    });
  }

  function sync(): Promise<unknown> {
    const keys = [...unsynced.entries()];
    return Promise.all(
      keys.map(async ([key, ttlMs]) => {
        const value = await memory.get(key);
        // NX keeps a value that another instance has set meanwhile.
        if (value !== undefined) await redis.set(key, value, 'PX', ttlMs, 'NX');
        unsynced.delete(key);
      }),
    );
  }

  return {
    async get(key) {
      const result = await run(() => redis.get(key));
      return result ? (result.reply ?? undefined) : memory.get(key);
    },

    async compareAndSet(key, expected, next, ttlMs) {
      const result = await run(() =>
        redis.eval(COMPARE_AND_SET, 1, key, expected ?? '', next, ttlMs),
      );
      if (result) {
        const isSet = result.reply === 1;
        if (isSet) await copyToMemory(key, next, ttlMs);
        return isSet;
      }
      const isSet = await memory.compareAndSet(key, expected, next, ttlMs);
      if (isSet) unsynced.set(key, ttlMs);
      return isSet;
    },

    async deleteIfEquals(key, expected) {
      await memory.deleteIfEquals(key, expected);
      unsynced.delete(key);
      await run(() => redis.eval(DELETE_IF_EQUALS, 1, key, expected));
    },
  };

  async function copyToMemory(key: string, value: string, ttlMs: number): Promise<void> {
    const current = await memory.get(key);
    await memory.compareAndSet(key, current, value, ttlMs);
  }
}
