import 'server-only';
import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import {
  BurstyRateLimiter,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { Problem } from '@/lib/order/problem';

// How much one customer of an order may send: three at once, then one every six seconds, 60 an hour.
// The library counts in windows of fixed length, so a bucket is a steady window and one for bursts.

const STEADY = { points: 1, duration: 6, keyPrefix: 'order-status:limit:send-steady' };
const BURST = { points: 2, duration: 60, keyPrefix: 'order-status:limit:send-burst' };
const HOURLY = { points: 60, duration: 3_600, keyPrefix: 'order-status:limit:send-hourly' };

type Limit = typeof STEADY;

/** Counts one message. Throws Problem slow_down with the time to come back after. */
export type AdmitSend = (send: { orderId: string; userId: string }) => Promise<void>;

/** With Redis all instances count together; while it does not answer, each for itself. */
export function createSendLimits(secret: Uint8Array, redis: Redis | undefined): AdmitSend {
  function createLimiter(limit: Limit) {
    const own = new RateLimiterMemory(limit);
    return redis
      ? new RateLimiterRedis({ ...limit, storeClient: redis, insuranceLimiter: own })
      : own;
  }

  const bucket = new BurstyRateLimiter(createLimiter(STEADY), createLimiter(BURST));
  const hourly = createLimiter(HOURLY);

  return async function admit({ orderId, userId }) {
    const customer = JSON.stringify([orderId, userId]);
    const key = createHmac('sha256', secret).update('limit\n').update(customer).digest('base64url');
    try {
      await bucket.consume(key);
      await hourly.consume(key);
    } catch (cause) {
      if (!(cause instanceof RateLimiterRes)) throw cause;
      throw new Problem('slow_down', { retryAfterMs: Math.max(1_000, cause.msBeforeNext) });
    }
  };
}
