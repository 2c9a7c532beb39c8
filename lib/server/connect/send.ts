import 'server-only';
import { Problem, type ProblemCode } from '@/lib/order/problem';
import { wasNeverSent, type ConnectResponse, type ConnectRequest } from './http';
import { parseSentMessage, readErrorCodes } from './schema';

// Posts messages to the chat. Connect has no idempotency key, so a message that may have arrived is not posted again.

const TOTAL_TIMEOUT_MS = 8_000;
const MIN_ATTEMPT_MS = 1_000;
const MAX_REPEATS = 2;
const RECONNECT_MS = 200;

export type SendOutcome =
  | { kind: 'sent'; id: string; at: string }
  /** Connect rejected the message. */
  | { kind: 'refused'; code: ProblemCode }
  /** The message has not arrived; a later attempt may succeed. */
  | { kind: 'unavailable'; retryAfterMs: number | undefined }
  /** The message may have arrived. */
  | { kind: 'unknown' };

/**
 * Faults of Connect or of the network are outcomes, not errors. `body` has 1-1,000 UTF-16 units; `timeoutMs` is
 * 8 s by default.
 */
export type SendMessage = (
  orderId: string,
  userId: string,
  body: string,
  timeoutMs?: number,
) => Promise<SendOutcome>;

type Attempt = (request: ConnectRequest) => Promise<ConnectResponse>;

/** Repeats a post only if no connection existed, or after a 401 or 429, within `timeoutMs` and two repeats. */
export function createMessageSender(parts: {
  /** Throws Problem if no token is available; the message is then not sent. */
  getToken: (userId: string, signal: AbortSignal) => Promise<string>;
  tokenAccepted: (userId: string, accessToken: string) => void;
  /** Returns false if a new token must not be requested yet. */
  tokenRefused: (userId: string, accessToken: string) => boolean;
  /** Throws Problem until the Retry-After of Connect has passed. */
  rejectWhileThrottled: () => void;
  /** Throws Problem while the breaker is open. */
  acquireBreaker: (path: string) => Attempt;
  toRetryAfterMs: (response: ConnectResponse) => number | undefined;
  now: () => number;
  random: () => number;
  wait: (delayMs: number) => Promise<unknown>;
}): SendMessage {
  const { getToken, tokenAccepted, tokenRefused, toRetryAfterMs, now, random, wait } = parts;

  async function prepare(path: string, userId: string, signal: AbortSignal, isFirst: boolean) {
    try {
      if (isFirst) parts.rejectWhileThrottled();
      const accessToken = await getToken(userId, signal);
      return { accessToken, attempt: parts.acquireBreaker(path) };
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return problem;
    }
  }

  return async function sendMessage(orderId, userId, body, timeoutMs = TOTAL_TIMEOUT_MS) {
    const deadlineMs = now() + timeoutMs;
    const signal = AbortSignal.timeout(timeoutMs);
    const path = `/v2/post_checkout/chat/${encodeURIComponent(orderId)}/messages`;
    let refusedTokens = 0;
    for (let repeats = 0; ; repeats++) {
      const prepared = await prepare(path, userId, signal, repeats === 0);
      if (prepared instanceof Problem)
        return { kind: 'unavailable', retryAfterMs: prepared.retryAfterMs };
      const { accessToken, attempt } = prepared;
      const response = await attempt({
        method: 'POST',
        path,
        accessToken,
        body: { body },
        signal,
        newConnection: true,
      }).catch((problem: unknown) => (wasNeverSent(problem) ? 'not-sent' : 'unknown'));
      if (response === 'unknown') return { kind: 'unknown' };

      let delayMs = random() * RECONNECT_MS * 2 ** repeats;
      if (response !== 'not-sent') {
        if (response.status === 401) {
          if (refusedTokens++ > 0 || !tokenRefused(userId, accessToken))
            return { kind: 'unavailable', retryAfterMs: undefined };
          continue;
        }
        tokenAccepted(userId, accessToken);
        if (response.status !== 429) return toOutcome(response);
        delayMs = toRetryAfterMs(response) ?? delayMs;
      }
      const isTimeUp = signal.aborted || now() + delayMs + MIN_ATTEMPT_MS > deadlineMs;
      if (repeats >= MAX_REPEATS || isTimeUp)
        return { kind: 'unavailable', retryAfterMs: response === 'not-sent' ? undefined : delayMs };
      await wait(delayMs);
    }
  };
}

// https://docs.instacart.com/connect/api/post_checkout/chat/send_a_chat_message
function toOutcome({ status, body }: ConnectResponse): SendOutcome {
  if (status === 408 || status >= 500) return { kind: 'unknown' };
  if (status < 400) {
    const message = status === 200 ? parseSentMessage(body) : undefined;
    return message ? { kind: 'sent', ...message } : { kind: 'unknown' };
  }
  const codes = readErrorCodes(body);
  // An error without Connect's error body was sent by a proxy in between.
  if (status === 400 && codes.length > 0) return { kind: 'refused', code: 'invalid_request' };
  if (status === 403 && codes.includes(null)) return { kind: 'refused', code: 'chat_closed' };
  if (status === 404 && codes.length > 0) return { kind: 'refused', code: 'order_not_found' };
  return { kind: 'unavailable', retryAfterMs: undefined };
}
