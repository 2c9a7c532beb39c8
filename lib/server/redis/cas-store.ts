import 'server-only';
import { LRUCache } from 'lru-cache';
import { retryOnce } from './redis';
import type { RedisCircuitBreaker } from './redis-circuit-breaker';

// Small values that are only ever changed by who knows what stood there: in memory, and in Redis where
// several instances have to agree.

const MAX_BYTES = 32 * 1_048_576;
const MAX_UNSYNCED = 5_000;

export type CasStore = {
  get(key: string): Promise<string | undefined>;
  /**
   * Puts `next` where `expected` or nothing stands, and keeps it for `lifeMs`. False where something
   * else stands. Done twice it is done once.
   */
  compareAndSet(
    key: string,
    expected: string | undefined,
    next: string,
    ttlMs: number,
  ): Promise<boolean>;
  /** Takes `expected` away, if that is what stands there. */
  deleteIfEquals(key: string, expected: string): Promise<void>;
};

export function createMemoryCasStore(now: () => number): CasStore {
  const values = new LRUCache<string, string>({
    ttlResolution: 0,
    perf: { now },
    maxSize: MAX_BYTES,
    sizeCalculation: (value, key) => 2 * (value.length + key.length),
  });
  return {
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

/** While Redis does not answer, `own` goes on alone, and Redis hears of it afterwards. */
export function createRedisCasStore(
  redis: RedisCommands,
  redisBreaker: RedisCircuitBreaker,
  memory: CasStore,
): CasStore {
  // Written without Redis, with how long they are kept.
  const unsynced = new LRUCache<string, number>({ max: MAX_UNSYNCED });

  let syncing: Promise<unknown> | undefined;

  function run<T>(command: () => Promise<T>): Promise<{ answer: T } | undefined> {
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
        // Whatever another instance has put there meanwhile stays.
        if (value !== undefined) await redis.set(key, value, 'PX', ttlMs, 'NX');
        unsynced.delete(key);
      }),
    );
  }

  return {
    async get(key) {
      const result = await run(() => redis.get(key));
      return result ? (result.answer ?? undefined) : memory.get(key);
    },

    async compareAndSet(key, expected, next, ttlMs) {
      const result = await run(() =>
        redis.eval(COMPARE_AND_SET, 1, key, expected ?? '', next, ttlMs),
      );
      if (result) {
        const isDone = result.answer === 1;
        if (isDone) await mirror(key, next, ttlMs);
        return isDone;
      }
      const isDone = await memory.compareAndSet(key, expected, next, ttlMs);
      if (isDone) unsynced.set(key, ttlMs);
      return isDone;
    },

    async deleteIfEquals(key, expected) {
      await memory.deleteIfEquals(key, expected);
      unsynced.delete(key);
      await run(() => redis.eval(DELETE_IF_EQUALS, 1, key, expected));
    },
  };

  async function mirror(key: string, value: string, ttlMs: number): Promise<void> {
    const current = await memory.get(key);
    await memory.compareAndSet(key, current, value, ttlMs);
  }
}
