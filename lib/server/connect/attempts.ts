import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { BreakerState } from '@/lib/server/observability/vocabulary';
import type { AdaptiveRateLimiter } from './adaptive-rate';
import { createCircuitBreakers, type CallOutcome } from './circuit-breaker';
import type { ConnectHttp, ConnectRequest, ConnectResponse } from './http';
import { observeRejections, type ConnectObserver } from './observer';
import { createRetryBudget } from './retry-budget';
import { raceAbort, withTimeout } from './timeout';

// Attempts of a call to Connect: timeout, circuit breakers, rate, and few retries within a budget.

const ATTEMPT_TIMEOUT_MS = 4_000;
const MAX_RETRIES = 2;
const BACKOFF_BASE_MS = 200;
const BACKOFF_CAP_MS = 2_000;
const THROTTLED_MS = 1_000;

export type Attempts = ReturnType<typeof createAttempts>;

export function createAttempts(options: {
  http: ConnectHttp;
  now: () => number;
  random: () => number;
  wait: (delayMs: number) => Promise<unknown>;
  adaptiveRate: AdaptiveRateLimiter;
  observer: ConnectObserver;
}) {
  const { http, now, random, wait, adaptiveRate, observer } = options;
  let breakerState: BreakerState = 'closed';
  const acquireBreaker = observeRejections(
    observer,
    'breaker',
    createCircuitBreakers(now, (state) => {
      breakerState = state;
      observer.breakerStateChanged(state);
    }),
  );
  const reserveCall = observeRejections(observer, 'throttling', adaptiveRate.reserve);
  const retryBudget = createRetryBudget();
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
  ): Promise<ConnectResponse> {
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

  /**
   * Creates a function that makes one attempt and yields to all other calls: it returns undefined, without a call, for
   * 30 s after a 429, while Connect fails, or if the call would have to wait for the rate.
   */
  function createYieldingAttempt() {
    // Each operation that yields has breakers of its own, so that its failures cannot stop the others.
    const acquireYieldingBreaker = createCircuitBreakers(now);

    function acquire(breakerKey: string): ((outcome: CallOutcome) => void) | undefined {
      try {
        const recordOutcome = acquireYieldingBreaker(breakerKey);
        if (adaptiveRate.reserveWithoutDelay()) return recordOutcome;
        recordOutcome('cancelled');
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
      }
      return undefined;
    }

    return async function attemptYielding(
      request: ConnectRequest,
      breakerKey: string,
    ): Promise<ConnectResponse | undefined> {
      if (breakerState !== 'closed' || adaptiveRate.isThrottled()) return undefined;
      const recordOutcome = acquire(breakerKey);
      return recordOutcome && attempt(request, recordOutcome);
    };
  }

  return {
    attempt,
    attemptWithRetries,
    createYieldingAttempt,
    acquireBreaker,
    rejectWhileThrottled,
    toRetryAfterMs,
  };
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}
