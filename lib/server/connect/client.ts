import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { AdaptiveRateLimiter } from './adaptive-rate';
import { createArrivalRecorder, type RecordArrival } from './arrive';
import { createAttempts } from './attempts';
import { createBulkhead } from './bulkhead';
import { createConnectHttp, type ConnectRequest } from './http';
import { createReplacementDecider, type DecideReplacement } from './decide';
import { createGetItems, createReadItemsNow, type GetItems, type ReadItemsNow } from './items';
import { createReadMarker, type MarkRead } from './mark-read';
import { mintToken, type ConnectAccount } from './mint-token';
import { NO_OBSERVER, observeHttp, observeMint, type ConnectObserver } from './observer';
import { createGetOrderMessages, type GetOrderMessages } from './order-messages';
import { createGetOrder, type GetOrder } from './orders';
import { createGetPickup, createGetVehicle, type GetPickup, type GetVehicle } from './pickup';
import { createRead } from './read';
import { createMessageSender, type SendMessage } from './send';
import { createVehicleSetter, type SetVehicle } from './set-vehicle';
import type { SharedTokenStore } from './shared-token-store';
import { raceAbort } from './timeout';
import { createWrite } from './write';
import { createConnectTokens, createStaticTokens } from './tokens';

// The client of Connect: connects tokens, attempts and operations, and limits the number of concurrent calls.

const MINT_TIMEOUT_MS = 8_000;
const MAX_CONCURRENT = 200;

export type ConnectClient = {
  getOrderMessages: GetOrderMessages;
  getOrder: GetOrder;
  getItems: GetItems;
  getPickup: GetPickup;
  getVehicle: GetVehicle;
  readItemsNow: ReadItemsNow;
  decideReplacement: DecideReplacement;
  recordArrival: RecordArrival;
  setVehicle: SetVehicle;
  sendMessage: SendMessage;
  markRead: MarkRead;
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
  const attempts = createAttempts({ http, now, random, wait, adaptiveRate, observer });
  const runBounded = createBulkhead(MAX_CONCURRENT, () => observer.rejected('concurrency_limit'));

  const tokens =
    'accessToken' in account
      ? createStaticTokens(account.accessToken)
      : createConnectTokens({
          mint: (userId) =>
            observeMint(
              mintToken(account, userId, (request) => {
                const signal = AbortSignal.timeout(MINT_TIMEOUT_MS);
                const deadlineMs = now() + MINT_TIMEOUT_MS;
                return attempts.attemptWithRetries({ ...request, signal }, userId, deadlineMs);
              }),
              observer,
            ),
          sharedTokens: options.sharedTokens,
          now,
          random,
        });

  const read = createRead(tokens, now);
  const getOrderMessages = createGetOrderMessages(read, attempts, observer);
  const writing = {
    getToken: (userId: string, signal: AbortSignal) => raceAbort(tokens.get(userId), signal),
    tokenAccepted: tokens.accepted,
    tokenRefused: tokens.refused,
    rejectWhileThrottled: attempts.rejectWhileThrottled,
    acquireBreaker(key: string) {
      const recordOutcome = attempts.acquireBreaker(key);
      adaptiveRate.record();
      return (request: ConnectRequest) => attempts.attempt(request, recordOutcome);
    },
    toRetryAfterMs: attempts.toRetryAfterMs,
  };
  const sendMessage = createMessageSender({ ...writing, now, random, wait });
  const write = createWrite(writing);
  const markRead = createReadMarker(write);
  const readItemsNow = createReadItemsNow(read, attempts, observer);
  const decideReplacement = createReplacementDecider(write);
  const recordArrival = createArrivalRecorder(write);
  const setVehicle = createVehicleSetter(write, observer);
  // The bulkhead rejects before the call is made.
  const toUnavailable = (problem: unknown) => {
    if (!(problem instanceof Problem)) throw problem;
    return { kind: 'unavailable' as const, retryAfterMs: problem.retryAfterMs };
  };

  return {
    getOrderMessages: (...reading) => runBounded(() => getOrderMessages(...reading)),
    getOrder: createGetOrder(read, attempts, observer),
    getItems: createGetItems(read, attempts, observer),
    getPickup: createGetPickup(read, attempts, observer),
    getVehicle: createGetVehicle(read, attempts, observer),
    sendMessage: (...message) => runBounded(() => sendMessage(...message)).catch(toUnavailable),
    readItemsNow: (...reading) => runBounded(() => readItemsNow(...reading)),
    decideReplacement: (...decision) =>
      runBounded(() => decideReplacement(...decision)).catch(toUnavailable),
    recordArrival: (...order) => runBounded(() => recordArrival(...order)).catch(toUnavailable),
    setVehicle: (...vehicle) => runBounded(() => setVehicle(...vehicle)).catch(toUnavailable),
    markRead: (...order) => runBounded(() => markRead(...order)),
  };
}
