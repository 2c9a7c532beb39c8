import 'server-only';
import { createHmac, randomUUID } from 'node:crypto';
import { millisecondsInDay } from 'date-fns/constants';
import { z } from 'zod';
import { cleanText } from '@/lib/order/clean-text';
import { Problem } from '@/lib/order/problem';
import { toComparable } from '@/lib/order/same-text';
import type { CasStore } from '@/lib/server/redis/cas-store';
import type { LinkKeys } from '@/lib/server/config/link-keys';
import { deriveKey, sealText, unsealText } from '@/lib/server/redis/sealed-text';

// What has become of each message that a page asked to send, for a day. Neither text nor ids are in it:
// the page's own random id is what the record's address and keys are made of.

const KEPT_MS = millisecondsInDay;
const MAX_SWAPS = 3;

export type Send = {
  orderId: string;
  userId: string;
  /** A UUID in lower case. */
  clientMessageId: string;
  body: string;
};

export type SentMessage = { id: string; at: string };

/**
 * `failed`: nothing has arrived. `pending`: being posted, or its instance died over it.
 * `unknown`: it may have arrived.
 */
const SEND_STATES = ['pending', 'sent', 'failed', 'unknown'] as const;
export type SendState = (typeof SEND_STATES)[number];

type KnownSend =
  | { state: Exclude<SendState, 'sent'>; startedAtMs: number }
  | { state: 'sent'; startedAtMs: number; message: SentMessage };

/** From what may have arrived no way leads back to posting. */
const FOLLOWERS: Record<SendState | 'none', readonly SendState[]> = {
  none: ['pending'],
  pending: ['sent', 'failed', 'unknown'],
  failed: ['pending'],
  unknown: ['sent'],
  sent: [],
};

export type SendRecords = {
  /** Throws Problem conflict when the id stands for another text. */
  find(send: Send): Promise<KnownSend | undefined>;
  /** True for one caller alone, and only where nothing can have arrived. */
  begin(send: Send): Promise<boolean>;
  /** Does nothing where the record has come further already. */
  settle(send: Send, end: { state: 'failed' | 'unknown' } | SentMessage): Promise<void>;
  /** A message in the thread belongs to one send alone: false if it is another's. */
  claim(send: Send, messageId: string): Promise<boolean>;
  /** The same for sends of one order that say the same: one for each link key, always in one order. */
  toTurnNames(send: Send): readonly string[];
};

const entry = z.object({
  state: z.enum(SEND_STATES),
  text: z.string(),
  startedAtMs: z.number(),
  /** Tells two instances apart that begin at the same moment. */
  attempt: z.string(),
  sealed: z.string().optional(),
});
type Entry = z.output<typeof entry>;

type Found = {
  raw?: string;
  entry?: Entry;
  known?: KnownSend;
  /** The id stands for another text. */
  isOther?: boolean;
};

const receipt = z.object({ id: z.string(), at: z.string() });

export function createSendRecords(
  store: CasStore,
  linkKeys: LinkKeys,
  now: () => number,
): SendRecords {
  // Under every key, so that instances agree while keys change and all know one of them at least.
  function toMarks(label: string, ...parts: string[]): string[] {
    const text = `${label}\n${JSON.stringify(parts)}`;
    return linkKeys
      .map(({ key }) => createHmac('sha256', key).update(text).digest('base64url'))
      .map((hash) => `order-status:${label}:${hash}`)
      .sort();
  }

  async function read(send: Send): Promise<Found> {
    const raw = await store.get(toAddress(send));
    if (raw === undefined) return {};
    const { data } = entry.safeParse(parseJson(raw));
    // What cannot be read may have been sent.
    if (!data) return { raw, known: { state: 'unknown', startedAtMs: now() } };
    const { state, startedAtMs, sealed = '' } = data;
    const isOther = data.text !== toTextMark(send);
    if (state !== 'sent' || isOther)
      return {
        raw,
        entry: data,
        isOther,
        known: { state: state === 'sent' ? 'unknown' : state, startedAtMs },
      };
    const message = await unsealReceipt(send, sealed);
    return message
      ? { raw, entry: data, known: { state, startedAtMs, message } }
      : { raw, entry: data, known: { state: 'unknown', startedAtMs } };
  }

  return {
    async find(send) {
      const { known, isOther } = await read(send);
      if (isOther) throw new Problem('conflict');
      return known;
    },

    async begin(send) {
      const { raw, known, isOther } = await read(send);
      if (isOther || !mayFollow(known?.state, 'pending')) return false;
      const begun: Entry = {
        state: 'pending',
        text: toTextMark(send),
        startedAtMs: now(),
        attempt: randomUUID(),
      };
      return store.compareAndSet(toAddress(send), raw, JSON.stringify(begun), KEPT_MS);
    },

    async settle(send, end) {
      const state = 'id' in end ? 'sent' : end.state;
      const sealed = 'id' in end ? await sealReceipt(send, end) : undefined;
      for (let swaps = 0; swaps < MAX_SWAPS; swaps++) {
        const { raw, known, entry: before, isOther } = await read(send);
        if (isOther || (known && !mayFollow(known.state, state))) return;
        const ended: Entry = {
          text: toTextMark(send),
          startedAtMs: now(),
          attempt: randomUUID(),
          ...before,
          state,
          ...(sealed !== undefined && { sealed }),
        };
        if (await store.compareAndSet(toAddress(send), raw, JSON.stringify(ended), KEPT_MS)) return;
      }
    },

    async claim(send, messageId) {
      const claimant = derive(send, 'claim').toString('base64url');
      for (const mark of toMarks('claim', send.orderId, send.userId, messageId))
        if (!(await store.compareAndSet(mark, undefined, claimant, KEPT_MS))) return false;
      return true;
    },

    toTurnNames: ({ orderId, userId, body }) =>
      toMarks('turn', orderId, userId, toComparable(cleanText(body))),
  };
}

export function mayFollow(state: SendState | undefined, next: SendState): boolean {
  return FOLLOWERS[state ?? 'none'].includes(next);
}

function derive({ orderId, userId, clientMessageId }: Send, label: string): Buffer {
  const secret = JSON.stringify([clientMessageId, orderId, userId]);
  return Buffer.from(deriveKey(secret, `send ${label}`));
}

function toAddress(send: Send): string {
  return `order-status:send:${derive(send, 'address').toString('base64url')}`;
}

function toTextMark(send: Send): string {
  return createHmac('sha256', derive(send, 'text')).update(send.body).digest('base64url');
}

function sealReceipt(send: Send, { id, at }: SentMessage): Promise<string> {
  return sealText(derive(send, 'receipt'), JSON.stringify({ id, at }));
}

async function unsealReceipt(send: Send, sealed: string): Promise<SentMessage | undefined> {
  const text = await unsealText(derive(send, 'receipt'), sealed);
  return text === undefined ? undefined : receipt.safeParse(parseJson(text)).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
