import 'server-only';
import { createHmac } from 'node:crypto';
import { BurstyRateLimiter } from 'rate-limiter-flexible';
import { admit, createRateLimiter, type OnLimited, type SharedCounters } from './rate-limiter';

// How much one customer of an order may send: three at once, then one every six seconds, 60 an hour.
// The library counts in windows of fixed length, so a bucket is a steady window and one for bursts.

const STEADY = { points: 1, durationSeconds: 6, name: 'send-steady' };
const BURST = { points: 2, durationSeconds: 60, name: 'send-burst' };
const HOURLY = { points: 60, durationSeconds: 3_600, name: 'send-hourly' };

/** Counts one message. Throws Problem slow_down with the time to come back after. */
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
    const key = createHmac('sha256', secret).update('limit\n').update(customer).digest('base64url');
    await admit(bucket.consume(key), onSends);
    await admit(hourly.consume(key), onSends);
  };
}
