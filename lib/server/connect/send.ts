import 'server-only';
import { Problem, type ProblemCode } from '@/lib/order/problem';
import { neverLeft, type ConnectAnswer, type ConnectRequest } from './http';
import { parseSentMessage, readErrorCodes } from './schema';

// Posting to the chat. Connect knows no idempotency key, so what may have arrived is never posted again.

const TOTAL_MS = 8_000;
const MIN_ATTEMPT_MS = 1_000;
const MAX_REPEATS = 2;
const RECONNECT_MS = 200;

export type SendOutcome =
  | { kind: 'sent'; id: string; at: string }
  /** Connect has said no, and took nothing. */
  | { kind: 'refused'; code: ProblemCode }
  /** Nothing has arrived, and another time may do. */
  | { kind: 'unavailable'; retryAfterMs: number | undefined }
  /** It may have arrived, or not. */
  | { kind: 'unknown' };

/** Never throws for what Connect or the network do. `body` has 1-1,000 UTF-16 units. */
export type SendMessage = (
  orderId: string,
  userId: string,
  body: string,
  withinMs?: number,
) => Promise<SendOutcome>;

type Attempt = (request: ConnectRequest) => Promise<ConnectAnswer>;

export function createMessageSender(parts: {
  /** Throws Problem: without a token nothing is sent. */
  getToken: (userId: string, signal: AbortSignal) => Promise<string>;
  tokenAccepted: (userId: string, accessToken: string) => void;
  /** False: asking for another token is no use yet. */
  tokenRefused: (userId: string, accessToken: string) => boolean;
  /** Throws Problem while Connect wants to be left alone. */
  refuseWhileThrottled: () => void;
  /** Throws Problem while the breaker is open. */
  acquireBreaker: (path: string) => Attempt;
  toRetryAfterMs: (answer: ConnectAnswer) => number | undefined;
  now: () => number;
  random: () => number;
  wait: (delayMs: number) => Promise<unknown>;
}): SendMessage {
  const { getToken, tokenAccepted, tokenRefused, toRetryAfterMs, now, random, wait } = parts;

  async function prepare(path: string, userId: string, signal: AbortSignal, isFirst: boolean) {
    try {
      if (isFirst) parts.refuseWhileThrottled();
      const accessToken = await getToken(userId, signal);
      return { accessToken, attempt: parts.acquireBreaker(path) };
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return problem;
    }
  }

  return async function sendMessage(orderId, userId, body, withinMs = TOTAL_MS) {
    const deadlineMs = now() + withinMs;
    const signal = AbortSignal.timeout(withinMs);
    const path = `/v2/post_checkout/chat/${encodeURIComponent(orderId)}/messages`;
    let refusedTokens = 0;
    for (let repeats = 0; ; repeats++) {
      const ready = await prepare(path, userId, signal, repeats === 0);
      if (ready instanceof Problem)
        return { kind: 'unavailable', retryAfterMs: ready.retryAfterMs };
      const { accessToken, attempt } = ready;
      const answer = await attempt({
        method: 'POST',
        path,
        accessToken,
        body: { body },
        signal,
        ownConnection: true,
      }).catch((problem: unknown) => (neverLeft(problem) ? 'never-left' : 'unknown'));
      if (answer === 'unknown') return { kind: 'unknown' };

      let delayMs = random() * RECONNECT_MS * 2 ** repeats;
      if (answer !== 'never-left') {
        if (answer.status === 401) {
          if (refusedTokens++ > 0 || !tokenRefused(userId, accessToken))
            return { kind: 'unavailable', retryAfterMs: undefined };
          continue;
        }
        tokenAccepted(userId, accessToken);
        if (answer.status !== 429) return toOutcome(answer);
        delayMs = toRetryAfterMs(answer) ?? delayMs;
      }
      const isTimeUp = signal.aborted || now() + delayMs + MIN_ATTEMPT_MS > deadlineMs;
      if (repeats >= MAX_REPEATS || isTimeUp)
        return { kind: 'unavailable', retryAfterMs: answer === 'never-left' ? undefined : delayMs };
      await wait(delayMs);
    }
  };
}

// https://docs.instacart.com/connect/api/post_checkout/chat/send_a_chat_message
function toOutcome({ status, body }: ConnectAnswer): SendOutcome {
  if (status === 408 || status >= 500) return { kind: 'unknown' };
  if (status < 400) {
    const message = status === 200 ? parseSentMessage(body) : undefined;
    return message ? { kind: 'sent', ...message } : { kind: 'unknown' };
  }
  const codes = readErrorCodes(body);
  // A refusal that does not speak Connect's language comes from something in between.
  if (status === 400 && codes.length > 0) return { kind: 'refused', code: 'invalid_request' };
  if (status === 403 && codes.includes(null)) return { kind: 'refused', code: 'chat_closed' };
  if (status === 404 && codes.length > 0) return { kind: 'refused', code: 'order_not_found' };
  return { kind: 'unavailable', retryAfterMs: undefined };
}
