import 'server-only';
import { randomUUID } from 'node:crypto';
import { millisecondsInDay } from 'date-fns/constants';
import { z } from 'zod';
import { cleanText } from '@/lib/order/clean-text';
import { Problem } from '@/lib/order/problem';
import { toComparable } from '@/lib/order/same-text';
import { keyedHash, purposeHash } from '@/lib/server/config/keyed-hash';
import type { CasStore } from '@/lib/server/redis/cas-store';
import type { LinkKeys } from '@/lib/server/config/link-keys';
import { deriveKey, sealText, unsealText } from '@/lib/server/redis/sealed-text';

// Send records: the state of each message that a page has sent, kept for a day. They contain neither text nor ids: the
// key of a record, and the keys that seal and hash its content, are derived from the random id that the page chose.

const RECORD_TTL_MS = millisecondsInDay;
const MAX_SETTLE_ATTEMPTS = 3;

export type Send = {
  orderId: string;
  userId: string;
  /** A UUID in lower case. */
  clientMessageId: string;
  body: string;
};

/** `id` is assigned by Connect; `at` is ISO-8601 in UTC. */
export type SentMessage = { id: string; at: string };

/**
 * `pending`: being posted, or the instance has crashed while posting. `failed`: the message has not arrived.
 * `unknown`: the message may have arrived.
 */
const SEND_STATES = ['pending', 'sent', 'failed', 'unknown'] as const;
export type SendState = (typeof SEND_STATES)[number];

type SendRecord =
  | { state: Exclude<SendState, 'sent'>; startedAtMs: number }
  | { state: 'sent'; startedAtMs: number; message: SentMessage };

/** A message that may have arrived never becomes `pending` again, so it is not posted twice. */
const ALLOWED_TRANSITIONS: Record<SendState | 'none', readonly SendState[]> = {
  none: ['pending'],
  pending: ['sent', 'failed', 'unknown'],
  failed: ['pending'],
  unknown: ['sent'],
  sent: [],
};

export type SendRecords = {
  /** The record of the message, if there is one. Throws Problem conflict if the id was used for another text. */
  find(send: Send): Promise<SendRecord | undefined>;
  /** Sets `pending`. Returns true to one caller only, and only if the message cannot have arrived. */
  begin(send: Send): Promise<boolean>;
  /** Sets the outcome, unless the transition from the present state is not allowed. */
  settle(send: Send, outcome: { state: 'failed' | 'unknown' } | SentMessage): Promise<void>;
  /** Assigns a message in the thread to this send. Returns false if it is assigned to another send. */
  claim(send: Send, messageId: string): Promise<boolean>;
  /** Lease keys, sorted, one per link key; equal for sends of the same text by the same customer of an order. */
  toLeaseKeys(send: Send): readonly string[];
};

const storedRecord = z.object({
  state: z.enum(SEND_STATES),
  text: z.string(),
  startedAtMs: z.number(),
  /** Random, so that compare-and-set detects two instances that begin in the same millisecond. */
  attempt: z.string(),
  sealed: z.string().optional(),
});
type StoredRecord = z.output<typeof storedRecord>;

type ReadResult = {
  raw?: string;
  storedRecord?: StoredRecord;
  record?: SendRecord;
  /** The id was used for another text. */
  hasOtherText?: boolean;
};

const receipt = z.object({ id: z.string(), at: z.string() });

