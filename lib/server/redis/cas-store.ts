import 'server-only';
import { LRUCache } from 'lru-cache';
import { askTwice } from './redis';
import type { AskRedis } from './redis-circuit-breaker';

// Small values that are only ever changed by who knows what stood there: in memory, and in Redis where
// several instances have to agree.

const MAX_BYTES = 32 * 1_048_576;
const MAX_UNSHARED = 5_000;

export type Cells = {
  read(address: string): Promise<string | undefined>;
  /**
   * Puts `next` where `expected` or nothing stands, and keeps it for `lifeMs`. False where something
   * else stands. Done twice it is done once.
   */
  swap(
    address: string,
    expected: string | undefined,
    next: string,
    lifeMs: number,
  ): Promise<boolean>;
  /** Takes `expected` away, if that is what stands there. */
  clear(address: string, expected: string): Promise<void>;
};

export function createOwnCells(now: () => number): Cells {
  const values = new LRUCache<string, string>({
    ttlResolution: 0,
    perf: { now },
    maxSize: MAX_BYTES,
    sizeCalculation: (value, address) => 2 * (value.length + address.length),
  });
  return {
    read: async (address) => values.get(address),

    async swap(address, expected, next, lifeMs) {
      const current = values.get(address);
      if (current === next) return true;
      if (current !== undefined && current !== expected) return false;
      values.set(address, next, { ttl: lifeMs });
      return true;
    },

    async clear(address, expected) {
      if (values.get(address) === expected) values.delete(address);
    },
  };
}

type Store = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'PX', lifeMs: number, when: 'NX'): Promise<unknown>;
  eval(script: string, keyCount: 1, key: string, ...values: (string | number)[]): Promise<unknown>;
};

const SWAP = `
local current = redis.call('get', KEYS[1])
if current == ARGV[2] then return 1 end
if current and current ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

const CLEAR = `
if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end
return 1`;

/** While Redis does not answer, `own` goes on alone, and Redis hears of it afterwards. */
export function createSharedCells(redis: Store, askRedis: AskRedis, own: Cells): Cells {
  // Written without Redis, with how long they are kept.
  const unshared = new LRUCache<string, number>({ max: MAX_UNSHARED });

  let sharing: Promise<unknown> | undefined;

  function ask<T>(command: () => Promise<T>): Promise<{ answer: T } | undefined> {
    return askRedis(async () => {
      if (unshared.size > 0) sharing ??= share().finally(() => (sharing = undefined));
      await sharing;
      return askTwice(command);
    });
  }

  function share(): Promise<unknown> {
    const addresses = [...unshared.entries()];
    return Promise.all(
      addresses.map(async ([address, lifeMs]) => {
        const value = await own.read(address);
        // Whatever another instance has put there meanwhile stays.
        if (value !== undefined) await redis.set(address, value, 'PX', lifeMs, 'NX');
        unshared.delete(address);
      }),
    );
  }

  return {
    async read(address) {
      const asked = await ask(() => redis.get(address));
      return asked ? (asked.answer ?? undefined) : own.read(address);
    },

    async swap(address, expected, next, lifeMs) {
      const asked = await ask(() => redis.eval(SWAP, 1, address, expected ?? '', next, lifeMs));
      if (asked) {
        const isDone = asked.answer === 1;
        if (isDone) await mirror(address, next, lifeMs);
        return isDone;
      }
      const isDone = await own.swap(address, expected, next, lifeMs);
      if (isDone) unshared.set(address, lifeMs);
      return isDone;
    },

    async clear(address, expected) {
      await own.clear(address, expected);
      unshared.delete(address);
      await ask(() => redis.eval(CLEAR, 1, address, expected));
    },
  };

  async function mirror(address: string, value: string, lifeMs: number): Promise<void> {
    const current = await own.read(address);
    await own.swap(address, current, value, lifeMs);
  }
}
