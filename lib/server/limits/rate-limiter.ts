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

export type Limit = { points: number; durationSeconds: number; name: string };

/** Told of each who is over a limit. */
export type OnLimited = (limit: LimitName) => void;

export type SharedCounters = { redis: Redis; redisBreaker: RedisCircuitBreaker };

/** With Redis all instances count together; while it does not answer, each for itself. */
export function createRateLimiter(
  { points, durationSeconds: duration, name }: Limit,
  shared: SharedCounters | undefined,
): RateLimiterAbstract {
  const limit = { points, duration, keyPrefix: `order-status:limit:${name}` };
  return shared ? new RedisRateLimiter(limit, shared) : new RateLimiterMemory(limit);
}

// The library's own insurance asks Redis each time before it goes without.
class RedisRateLimiter extends RateLimiterRedis {
  readonly #own: RateLimiterMemory;
  readonly #askRedis: RedisCircuitBreaker;

  constructor(limit: IRateLimiterOptions, { redis, redisBreaker }: SharedCounters) {
    super({ ...limit, storeClient: redis });
    this.#own = new RateLimiterMemory(limit);
    this.#askRedis = redisBreaker;
  }

  override async consume(key: string, points = 1): Promise<RateLimiterRes> {
    const asked = await this.#askRedis(() =>
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
    return asked ? asked.answer() : this.#own.consume(key, points);
  }
}

/** Throws Problem slow_down with the time to come back after, where that is what the limiter says. */
export async function admit<T>(counting: Promise<T>, onLimited: () => void): Promise<T> {
  try {
    return await counting;
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause;
    onLimited();
    throw new Problem('slow_down', { retryAfterMs: Math.max(1_000, cause.msBeforeNext) });
  }
}