/** `now`: ms since the epoch. */
export function createSendRecords(
  store: CasStore,
  linkKeys: LinkKeys,
  now: () => number,
): SendRecords {
  // One per link key: during a key rotation instances agree as long as they have one link key in common.
  function toStoreKeys(purpose: 'claim' | 'turn', ...parts: string[]): string[] {
    return linkKeys
      .map(({ key }) => purposeHash(key, purpose, JSON.stringify(parts)).toString('base64url'))
      .map((hash) => `order-status:${purpose}:${hash}`)
      .sort();
  }

  async function read(send: Send): Promise<ReadResult> {
    const raw = await store.get(toStoreKey(send));
    if (raw === undefined) return {};
    const { data } = storedRecord.safeParse(parseJson(raw));
    // A message whose record cannot be read may have been sent.
    if (!data) return { raw, record: { state: 'unknown', startedAtMs: now() } };
    const { state, startedAtMs, sealed = '' } = data;
    const hasOtherText = data.text !== hashText(send);
    if (state !== 'sent' || hasOtherText)
      return {
        raw,
        storedRecord: data,
        hasOtherText,
        record: { state: state === 'sent' ? 'unknown' : state, startedAtMs },
      };
    const message = await unsealReceipt(send, sealed);
    return message
      ? { raw, storedRecord: data, record: { state, startedAtMs, message } }
      : { raw, storedRecord: data, record: { state: 'unknown', startedAtMs } };
  }

  return {
    async find(send) {
      const { record, hasOtherText } = await read(send);
      if (hasOtherText) throw new Problem('conflict');
      return record;
    },

    async begin(send) {
      const { raw, record, hasOtherText } = await read(send);
      if (hasOtherText || !mayTransition(record?.state, 'pending')) return false;
      const started: StoredRecord = {
        state: 'pending',
        text: hashText(send),
        startedAtMs: now(),
        attempt: randomUUID(),
      };
      return store.compareAndSet(toStoreKey(send), raw, JSON.stringify(started), RECORD_TTL_MS);
    },

    async settle(send, outcome) {
      const state = 'id' in outcome ? 'sent' : outcome.state;
      const sealed = 'id' in outcome ? await sealReceipt(send, outcome) : undefined;
      for (let attempts = 0; attempts < MAX_SETTLE_ATTEMPTS; attempts++) {
        const { raw, record, storedRecord: before, hasOtherText } = await read(send);
        if (hasOtherText || (record && !mayTransition(record.state, state))) return;
        const settled: StoredRecord = {
          text: hashText(send),
          startedAtMs: now(),
          attempt: randomUUID(),
          ...before,
          state,
          ...(sealed !== undefined && { sealed }),
        };
        if (
          await store.compareAndSet(toStoreKey(send), raw, JSON.stringify(settled), RECORD_TTL_MS)
        )
          return;
      }
    },

    async claim(send, messageId) {
      const claimant = deriveSendKey(send, 'claim').toString('base64url');
      for (const storeKey of toStoreKeys('claim', send.orderId, send.userId, messageId))
        if (!(await store.compareAndSet(storeKey, undefined, claimant, RECORD_TTL_MS)))
          return false;
      return true;
    },

    toLeaseKeys: ({ orderId, userId, body }) =>
      toStoreKeys('turn', orderId, userId, toComparable(cleanText(body))),
  };
}

/** Whether a record may change from `state`, undefined if there is none, to `next`. */
export function mayTransition(state: SendState | undefined, next: SendState): boolean {
  return ALLOWED_TRANSITIONS[state ?? 'none'].includes(next);
}

function deriveSendKey({ orderId, userId, clientMessageId }: Send, label: string): Buffer {
  const secret = JSON.stringify([clientMessageId, orderId, userId]);
  return Buffer.from(deriveKey(secret, `send ${label}`));
}

function toStoreKey(send: Send): string {
  return `order-status:send:${deriveSendKey(send, 'address').toString('base64url')}`;
}

function hashText(send: Send): string {
  return keyedHash(deriveSendKey(send, 'text'), send.body).toString('base64url');
}

function sealReceipt(send: Send, { id, at }: SentMessage): Promise<string> {
  return sealText(deriveSendKey(send, 'receipt'), JSON.stringify({ id, at }));
}

async function unsealReceipt(send: Send, sealed: string): Promise<SentMessage | undefined> {
  const text = await unsealText(deriveSendKey(send, 'receipt'), sealed);
  return text === undefined ? undefined : receipt.safeParse(parseJson(text)).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
