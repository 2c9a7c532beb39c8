import 'server-only';
import { randomUUID } from 'node:crypto';
import { minutesToMilliseconds } from 'date-fns';
import { z } from 'zod';
import { keyedHash, purposeHash } from '@/lib/server/config/keyed-hash';
import type { LinkKeys } from '@/lib/server/config/link-keys';
import type { CasStore } from '@/lib/server/redis/cas-store';
import { deriveKey, sealText, unsealText } from '@/lib/server/redis/sealed-text';

// Decision records: the decision of a customer about an item, for one minute. Afterwards the items themselves are the
// record. Redis contains neither ids nor texts nor decisions.

const RECORD_TTL_MS = minutesToMilliseconds(1);

export const DECISIONS = ['approve', 'refund'] as const;
export type Decision = (typeof DECISIONS)[number];

export type DecisionRequest = {
  orderId: string;
  userId: string;
  itemId: string;
  decision: Decision;
};

/** `unknown`: the decision may have arrived. `decided`: with the item that was returned, as JSON. */
export type DecisionRecord =
  | { state: 'unknown'; isSameDecision: boolean }
  | { state: 'decided'; isSameDecision: boolean; item: string };

export type DecisionRecords = {
  find(request: DecisionRequest): Promise<DecisionRecord | undefined>;
  /** Records that the decision may have arrived. Returns false if there is a record of the item. */
  begin(request: DecisionRequest): Promise<boolean>;
  /** Records the item of a decision that was begun. */
  settle(request: DecisionRequest, item: string): Promise<void>;
  /** Removes the record of a decision that has not arrived. */
  abandon(request: DecisionRequest): Promise<void>;
  /** Lease keys, sorted, one per link key; equal for all decisions about an item. */
  toLeaseKeys(request: DecisionRequest): readonly string[];
};

const storedRecord = z.object({
  /** Keyed hash. */
  decision: z.string(),
  /** Random, so that compare-and-set detects two instances that begin at once. */
  attempt: z.string(),
  sealedItem: z.string().optional(),
});

export function createDecisionRecords(store: CasStore, linkKeys: LinkKeys): DecisionRecords {
  // One per link key: during a key rotation instances agree as long as they have one link key in common.
  function toSlots({ orderId, userId, itemId }: DecisionRequest) {
    const item = JSON.stringify([orderId, userId, itemId]);
    return linkKeys
      .map(({ key }) => {
        const secret = purposeHash(key, 'decision', item);
        return { secret, name: secret.toString('base64url') };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ secret }) => ({
        key: `order-status:decision:${Buffer.from(deriveKey(secret, 'decision address')).toString('base64url')}`,
        sealKey: deriveKey(secret, 'decision item'),
        secret,
      }));
  }
  type Slot = ReturnType<typeof toSlots>[number];

  const hashOf = ({ secret }: Slot, { decision }: DecisionRequest) =>
    keyedHash(Buffer.from(deriveKey(secret, 'decision value')), decision).toString('base64url');

  async function readSlot(slot: Slot) {
    const raw = await store.get(slot.key);
    if (raw === undefined) return undefined;
    return { raw, record: storedRecord.safeParse(parseJson(raw)).data };
  }

  return {
    async find(request) {
      for (const slot of toSlots(request)) {
        const stored = await readSlot(slot);
        if (!stored) continue;
        // A record that cannot be read may belong to either decision.
        const isSameDecision = stored.record?.decision === hashOf(slot, request);
        const sealed = stored.record?.sealedItem;
        const item = sealed === undefined ? undefined : await unsealText(slot.sealKey, sealed);
        return item === undefined
          ? { state: 'unknown', isSameDecision }
          : { state: 'decided', isSameDecision, item };
      }
      return undefined;
    },

    async begin(request) {
      const attempt = randomUUID();
      for (const slot of toSlots(request)) {
        const value = JSON.stringify({ decision: hashOf(slot, request), attempt });
        if (!(await store.compareAndSet(slot.key, undefined, value, RECORD_TTL_MS))) return false;
      }
      return true;
    },

    async settle(request, item) {
      for (const slot of toSlots(request)) {
        const raw = (await readSlot(slot))?.raw;
        const sealedItem = await sealText(slot.sealKey, item);
        const decision = hashOf(slot, request);
        const value = JSON.stringify({ decision, attempt: randomUUID(), sealedItem });
        await store.compareAndSet(slot.key, raw, value, RECORD_TTL_MS);
      }
    },

    async abandon(request) {
      for (const slot of toSlots(request)) {
        const raw = (await readSlot(slot))?.raw;
        if (raw !== undefined) await store.deleteIfEquals(slot.key, raw);
      }
    },

    toLeaseKeys: (request) => toSlots(request).map(({ key }) => `${key}:lease`),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
