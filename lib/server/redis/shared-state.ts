import 'server-only';
import type { Redis } from 'ioredis';
import { createMemoryCasStore, createRedisCasStore, type CasStore } from './cas-store';
import { createLeases, type AcquireLease } from './lease';
import { connectRedis, waitForConnection } from './redis';
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
  now: () => number;
  wait: (delayMs: number) => Promise<unknown>;
  schedule: (intervalMs: number, task: () => void) => () => void;
  /** Called after the first success or failure, and after each change. */
  onChange: (isUp: boolean) => void;
};

export function openSharedState(
  redisUrl: string | undefined,
  { now, wait, schedule, onChange }: Options,
): SharedState {
  const memoryStore = createMemoryCasStore(now);
  if (redisUrl === undefined)
    return {
      shared: undefined,
      store: memoryStore,
      acquireLease: createLeases(memoryStore, wait),
      close: () => undefined,
    };
  const redis = connectRedis(redisUrl, { schedule, onChange });
  const redisBreaker = createRedisCircuitBreaker(now);
  const store = createRedisCasStore(redis, redisBreaker, memoryStore);
  return {
    shared: { redis, redisBreaker, started: waitForConnection(redis) },
    store,
    acquireLease: createLeases(store, wait),
    close: () => redis.disconnect(),
  };
}
