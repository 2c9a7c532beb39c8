import 'server-only';
import { Problem } from '@/lib/order/problem';
import { createCircuitBreakers, type CallOutcome } from './circuit-breaker';
import { createBulkhead } from './bulkhead';
import { createConnectHttp, type ConnectResponse, type ConnectRequest } from './http';
import { readErrorCodes, readOrderMessages, type ConnectOrderMessages } from './schema';
import { createMessageSender, type SendMessage } from './send';
import { mintToken, type ConnectAccount } from './mint-token';
import { createConnectTokens, createStaticTokens } from './tokens';
import {
  NO_OBSERVER,
  observeHttp,
  observeMint,
  observeRejections,
  type ConnectObserver,
} from './observer';
import { createRetryBudget } from './retry-budget';
import { raceAbort, withTimeout } from './timeout';
import type { SharedTokenStore } from './shared-token-store';
import type { AdaptiveRateLimiter } from './adaptive-rate';
import { createWorkSlices, runInSlices } from './work-slices';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';

// The client of Connect: deadlines, few retries within a budget, circuit breakers, one new token after a 401.

const ATTEMPT_TIMEOUT_MS = 4_000;
const TOTAL_TIMEOUT_MS = 8_000;
const MAX_RETRIES = 2;
const MAX_CONCURRENT = 200;
const BACKOFF_BASE_MS = 200;
const BACKOFF_CAP_MS = 2_000;
const THROTTLED_MS = 1_000;

/**
 * `unchanged`: the body has the digest `knownDigest`. `chat-unavailable`: shopper information is removed for the
 * account, so this operation always fails.
 */
type OrderMessagesResult =
  | { kind: 'messages'; messages: ConnectOrderMessages; digest: string | undefined }
  | { kind: 'unchanged' }
  | { kind: 'chat-unavailable' };

/** `knownDigest`: digest of the response that the caller has; an equal response is returned as `unchanged`. */
type ReadOptions = { timeoutMs?: number; knownDigest?: string | undefined };

export type ConnectClient = {
  /**
   * Reads the messages within `timeoutMs`, 8 s by default. Throws Problem order_not_found, upstream_unavailable,
   * upstream_timeout or upstream_invalid.
   * https://docs.instacart.com/connect/api/post_checkout/chat/get_order_messages
   */
  getOrderMessages(
    orderId: string,
    userId: string,
    options?: ReadOptions,
  ): Promise<OrderMessagesResult>;
  sendMessage: SendMessage;
};

/**
 * `account`: credentials to mint a token per customer, or one token for all. `now`: ms since the epoch. `random`: from
 * 0 to 1. `sharedTokens`: undefined for a single instance.
 */
