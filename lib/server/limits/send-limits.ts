import 'server-only';
import { BurstyRateLimiter } from 'rate-limiter-flexible';
import { purposeHash } from '@/lib/server/config/keyed-hash';
import { admit, createRateLimiter, type OnLimited, type SharedCounters } from './rate-limiter';

// Send limits per customer of an order: a burst of 3 messages, then one per 6 seconds, at most 60 per hour.
// The library has fixed windows only, so a token bucket is a steady window plus a burst window.

const STEADY = { points: 1, durationSeconds: 6, name: 'send-steady' };
const BURST = { points: 2, durationSeconds: 60, name: 'send-burst' };
const HOURLY = { points: 60, durationSeconds: 3_600, name: 'send-hourly' };

/** Counts one message. Throws Problem slow_down with `retryAfterMs`. */
export type AdmitSend = (send: { orderId: string; userId: string }) => Promise<void>;

export function createSendLimits(
  secret: Uint8Array,
  shared: SharedCounters | undefined,
  onLimited: OnLimited,
): AdmitSend {
  const bucket = new BurstyRateLimiter(
    createRateLimiter(STEADY, shared),
    createRateLimiter(BURST, shared),
  );
  const hourly = createRateLimiter(HOURLY, shared);

  const onSends = () => onLimited('sends');

  return async function admitSend({ orderId, userId }) {
    const customer = JSON.stringify([orderId, userId]);
    const key = purposeHash(secret, 'limit', customer).toString('base64url');
    await admit(bucket.consume(key), onSends);
    await admit(hourly.consume(key), onSends);
  };
}
