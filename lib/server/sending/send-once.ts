import 'server-only';
import { cleanText } from '@/lib/order/clean-text';
import { Problem } from '@/lib/order/problem';
import { isSameText } from '@/lib/order/same-text';
import type { ConnectClient } from '@/lib/server/connect/client';
import type { ConnectChatMessage } from '@/lib/server/connect/schema';
import type { Send, SendRecords, SentMessage } from './send-records';
import { acquireLeases, type AcquireLease } from '@/lib/server/redis/lease';
import type { SentVia } from '@/lib/server/observability/vocabulary';

// Posts a message once, however often and wherever it is asked for, and says what became of it.

// All of it, from the first line to the answer: who asks gives up soon after.
const TOTAL_MS = 8_000;
const MAX_TURN_MS = 3_500;
// Kept back for looking into the thread.
const LOOK_MS = 1_500;
const ASK_AGAIN_MS = 1_000;
// At once, a second later, and two and a half after the first time.
const LOOK_DELAYS_MS = [0, 1_000, 1_500];
// Our clock and Connect's differ.
const LEEWAY_MS = 60_000;
// A longer copy is none: an escaped character takes ten at most, and texts are not compared for nothing.
const MAX_ESCAPED_RATIO = 20;

export type SendResult = { message: SentMessage; sentVia: SentVia };

/**
 * Throws Problem conflict, send_unconfirmed, chat_closed, order_not_found, invalid_request,
 * upstream_unavailable (nothing was sent), or what `admit` throws.
 */
export type SendOnce = (send: Send) => Promise<SendResult>;

type Parts = {
  records: SendRecords;
  acquireLease: AcquireLease;
  connect: Pick<ConnectClient, 'sendMessage' | 'getOrderMessages'>;
  /** Asked before each posting, so for what failed again too. Throws Problem slow_down. */
  admit: (send: Send) => Promise<void>;
  onSent: (send: Send) => void;
  now: () => number;
  wait: (delayMs: number) => Promise<unknown>;
};

export function createSendOnce(parts: Parts): SendOnce {
  const { records, acquireLease: acquireLease, connect, now, wait } = parts;
  const flights = new Map<string, { body: string; result: Promise<SendResult> }>();

  async function send(request: Send): Promise<SendResult> {
    const deadlineMs = now() + TOTAL_MS;
    const known = await records.find(request);
    if (known?.state === 'sent') return { message: known.message, sentVia: 'repeated' };
    if (!known || known.state === 'failed') await parts.admit(request);
    // Two messages that say the same look alike in the thread, so one is settled before the next begins.
    const giveBack = await acquireLeases(acquireLease, records.toTurnNames(request), MAX_TURN_MS);
    if (!giveBack) return giveUp(request);
    try {
      return await sendInTurn(request, deadlineMs);
    } finally {
      await giveBack();
    }
  }

  async function giveUp(request: Send): Promise<SendResult> {
    const known = await records.find(request);
    if (known?.state === 'sent') return { message: known.message, sentVia: 'repeated' };
    if (known && known.state !== 'failed') throw new Problem('send_unconfirmed');
    throw new Problem('upstream_unavailable', { retryAfterMs: ASK_AGAIN_MS });
  }

  async function sendInTurn(request: Send, deadlineMs: number): Promise<SendResult> {
    const known = await records.find(request);
    if (known?.state === 'sent') return { message: known.message, sentVia: 'repeated' };
    // Pending in our turn: whoever began it has died.
    if (known && known.state !== 'failed') return confirm(request, known.startedAtMs, deadlineMs);
    // Somebody else was faster: with another text, or where Redis does not let instances take turns.
    if (!(await records.begin(request))) return giveUp(request);

    const startedAtMs = now();
    const { orderId, userId, body } = request;
    const withinMs = deadlineMs - startedAtMs - LOOK_MS;
    const outcome = await connect
      .sendMessage(orderId, userId, body, withinMs)
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

  /** Looks the message up in the thread; never posts. Throws Problem send_unconfirmed. */
  async function confirm(request: Send, startedAtMs: number, deadlineMs: number) {
    await records.settle(request, { state: 'unknown' });
    // It may have arrived, found or not.
    parts.onSent(request);
    for (const delayMs of LOOK_DELAYS_MS) {
      if (now() + delayMs >= deadlineMs) break;
      if (delayMs > 0) await wait(delayMs);
      const withinMs = deadlineMs - now();
      const message = await look(request, startedAtMs, withinMs).catch(() => undefined);
      if (!message) continue;
      await records.settle(request, message);
      parts.onSent(request);
      return { message, sentVia: 'confirmed' as const };
    }
    throw new Problem('send_unconfirmed');
  }

  async function look(request: Send, startedAtMs: number, withinMs: number) {
    const { orderId, userId, body } = request;
    const answer = await connect.getOrderMessages(orderId, userId, { withinMs });
    if (answer.kind !== 'messages') return undefined;
    for (const message of findAlike(answer.messages.chatMessages, body, startedAtMs))
      if (await records.claim(request, message.id))
        return { id: message.id, at: message.created_at };
    return undefined;
  }

  return async function sendOnce(request) {
    const key = JSON.stringify([request.orderId, request.userId, request.clientMessageId]);
    const flight = flights.get(key);
    if (flight && flight.body !== request.body) throw new Problem('conflict');
    if (flight) return { ...(await flight.result), sentVia: 'repeated' };
    const result = send(request).finally(() => flights.delete(key));
    flights.set(key, { body: request.body, result });
    return result;
  };
}

/** The customer's messages that say the same, those sent nearest to then first. */
export function findAlike(
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
        Date.parse(message.created_at) >= startedAtMs - LEEWAY_MS &&
        message.body.length <= maxLength &&
        isSameText(cleanText(message.body), text),
    )
    .sort((a, b) => distanceMs(a) - distanceMs(b));
}
