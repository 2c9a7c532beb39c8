import 'server-only';
import { BurstyRateLimiter } from 'rate-limiter-flexible';
import { purposeHash } from '@/lib/server/config/keyed-hash';
import type { LimitName } from '@/lib/server/observability/vocabulary';
import { admit, createRateLimiter, type OnLimited, type SharedCounters } from './rate-limiter';

// Limits of changes per customer of an order: a burst, then one per 6 seconds, and a number per hour. The library has
// fixed windows only, so a token bucket is a steady window plus a burst window.

/** `burst`: changes at once. `name`: prefix of the counters. */
type ChangeLimits = { name: string; limit: LimitName; burst: number; perHour: number };

export const SEND_LIMITS: ChangeLimits = { name: 'send', limit: 'sends', burst: 3, perHour: 60 };
// A customer may decide about all replacements of an order in one go.
export const DECISION_LIMITS: ChangeLimits = {
  ...{ name: 'decide', limit: 'decisions', burst: 20, perHour: 120 },
};

export const ARRIVAL_LIMITS: ChangeLimits = {
  ...{ name: 'arrive', limit: 'arrivals', burst: 5, perHour: 60 },
};
export const VEHICLE_LIMITS: ChangeLimits = {
  ...{ name: 'vehicle', limit: 'vehicles', burst: 5, perHour: 60 },
};

/** Counts one change. Throws Problem slow_down with `retryAfterMs`. */
export type AdmitChange = (change: { orderId: string; userId: string }) => Promise<void>;

export function createChangeLimits(
  { name, limit, burst, perHour }: ChangeLimits,
  secret: Uint8Array,
  shared: SharedCounters | undefined,
  onLimited: OnLimited,
): AdmitChange {
  const steady = { points: 1, durationSeconds: 6, name: `${name}-steady` };
  const surplus = { points: burst - 1, durationSeconds: 60, name: `${name}-burst` };
  const bucket = new BurstyRateLimiter(
    createRateLimiter(steady, shared),
    createRateLimiter(surplus, shared),
  );
  const hourly = createRateLimiter(
    { points: perHour, durationSeconds: 3_600, name: `${name}-hourly` },
    shared,
  );
  const onChange = () => onLimited(limit);

  return async function admitChange({ orderId, userId }) {
    const customer = JSON.stringify([orderId, userId]);
    const key = purposeHash(secret, 'limit', customer).toString('base64url');
    await admit(bucket.consume(key), onChange);
    await admit(hourly.consume(key), onChange);
  };
}
