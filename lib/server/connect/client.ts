import 'server-only';
import { Problem } from '@/lib/order/problem';
import { createCircuitBreakers, type CallOutcome } from './circuit-breaker';
import { createBulkhead } from './bulkhead';
import { createConnectHttp, type ConnectAnswer, type ConnectRequest } from './http';
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

// The only way to Connect: deadlines, few retries, breakers, a budget, one new token after a 401.

const ATTEMPT_MS = 4_000;
const TOTAL_MS = 8_000;
const MAX_RETRIES = 2;
const MAX_WAITING = 200;
const BACKOFF_BASE_MS = 200;
const BACKOFF_CAP_MS = 2_000;
const THROTTLED_MS = 1_000;

/** `chat-unavailable`: the account has shopper information removed, so this operation always fails. */
type OrderMessagesAnswer =
  | { kind: 'messages'; messages: ConnectOrderMessages; digest: string | undefined }
  /** As known. */
  | { kind: 'unchanged' }
  | { kind: 'chat-unavailable' };

/** `knownDigest`: that of an answer which need not be read again if it is still the same. */
type ReadOptions = { withinMs?: number; knownDigest?: string | undefined };

export type ConnectClient = {
  /** Throws Problem order_not_found or one of the upstream codes. */
  getOrderMessages(
    orderId: string,
    userId: string,
    options?: ReadOptions,
  ): Promise<OrderMessagesAnswer>;
  sendMessage: SendMessage;
};

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
  const {
    account,
    now,
    random,
    wait,
    adaptiveRate: adaptiveRate,
    observer: observer = NO_OBSERVER,
  } = options;
  const http = observeHttp(createConnectHttp(options), observer, now);
  const acquireBreaker = observeRejections(
    observer,
    'breaker',
    createCircuitBreakers(now, observer.breakerStateChanged),
  );
  const reserveCall = observeRejections(observer, 'throttling', adaptiveRate.reserve);
  const retryBudget = createRetryBudget();
  const runBounded = createBulkhead(MAX_WAITING, () => observer.rejected('concurrency_limit'));
  // Connect's own Retry-After, which holds for everyone.
  let notBeforeMs = -Infinity;

  // The limit is per second, and Retry-After is not documented.
  function toRetryAfterMs({ status, retryAfterMs }: ConnectAnswer): number | undefined {
    return retryAfterMs ?? (status === 429 ? THROTTLED_MS * (1 + random()) : undefined);
  }

  const refuseWhileThrottled = observeRejections(observer, 'throttling', () => {
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
                const signal = AbortSignal.timeout(TOTAL_MS);
                return attemptWithRetries({ ...request, signal }, userId, now() + TOTAL_MS);
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
  ): Promise<ConnectAnswer> {
    let outcome: CallOutcome = 'fault';
    try {
      const answer = await withTimeout(request.signal, ATTEMPT_MS, (signal) =>
        http.send({ ...request, signal }),
      );
      if (!isTransient(answer.status)) outcome = 'answered';
      if (answer.status === 429) {
        adaptiveRate.throttled();
        notBeforeMs = Math.max(notBeforeMs, now() + (answer.retryAfterMs ?? 0));
      }
      return answer;
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'upstream_invalid') outcome = 'answered';
      throw problem;
    } finally {
      recordOutcome(outcome);
    }
  }

  /**
   * Repeats what is safe to repeat: readings, and minting, where a second token does no harm. A wait
   * that Connect asks for and that is longer than a back-off is for the page, not for this request.
   */
  async function attemptWithRetries(
    request: ConnectRequest,
    breakerKey: string,
    deadlineMs: number,
  ) {
    refuseWhileThrottled();
    for (let retries = 0; ; retries++) {
      if (request.signal.aborted) throw new Problem('upstream_timeout');
      const paceMs = reserveCall();
      if (paceMs > 0) await raceAbort(wait(paceMs), request.signal);
      const backoffMs = random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** retries);
      // Outside the try: nobody waits for a breaker that is open.
      const recordOutcome = acquireBreaker(breakerKey);
      if (retries === 0) retryBudget.earn();
      let failure: Problem;
      try {
        const answer = await attempt(request, recordOutcome);
        if (!isTransient(answer.status)) return answer;
        failure = new Problem('upstream_unavailable', { retryAfterMs: toRetryAfterMs(answer) });
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
    { withinMs = TOTAL_MS, knownDigest }: ReadOptions = {},
  ): Promise<OrderMessagesAnswer> {
    const deadlineMs = now() + withinMs;
    const signal = AbortSignal.timeout(withinMs);
    const path = `/v2/post_checkout/orders/${encodeURIComponent(orderId)}/order_messages`;
    for (let refusals = 0; ; refusals++) {
      const accessToken = await raceAbort(tokens.get(userId), signal);
      const answer = await attemptWithRetries(
        { method: 'GET', path, accessToken, signal, knownDigest },
        path,
        deadlineMs,
      );
      if (answer.status !== 401) {
        tokens.accepted(userId, accessToken);
        return knownDigest !== undefined && answer.digest === knownDigest
          ? { kind: 'unchanged' }
          : toOrderMessagesAnswer(answer, observer);
      }
      if (refusals > 0 || !tokens.refused(userId, accessToken))
        throw new Problem('upstream_unavailable', { accessRefused: true });
    }
  }

  const sendMessage = createMessageSender({
    getToken: (userId, signal) => raceAbort(tokens.get(userId), signal),
    tokenAccepted: tokens.accepted,
    tokenRefused: tokens.refused,
    refuseWhileThrottled,
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

// Identified by code, not by message: https://docs.instacart.com/connect/api/error_and_status_codes
async function toOrderMessagesAnswer(
  { status, body, digest }: ConnectAnswer,
  observer: ConnectObserver,
): Promise<OrderMessagesAnswer> {
  if (status === 200) {
    const faults: FieldFaults = new Map();
    const messages = await runInSlices(readOrderMessages(body, faults), createWorkSlices());
    if (faults.size > 0) observer.unreadable(faults);
    if (messages) return { kind: 'messages', messages, digest };
  }
  // A 404 that does not speak Connect's language comes from something in between.
  const codes = readErrorCodes(body);
  if (status === 404 && codes.length > 0) throw new Problem('order_not_found');
  if (status === 404) throw new Problem('upstream_unavailable');
  // "Shopper PII": the only documented 403 of this operation, and its code is null.
  if (status === 403 && codes.includes(null)) return { kind: 'chat-unavailable' };
  if (status >= 400) throw new Problem('upstream_unavailable', { accessRefused: true });
  throw new Problem('upstream_invalid');
}
