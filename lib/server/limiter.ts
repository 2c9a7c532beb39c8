import 'server-only';
import type { Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { Problem } from '@/lib/order/problem';

export type Limit = { points: number; durationSeconds: number; name: string };

/** With Redis all instances count together; while it does not answer, each for itself. */
export function createLimiter(
  { points, durationSeconds: duration, name }: Limit,
  redis: Redis | undefined,
): RateLimiterAbstract {
  const limit = { points, duration, keyPrefix: `order-status:limit:${name}` };
  const own = new RateLimiterMemory(limit);
  return redis
    ? new RateLimiterRedis({ ...limit, storeClient: redis, insuranceLimiter: own })
    : own;
}

/** Throws Problem slow_down with the time to come back after, where that is what the limiter says. */
export async function admit<T>(counting: Promise<T>): Promise<T> {
  try {
    return await counting;
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause;
    throw new Problem('slow_down', { retryAfterMs: Math.max(1_000, cause.msBeforeNext) });
  }
}
