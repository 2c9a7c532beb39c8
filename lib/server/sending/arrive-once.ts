import 'server-only';
import { Problem } from '@/lib/order/problem';
import { isOver, type Stage } from '@/lib/order/stages';
import type { ConnectClient } from '@/lib/server/connect/client';
import { raceAbort } from '@/lib/server/connect/timeout';
import type { SentVia } from '@/lib/server/observability/vocabulary';
import { acquireLeases, type AcquireLease } from '@/lib/server/redis/lease';
import type { ArrivalRecords, CustomerOrder } from './arrival-records';

// Arrive-once: tells the store once that the customer has arrived, even if several requests on several instances do.

// Limits the whole request. Without news of the outcome until then, it is not known.
const TOTAL_TIMEOUT_MS = 8_000;
const READ_TIMEOUT_MS = 1_500;
const LEASE_TIMEOUT_MS = 3_500;
// The stage is read after a call with an unknown outcome: after 0 and 0.5 s.
const CONFIRM_DELAYS_MS = [0, 500];
const RETRY_AFTER_MS = 1_000;

/**
 * Resolves once the store knows that the customer has arrived. Throws Problem not_ready (not ready, over, or not a
 * pickup order), order_not_found, send_unconfirmed, upstream_unavailable (nothing was recorded), or the error of
 * `admit`.
 */
export type ArriveOnce = (order: CustomerOrder) => Promise<SentVia>;

type OrderStage = { isPickup: boolean; stage: Stage };

type Parts = {
  records: ArrivalRecords;
  acquireLease: AcquireLease;
  recordArrival: ConnectClient['recordArrival'];
  /** Undefined if the order cannot be read now. `isPickup` is true if the type is not known. */
  readStage: (orderId: string, userId: string) => Promise<OrderStage | undefined>;
  /** Called before the first call to Connect. Throws Problem slow_down. */
  admit: (order: CustomerOrder) => Promise<void>;
  /** Called when the stage has or may have changed. */
  onArrived: (order: CustomerOrder) => void;
  now: () => number;
  wait: (delayMs: number) => Promise<unknown>;
};

export function createArriveOnce(parts: Parts): ArriveOnce {
  const { records, acquireLease, readStage, recordArrival, admit, onArrived, now, wait } = parts;
  const inFlight = new Map<string, Promise<SentVia>>();

  async function arrive(order: CustomerOrder): Promise<SentVia> {
    const deadlineMs = now() + TOTAL_TIMEOUT_MS;
    if ((await records.find(order)) === 'arrived') return 'repeated';
    await admit(order);
    const leaseKeys = records.toLeaseKeys(order);
    const releaseLeases = await acquireLeases(acquireLease, leaseKeys, LEASE_TIMEOUT_MS);
    if (!releaseLeases) throw new Problem('upstream_unavailable', { retryAfterMs: RETRY_AFTER_MS });
    try {
      const state = await records.find(order);
      if (state === 'arrived') return 'repeated';
      return await (state === 'unknown'
        ? confirm(order, deadlineMs)
        : arriveUnderLease(order, deadlineMs));
    } finally {
      await releaseLeases();
    }
  }

  async function arriveUnderLease(order: CustomerOrder, deadlineMs: number): Promise<SentVia> {
    const known = await read(order);
    // Connect's answer after the arrival and after the end is not established, so no call is made.
    const isAtStore = known?.stage === 'handing_over';
    if (known && (isAtStore || isOver(known.stage) || !known.isPickup)) {
      onArrived(order);
      if (isAtStore) return 'confirmed';
      throw new Problem('not_ready');
    }
    if (!(await records.begin(order))) return confirm(order, deadlineMs);
    const outcome = await recordArrival(order.orderId, order.userId).catch(() => ({
      kind: 'unknown' as const,
    }));
    if (outcome.kind === 'arrived') return finish(order, 'posted');
    if (outcome.kind === 'unknown') return confirm(order, deadlineMs);
    await records.abandon(order);
    switch (outcome.kind) {
      case 'unavailable':
        throw new Problem('upstream_unavailable', { retryAfterMs: outcome.retryAfterMs });
      case 'not_found':
        throw new Problem(known ? 'not_ready' : 'order_not_found');
      case 'not_ready':
      case 'not_pickup':
        onArrived(order);
        throw new Problem('not_ready');
    }
  }

  /** Reads the order until its stage shows the arrival; never calls Connect again. Throws Problem send_unconfirmed. */
  async function confirm(order: CustomerOrder, deadlineMs: number): Promise<SentVia> {
    onArrived(order);
    for (const delayMs of CONFIRM_DELAYS_MS) {
      if (now() + delayMs >= deadlineMs) break;
      if (delayMs > 0) await wait(delayMs);
      const known = await read(order);
      if (known?.stage === 'handing_over' || known?.stage === 'done')
        return finish(order, 'confirmed');
    }
    throw new Problem('send_unconfirmed');
  }

  async function finish(order: CustomerOrder, via: SentVia): Promise<SentVia> {
    await records.settle(order);
    onArrived(order);
    return via;
  }

  function read({ orderId, userId }: CustomerOrder): Promise<OrderStage | undefined> {
    const signal = AbortSignal.timeout(READ_TIMEOUT_MS);
    return raceAbort(readStage(orderId, userId), signal).catch(() => undefined);
  }

  return async function arriveOnce(order) {
    const key = JSON.stringify([order.orderId, order.userId]);
    const pending = inFlight.get(key);
    if (pending) return pending.then(() => 'repeated');
    const result = arrive(order).finally(() => inFlight.delete(key));
    inFlight.set(key, result);
    return result;
  };
}
