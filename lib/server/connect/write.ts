import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { ConnectRequest, ConnectResponse } from './http';

// A write to Connect: one attempt, and a second one with a new token only after a 401.

export type WriteParts = {
  getToken: (userId: string, signal: AbortSignal) => Promise<string>;
  tokenAccepted: (userId: string, accessToken: string) => void;
  /** Returns false if a new token must not be requested yet. */
  tokenRefused: (userId: string, accessToken: string) => boolean;
  /** Throws Problem until the Retry-After of Connect has passed. */
  rejectWhileThrottled: () => void;
  /** Throws Problem while the breaker is open. */
  acquireBreaker: (key: string) => (request: ConnectRequest) => Promise<ConnectResponse>;
  toRetryAfterMs: (response: ConnectResponse) => number | undefined;
};

/** `rejected`: the call was not made, or Connect refused both tokens. */
export type WriteResult =
  { response: ConnectResponse; retryAfterMs: number | undefined } | { rejected: Problem };

/** Throws the Problem of an attempt without a response, which may have arrived. */
export type Write = (
  request: Pick<ConnectRequest, 'method' | 'path' | 'body'>,
  userId: string,
  timeoutMs: number,
) => Promise<WriteResult>;

export function createWrite(parts: WriteParts): Write {
  const { getToken, tokenAccepted, tokenRefused, toRetryAfterMs } = parts;

  async function prepare(breakerKey: string, userId: string, signal: AbortSignal) {
    try {
      const accessToken = await getToken(userId, signal);
      return { accessToken, attempt: parts.acquireBreaker(breakerKey) };
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return problem;
    }
  }

  return async function write(request, userId, timeoutMs) {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      parts.rejectWhileThrottled();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return { rejected: problem };
    }
    for (let refusals = 0; ; refusals++) {
      // The path alone is the key of reads and of sending, which must go on while other writes fail.
      const prepared = await prepare(`${request.method} ${request.path}`, userId, signal);
      if (prepared instanceof Problem) return { rejected: prepared };
      const { accessToken, attempt } = prepared;
      const response = await attempt({ ...request, accessToken, signal, newConnection: true });
      if (response.status !== 401) {
        tokenAccepted(userId, accessToken);
        return { response, retryAfterMs: toRetryAfterMs(response) };
      }
      if (refusals > 0 || !tokenRefused(userId, accessToken))
        return { rejected: new Problem('upstream_unavailable', { accessRefused: true }) };
    }
  };
}
