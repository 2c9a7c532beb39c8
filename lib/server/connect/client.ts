import 'server-only';
import { Problem } from '@/lib/order/problem';
import { createBreakers, type CallOutcome } from './circuit-breaker';
import { createBulkhead } from './bulkhead';
import type { FieldFaults } from './fields';
import { createConnectHttp, type ConnectAnswer, type ConnectRequest } from './http';
import { readErrorCodes, readOrderMessages, type ConnectOrderMessages } from './schema';
import { createMessageSender, type SendMessage } from './send';
import {
  createConnectTokens,
  createStaticTokens,
  parseMintedToken,
  type MintedToken,
} from './tokens';
import { NO_WATCH, watchHttp, watchMint, watchRefusals, type ConnectWatch } from './observer';
import { createRetryBudget } from './retry-budget';
import { beforeAbort, limitTime } from './timeout';
import type { TokenVault } from './shared-token-store';
import type { UpstreamBudget } from './adaptive-rate';
import { createWorkSlices, runInSlices } from './work-slices';

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

type ConnectAccount = { clientId: string; clientSecret: string } | { accessToken: string };

export function createConnectClient(options: {
  baseUrl: string;
  retailerId: string | undefined;
  account: ConnectAccount;
  now: () => number;
  random: () => number;
  wait: (delayMs: number) => Promise<unknown>;
  budget: UpstreamBudget;
  vault: TokenVault | undefined;
  watch?: ConnectWatch;
}): ConnectClient {
  const { account, now, random, wait, budget, watch = NO_WATCH } = options;
  const http = watchHttp(createConnectHttp(options), watch, now);
  const enter = watchRefusals(watch, 'breaker', createBreakers(now, watch.breakerIs));
  const reserve = watchRefusals(watch, 'throttling', budget.reserve);
  const retryBudget = createRetryBudget();
  const runBounded = createBulkhead(MAX_WAITING, () => watch.withheld('crowd'));
  // Connect's own Retry-After, which holds for everyone.
  let notBeforeMs = -Infinity;

  // The limit is per second, and Retry-After is not documented.
  function toRetryAfterMs({ status, retryAfterMs }: ConnectAnswer): number | undefined {
    return retryAfterMs ?? (status === 429 ? THROTTLED_MS * (1 + random()) : undefined);
  }

  const refuseWhileThrottled = watchRefusals(watch, 'throttling', () => {
    const throttledMs = notBeforeMs - now();
    if (throttledMs > 0) throw new Problem('upstream_unavailable', { retryAfterMs: throttledMs });
  });

  const tokens =
    'accessToken' in account
      ? createStaticTokens(account.accessToken)
      : createConnectTokens({
          mint: (userId) => watchMint(mint(account, userId), watch),
          vault: options.vault,
          now,
          random,
        });

  async function attempt(
    request: ConnectRequest,
    leave: (outcome: CallOutcome) => void,
  ): Promise<ConnectAnswer> {
    let outcome: CallOutcome = 'fault';
    try {
      const answer = await limitTime(request.signal, ATTEMPT_MS, (signal) =>
        http.send({ ...request, signal }),
      );
      if (!isTransient(answer.status)) outcome = 'answered';
      if (answer.status === 429) {
        budget.throttled();
        notBeforeMs = Math.max(notBeforeMs, now() + (answer.retryAfterMs ?? 0));
      }
      return answer;
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'upstream_invalid') outcome = 'answered';
      throw problem;
    } finally {
      leave(outcome);
    }
  }

  /**
   * Repeats what is safe to repeat: readings, and minting, where a second token does no harm. A wait
   * that Connect asks for and that is longer than a back-off is for the page, not for this request.
   */
  async function attemptWithRetries(request: ConnectRequest, party: string, deadlineMs: number) {
    refuseWhileThrottled();
    for (let retries = 0; ; retries++) {
      if (request.signal.aborted) throw new Problem('upstream_timeout');
      const turnMs = reserve();
      if (turnMs > 0) await beforeAbort(wait(turnMs), request.signal);
      const backoffMs = random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** retries);
      // Outside the try: nobody waits for a breaker that is open.
      const leave = enter(party);
      if (retries === 0) retryBudget.earn();
      let failure: Problem;
      try {
        const answer = await attempt(request, leave);
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

  async function mint(
    { clientId, clientSecret }: { clientId: string; clientSecret: string },
    userId: string,
  ): Promise<MintedToken> {
    const answer = await attemptWithRetries(
      {
        method: 'POST',
        path: '/v2/oauth/token',
        body: {
          grant_type: 'fulfillment_user_assertion',
          client_id: clientId,
          client_secret: clientSecret,
          scope: 'connect:post_checkout',
          assertion: Buffer.from(JSON.stringify({ user_id: userId })).toString('base64'),
        },
        signal: AbortSignal.timeout(TOTAL_MS),
      },
      userId,
      now() + TOTAL_MS,
    );
    if (answer.status === 200) return parseMintedToken(answer.body);
    throw answer.status < 400
      ? new Problem('upstream_invalid')
      : new Problem('upstream_unavailable', { accessRefused: true });
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
      const accessToken = await beforeAbort(tokens.get(userId), signal);
      const answer = await attemptWithRetries(
        { method: 'GET', path, accessToken, signal, knownDigest },
        path,
        deadlineMs,
      );
      if (answer.status !== 401) {
        tokens.accepted(userId, accessToken);
        return knownDigest !== undefined && answer.digest === knownDigest
          ? { kind: 'unchanged' }
          : toOrderMessagesAnswer(answer, watch);
      }
      if (refusals > 0 || !tokens.refused(userId, accessToken))
        throw new Problem('upstream_unavailable', { accessRefused: true });
    }
  }

  const sendMessage = createMessageSender({
    getToken: (userId, signal) => beforeAbort(tokens.get(userId), signal),
    tokenAccepted: tokens.accepted,
    tokenRefused: tokens.refused,
    refuseWhileThrottled,
    enter(path) {
      const leave = enter(path);
      budget.spend();
      return (request) => attempt(request, leave);
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
  watch: ConnectWatch,
): Promise<OrderMessagesAnswer> {
  if (status === 200) {
    const faults: FieldFaults = new Map();
    const messages = await runInSlices(readOrderMessages(body, faults), createWorkSlices());
    if (faults.size > 0) watch.unreadable(faults);
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
