import 'server-only';
import { randomUUID } from 'node:crypto';
import { minutesToMilliseconds } from 'date-fns';
import { purposeHash } from '@/lib/server/config/keyed-hash';
import type { LinkKeys } from '@/lib/server/config/link-keys';
import type { CasStore } from '@/lib/server/redis/cas-store';

// Arrival records: that the customer of an order has arrived, for one minute. Afterwards the state of the order is the
// record: orders can go back, and the customer may have to arrive again. Redis contains neither ids nor names.

const RECORD_TTL_MS = minutesToMilliseconds(1);
const ARRIVED = 'arrived';

export type CustomerOrder = { orderId: string; userId: string };
/** `unknown`: the call may have arrived. */
export type ArrivalState = 'unknown' | 'arrived';

export type ArrivalRecords = {
  find(order: CustomerOrder): Promise<ArrivalState | undefined>;
  /** Records that the call may have arrived. Returns false if there is a record of the order. */
  begin(order: CustomerOrder): Promise<boolean>;
  settle(order: CustomerOrder): Promise<void>;
  /** Removes the record of a call that has not arrived. */
  abandon(order: CustomerOrder): Promise<void>;
  /** Lease keys, sorted, one per link key. */
  toLeaseKeys(order: CustomerOrder): readonly string[];
};

export function createArrivalRecords(store: CasStore, linkKeys: LinkKeys): ArrivalRecords {
  // One per link key: during a key rotation instances agree as long as they have one link key in common.
  function toKeys({ orderId, userId }: CustomerOrder): string[] {
    const order = JSON.stringify([orderId, userId]);
    return linkKeys
      .map(({ key }) => purposeHash(key, 'arrival', order).toString('base64url'))
      .sort()
      .map((name) => `order-status:arrival:${name}`);
  }

  return {
    async find(order) {
      for (const key of toKeys(order)) {
        const raw = await store.get(key);
        if (raw !== undefined) return raw === ARRIVED ? 'arrived' : 'unknown';
      }
      return undefined;
    },

    async begin(order) {
      // Random, so that compare-and-set detects two instances that begin at once.
      const attempt = randomUUID();
      for (const key of toKeys(order))
        if (!(await store.compareAndSet(key, undefined, attempt, RECORD_TTL_MS))) return false;
      return true;
    },

    async settle(order) {
      for (const key of toKeys(order))
        await store.compareAndSet(key, await store.get(key), ARRIVED, RECORD_TTL_MS);
    },

    async abandon(order) {
      for (const key of toKeys(order)) {
        const raw = await store.get(key);
        if (raw !== undefined) await store.deleteIfEquals(key, raw);
      }
    },

    toLeaseKeys: (order) => toKeys(order).map((key) => `${key}:lease`),
  };
}
