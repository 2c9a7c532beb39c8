import 'server-only';
import { cleanText } from '@/lib/order/clean-text';
import { Problem } from '@/lib/order/problem';
import { isSameText } from '@/lib/order/same-text';
import type { ConnectClient } from '@/lib/server/connect/client';
import type { ConnectChatMessage } from '@/lib/server/connect/schema';
import type { Send, SendRecords, SentMessage } from './send-records';
import { acquireLeases, type AcquireLease } from '@/lib/server/redis/lease';
import type { SentVia } from '@/lib/server/observability/vocabulary';

// Send-once: posts a message once, even if several requests on several instances send it, and returns the outcome.

// Limits the whole request. The timeout of the page is longer, so that the page gets the outcome.
const TOTAL_TIMEOUT_MS = 8_000;
const LEASE_TIMEOUT_MS = 3_500;
// Reserved for reading the thread after a post with an unknown outcome.
const CONFIRM_RESERVE_MS = 1_500;
const RETRY_AFTER_MS = 1_000;
// Pauses before each read of the thread: it is read after 0, 1 and 2.5 s.
const CONFIRM_DELAYS_MS = [0, 1_000, 1_500];
// The largest assumed difference between our clock and Connect's.
const CLOCK_SKEW_MS = 60_000;
// Bounds the CPU time of comparing texts. Escaping three times, as in "&amp;amp;quot;", makes a text 14 times as long.
const MAX_ESCAPED_RATIO = 20;

export type SendResult = { message: SentMessage; sentVia: SentVia };

/**
 * Resolves once the message is in the chat. Throws Problem conflict, send_unconfirmed, chat_closed, order_not_found,
 * invalid_request, upstream_unavailable (nothing was sent), or the error of `admit`.
 */
export type SendOnce = (send: Send) => Promise<SendResult>;

type Parts = {
  records: SendRecords;
  acquireLease: AcquireLease;
  connect: Pick<ConnectClient, 'sendMessage' | 'getOrderMessages'>;
  /** Called before each post, also before a retry of a failed send. Throws Problem slow_down. */
  admit: (send: Send) => Promise<void>;
  /** Called when the message is or may be in the chat. */
  onSent: (send: Send) => void;
  now: () => number;
  wait: (delayMs: number) => Promise<unknown>;
};

export function createSendOnce(parts: Parts): SendOnce {
  const { records, acquireLease, connect, now, wait } = parts;
  const inFlight = new Map<string, { body: string; result: Promise<SendResult> }>();

  async function send(request: Send): Promise<SendResult> {
    const deadlineMs = now() + TOTAL_TIMEOUT_MS;
    const record = await records.find(request);
    if (record?.state === 'sent') return { message: record.message, sentVia: 'repeated' };
    if (!record || record.state === 'failed') await parts.admit(request);
    // Messages with the same text cannot be distinguished in the thread, so one is settled before the next is posted.
    const releaseLeases = await acquireLeases(
      acquireLease,
      records.toLeaseKeys(request),
      LEASE_TIMEOUT_MS,
    );
    if (!releaseLeases) return resolveWithoutPosting(request);
    try {
      return await sendUnderLease(request, deadlineMs);
    } finally {
      await releaseLeases();
    }
  }

  async function resolveWithoutPosting(request: Send): Promise<SendResult> {
    const record = await records.find(request);
    if (record?.state === 'sent') return { message: record.message, sentVia: 'repeated' };
    if (record && record.state !== 'failed') throw new Problem('send_unconfirmed');
    throw new Problem('upstream_unavailable', { retryAfterMs: RETRY_AFTER_MS });
  }

  async function sendUnderLease(request: Send, deadlineMs: number): Promise<SendResult> {
    const record = await records.find(request);
    if (record?.state === 'sent') return { message: record.message, sentVia: 'repeated' };
    // A pending record under our lease means that the instance that began to post has crashed.
    if (record && record.state !== 'failed')
      return confirm(request, record.startedAtMs, deadlineMs);
    // Another request has begun: with another text, or without a common lease because Redis does not reply.
    if (!(await records.begin(request))) return resolveWithoutPosting(request);

    const startedAtMs = now();
    const { orderId, userId, body } = request;
    const timeoutMs = deadlineMs - startedAtMs - CONFIRM_RESERVE_MS;
    const outcome = await connect
      .sendMessage(orderId, userId, body, timeoutMs)
      .catch(() => ({ kind: 'unknown' as const }));
    switch (outcome.kind) {
      case 'sent': {
        const message = { id: outcome.id, at: outcome.at };
        await records.claim(request, message.id);
        await records.settle(request, message);
        parts.onSent(request);
        return { message, sentVia: 'posted' };
      }
      case 'refused':
        await records.settle(request, { state: 'failed' });
        throw new Problem(outcome.code);
      case 'unavailable':
        await records.settle(request, { state: 'failed' });
        throw new Problem('upstream_unavailable', { retryAfterMs: outcome.retryAfterMs });
      case 'unknown':
        return confirm(request, startedAtMs, deadlineMs);
    }
  }

  /** Searches the thread for the message; never posts. Throws Problem send_unconfirmed. */
  async function confirm(request: Send, startedAtMs: number, deadlineMs: number) {
    await records.settle(request, { state: 'unknown' });
    // The message may have arrived even if the thread does not show it yet.
    parts.onSent(request);
    for (const delayMs of CONFIRM_DELAYS_MS) {
      if (now() + delayMs >= deadlineMs) break;
      if (delayMs > 0) await wait(delayMs);
      const timeoutMs = deadlineMs - now();
      const message = await findInThread(request, startedAtMs, timeoutMs).catch(() => undefined);
      if (!message) continue;
      await records.settle(request, message);
      parts.onSent(request);
      return { message, sentVia: 'confirmed' as const };
    }
    throw new Problem('send_unconfirmed');
  }

  async function findInThread(request: Send, startedAtMs: number, timeoutMs: number) {
    const { orderId, userId, body } = request;
    const result = await connect.getOrderMessages(orderId, userId, { timeoutMs });
    if (result.kind !== 'messages') return undefined;
    for (const message of findSameMessages(result.messages.chatMessages, body, startedAtMs))
      if (await records.claim(request, message.id))
        return { id: message.id, at: message.created_at };
    return undefined;
  }

  return async function sendOnce(request) {
    const key = JSON.stringify([request.orderId, request.userId, request.clientMessageId]);
    const pending = inFlight.get(key);
    if (pending && pending.body !== request.body) throw new Problem('conflict');
    if (pending) return { ...(await pending.result), sentVia: 'repeated' };
    const result = send(request).finally(() => inFlight.delete(key));
    inFlight.set(key, { body: request.body, result });
    return result;
  };
}

/** The customer's messages with the same text as `body`, ordered by distance in time from `startedAtMs`. */
export function findSameMessages(
  thread: readonly ConnectChatMessage[],
  body: string,
  startedAtMs: number,
): ConnectChatMessage[] {
  const text = cleanText(body);
  const maxLength = MAX_ESCAPED_RATIO * body.length;
  const distanceMs = ({ created_at: at }: ConnectChatMessage) =>
    Math.abs(Date.parse(at) - startedAtMs);
  return thread
    .filter(
      (message) =>
        message.sender_type === 'user' &&
        Date.parse(message.created_at) >= startedAtMs - CLOCK_SKEW_MS &&
        message.body.length <= maxLength &&
        isSameText(cleanText(message.body), text),
    )
    .sort((a, b) => distanceMs(a) - distanceMs(b));
}
