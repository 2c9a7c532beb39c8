import 'server-only';
import type { Redis } from 'ioredis';
import type { BannerName } from '@/lib/server/config/banner-name';
import { createRedisCasStore, type CasStore, type MemoryCasStore } from './cas-store';
import { createLeases, type AcquireLease } from './lease';
import { connectRedis, toKeyPrefix, waitForConnection } from './redis';
import { createRedisCircuitBreaker, type RedisCircuitBreaker } from './redis-circuit-breaker';

export type SharedRedis = {
  redis: Redis;
  redisBreaker: RedisCircuitBreaker;
  /** Resolves when the first connection is open, or after a second without a connection. */
  started: Promise<void>;
};

/** State that all instances share through Redis; without REDIS_URL each instance keeps its own state in memory. */
export type SharedState = {
  shared: SharedRedis | undefined;
  store: CasStore;
  acquireLease: AcquireLease;
  close: () => void;
};

type Options = {
  /** Separates the keys of stores that share a Redis; undefined for the only store. */
  banner: BannerName | undefined;
  /** The store without Redis, and while Redis does not reply. */
  memoryStore: MemoryCasStore;
  now: () => number;
  wait: (delayMs: number) => Promise<unknown>;
  schedule: (intervalMs: number, task: () => void) => () => void;
  /** Called after the first success or failure, and after each change. */
  onChange: (isUp: boolean) => void;
};

export function openSharedState(
  redisUrl: string | undefined,
  { banner, memoryStore, now, wait, schedule, onChange }: Options,
): SharedState {
  if (redisUrl === undefined)
    return {
      shared: undefined,
      store: memoryStore,
      acquireLease: createLeases(memoryStore, wait),
      close: () => undefined,
    };
  let isClosed = false;
  const redis = connectRedis(redisUrl, {
    keyPrefix: toKeyPrefix(banner),
    schedule,
    onChange: (isUp) => isClosed || onChange(isUp),
  });
  const redisBreaker = createRedisCircuitBreaker(now);
  const store = createRedisCasStore(redis, redisBreaker, memoryStore);
  return {
    shared: { redis, redisBreaker, started: waitForConnection(redis) },
    store,
    acquireLease: createLeases(store, wait),
    close() {
      isClosed = true;
      redis.disconnect();
    },
  };
}
