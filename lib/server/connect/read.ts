import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { ConnectRequest, ConnectResponse } from './http';
import { raceAbort } from './timeout';
import type { ConnectTokens } from './tokens';

// Reads with the customer's token: one new token after a 401.

/** Makes the call, or resolves to undefined if it must not be made now. */
type Call<R> = (request: ConnectRequest, breakerKey: string, deadlineMs: number) => Promise<R>;

type ReadOptions = { timeoutMs: number; knownDigest?: string | undefined };

/** Throws Problem upstream_unavailable with `accessRefused` if Connect refuses the new token as well. */
export type Read = <R extends ConnectResponse | undefined>(
  path: string,
  userId: string,
  call: Call<R>,
  options: ReadOptions,
) => Promise<R>;

export function createRead(tokens: ConnectTokens, now: () => number): Read {
  return async function read(path, userId, call, { timeoutMs, knownDigest }) {
    const deadlineMs = now() + timeoutMs;
    const signal = AbortSignal.timeout(timeoutMs);
    for (let refusals = 0; ; refusals++) {
      const accessToken = await raceAbort(tokens.get(userId), signal);
      const request: ConnectRequest = { method: 'GET', path, accessToken, signal, knownDigest };
      const response = await call(request, path, deadlineMs);
      if (response?.status !== 401) {
        if (response) tokens.accepted(userId, accessToken);
        return response;
      }
      if (refusals > 0 || !tokens.refused(userId, accessToken))
        throw new Problem('upstream_unavailable', { accessRefused: true });
    }
  };
}