export function createConnectClient(options: {
  baseUrl: string;
  retailerId: string | undefined;
  account: ConnectAccount | { accessToken: string };
  now: () => number;
  random: () => number;
  wait: (delayMs: number) => Promise<unknown>;
  adaptiveRate: AdaptiveRateLimiter;
  sharedTokens: SharedTokenStore | undefined;
  observer?: ConnectObserver;
}): ConnectClient {
  const { account, now, random, wait, adaptiveRate, observer = NO_OBSERVER } = options;
  const http = observeHttp(createConnectHttp(options), observer, now);
  const acquireBreaker = observeRejections(
    observer,
    'breaker',
    createCircuitBreakers(now, observer.breakerStateChanged),
  );
  const reserveCall = observeRejections(observer, 'throttling', adaptiveRate.reserve);
  const retryBudget = createRetryBudget();
  const runBounded = createBulkhead(MAX_CONCURRENT, () => observer.rejected('concurrency_limit'));
  // End of the latest Retry-After of a 429, which applies to every request.
  let notBeforeMs = -Infinity;

  // Connect does not document Retry-After. Without it, a delay of over 1 s is enough for a limit per second.
  function toRetryAfterMs({ status, retryAfterMs }: ConnectResponse): number | undefined {
    return retryAfterMs ?? (status === 429 ? THROTTLED_MS * (1 + random()) : undefined);
  }

  const rejectWhileThrottled = observeRejections(observer, 'throttling', () => {
    const throttledMs = notBeforeMs - now();
    if (throttledMs > 0) throw new Problem('upstream_unavailable', { retryAfterMs: throttledMs });
  });

  const tokens =
    'accessToken' in account
      ? createStaticTokens(account.accessToken)
      : createConnectTokens({
          mint: (userId) =>
            observeMint(
              mintToken(account, userId, (request) => {
                const signal = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
                return attemptWithRetries({ ...request, signal }, userId, now() + TOTAL_TIMEOUT_MS);
              }),
              observer,
            ),
          sharedTokens: options.sharedTokens,
          now,
          random,
        });

  async function attempt(
    request: ConnectRequest,
    recordOutcome: (outcome: CallOutcome) => void,
  ): Promise<ConnectResponse> {
    let outcome: CallOutcome = 'fault';
    try {
      const response = await withTimeout(request.signal, ATTEMPT_TIMEOUT_MS, (signal) =>
        http.send({ ...request, signal }),
      );
      if (!isTransient(response.status)) outcome = 'answered';
      if (response.status === 429) {
        adaptiveRate.throttled();
        notBeforeMs = Math.max(notBeforeMs, now() + (response.retryAfterMs ?? 0));
      }
      return response;
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'upstream_invalid') outcome = 'answered';
      throw problem;
    } finally {
      recordOutcome(outcome);
    }
  }

  /**
   * Retries idempotent requests: reads, and minting, where a second token is harmless. If Retry-After is longer
   * than the largest back-off, the request fails and the page waits.
   */
  async function attemptWithRetries(
    request: ConnectRequest,
    breakerKey: string,
    deadlineMs: number,
  ) {
    rejectWhileThrottled();
    for (let retries = 0; ; retries++) {
      if (request.signal.aborted) throw new Problem('upstream_timeout');
      const paceMs = reserveCall();
      if (paceMs > 0) await raceAbort(wait(paceMs), request.signal);
      const backoffMs = random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** retries);
      // This call is outside the try block, because a rejection by the breaker is not retried.
      const recordOutcome = acquireBreaker(breakerKey);
      if (retries === 0) retryBudget.earn();
      let failure: Problem;
      try {
        const response = await attempt(request, recordOutcome);
        if (!isTransient(response.status)) return response;
        failure = new Problem('upstream_unavailable', { retryAfterMs: toRetryAfterMs(response) });
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.code === 'upstream_invalid') throw problem;
        failure = problem;
      }
      const delayMs = failure.retryAfterMs ?? backoffMs;
      const isTimeUp = request.signal.aborted || now() + delayMs >= deadlineMs;
      if (retries >= MAX_RETRIES || delayMs > BACKOFF_CAP_MS || isTimeUp) throw failure;
      if (!retryBudget.spend()) throw failure;
      await wait(delayMs);
    }
  }

  async function getOrderMessages(
    orderId: string,
    userId: string,
    { timeoutMs = TOTAL_TIMEOUT_MS, knownDigest }: ReadOptions = {},
  ): Promise<OrderMessagesResult> {
    const deadlineMs = now() + timeoutMs;
    const signal = AbortSignal.timeout(timeoutMs);
    const path = `/v2/post_checkout/orders/${encodeURIComponent(orderId)}/order_messages`;
    for (let refusals = 0; ; refusals++) {
      const accessToken = await raceAbort(tokens.get(userId), signal);
      const response = await attemptWithRetries(
        { method: 'GET', path, accessToken, signal, knownDigest },
        path,
        deadlineMs,
      );
      if (response.status !== 401) {
        tokens.accepted(userId, accessToken);
        return knownDigest !== undefined && response.digest === knownDigest
          ? { kind: 'unchanged' }
          : toOrderMessagesResult(response, observer);
      }
      if (refusals > 0 || !tokens.refused(userId, accessToken))
        throw new Problem('upstream_unavailable', { accessRefused: true });
    }
  }

  const sendMessage = createMessageSender({
    getToken: (userId, signal) => raceAbort(tokens.get(userId), signal),
    tokenAccepted: tokens.accepted,
    tokenRefused: tokens.refused,
    rejectWhileThrottled,
    acquireBreaker(path) {
      const recordOutcome = acquireBreaker(path);
      adaptiveRate.record();
      return (request) => attempt(request, recordOutcome);
    },
    toRetryAfterMs,
    now,
    random,
    wait,
  });

  return {
    getOrderMessages: (...reading) => runBounded(() => getOrderMessages(...reading)),
    sendMessage: (...message) =>
      runBounded(() => sendMessage(...message)).catch((problem: unknown) => {
        if (!(problem instanceof Problem)) throw problem;
        return { kind: 'unavailable', retryAfterMs: problem.retryAfterMs };
      }),
  };
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

// Errors are identified by code: https://docs.instacart.com/connect/api/error_and_status_codes
async function toOrderMessagesResult(
  { status, body, digest }: ConnectResponse,
  observer: ConnectObserver,
): Promise<OrderMessagesResult> {
  if (status === 200) {
    const faults: FieldFaults = new Map();
    const messages = await runInSlices(readOrderMessages(body, faults), createWorkSlices());
    if (faults.size > 0) observer.unreadable(faults);
    if (messages) return { kind: 'messages', messages, digest };
  }
  // A 404 without Connect's error body was sent by a proxy in between.
  const codes = readErrorCodes(body);
  if (status === 404 && codes.length > 0) throw new Problem('order_not_found');
  if (status === 404) throw new Problem('upstream_unavailable');
  // The only documented 403 of this operation, "Shopper PII", has the code null.
  if (status === 403 && codes.includes(null)) return { kind: 'chat-unavailable' };
  if (status >= 400) throw new Problem('upstream_unavailable', { accessRefused: true });
  throw new Problem('upstream_invalid');
}
