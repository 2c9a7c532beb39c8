import 'server-only';
import type { Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type IRateLimiterOptions,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { Problem } from '@/lib/order/problem';
import type { RedisCircuitBreaker } from '@/lib/server/redis/redis-circuit-breaker';
import type { LimitName } from '@/lib/server/observability/vocabulary';

/** `points` events per `durationSeconds`. */
export type Limit = { points: number; durationSeconds: number; name: string };

/** Called for each request that exceeds a limit. */
export type OnLimited = (limit: LimitName) => void;

export type SharedCounters = { redis: Redis; redisBreaker: RedisCircuitBreaker };

/** Counts in Redis for all instances, and per instance in memory while Redis does not reply or is not configured. */
export function createRateLimiter(
  { points, durationSeconds: duration, name }: Limit,
  shared: SharedCounters | undefined,
): RateLimiterAbstract {
  const limit = { points, duration, keyPrefix: `order-status:limit:${name}` };
  return shared ? new RedisRateLimiter(limit, shared) : new RateLimiterMemory(limit);
}

// The library's insuranceLimiter sends each command to Redis before it falls back; the circuit breaker does not.
class RedisRateLimiter extends RateLimiterRedis {
  readonly #memoryLimiter: RateLimiterMemory;
  readonly #redisBreaker: RedisCircuitBreaker;

  constructor(limit: IRateLimiterOptions, { redis, redisBreaker }: SharedCounters) {
    super({ ...limit, storeClient: redis });
    this.#memoryLimiter = new RateLimiterMemory(limit);
    this.#redisBreaker = redisBreaker;
  }

  override async consume(key: string, points = 1): Promise<RateLimiterRes> {
    const result = await this.#redisBreaker(() =>
      super.consume(key, points).then(
        (admitted) => () => admitted,
        (cause: unknown) => {
          if (!(cause instanceof RateLimiterRes)) throw cause;
          return () => {
            throw cause;
          };
        },
      ),
    );
    return result ? result.reply() : this.#memoryLimiter.consume(key, points);
  }
}

/** Rejects with Problem slow_down, with `retryAfterMs` of 1 s at least, if the limiter rejects. */
export async function admit<T>(counting: Promise<T>, onLimited: () => void): Promise<T> {
  try {
    return await counting;
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause;
    onLimited();
    throw new Problem('slow_down', { retryAfterMs: Math.max(1_000, cause.msBeforeNext) });
  }
}
