import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { FieldFaults } from './fields';
import type { ConnectAnswer, ConnectHttp, ConnectRequest } from './http';

// What there is to see of the talk with Connect, for logs, metrics and traces; none of it is content.

export const OPERATIONS = ['order_messages', 'send_message', 'token'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** By its status or, without one, by what came instead of an answer. */
export const CALL_ENDS = [
  ...(['ok', 'unauthorized', 'refused', 'throttled', 'failed'] as const),
  ...(['timeout', 'unreachable', 'invalid'] as const),
] as const;
export type CallEnd = (typeof CALL_ENDS)[number];

/** Why a call was not made: Connect fails, wants to be left alone, or too many wait for it already. */
export const WITHHELD_BY = ['breaker', 'throttling', 'crowd'] as const;
export type WithheldBy = (typeof WITHHELD_BY)[number];

export const BREAKER_STATES = ['closed', 'open', 'probing'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

export const MINT_ENDS = ['minted', 'refused', 'failed'] as const;
export type MintEnd = (typeof MINT_ENDS)[number];

export type ConnectCall = {
  operation: Operation;
  end: CallEnd;
  status: number | undefined;
  ms: number;
};

export type ConnectWatch = {
  /** For the next call: each has one of its own. */
  traceparent(): string | undefined;
  called(call: ConnectCall): void;
  withheld(by: WithheldBy): void;
  breakerIs(state: BreakerState): void;
  minted(end: MintEnd): void;
  /** Fields of one answer that were null, missing or of another kind. */
  unreadable(faults: FieldFaults): void;
};

export const NO_WATCH: ConnectWatch = {
  traceparent: () => undefined,
  called: () => undefined,
  withheld: () => undefined,
  breakerIs: () => undefined,
  minted: () => undefined,
  unreadable: () => undefined,
};

export function watchHttp(http: ConnectHttp, watch: ConnectWatch, now: () => number): ConnectHttp {
  return {
    async send(request) {
      const startedAtMs = now();
      const tell = (end: CallEnd, status?: number) =>
        watch.called({ operation: toOperation(request), end, status, ms: now() - startedAtMs });
      try {
        const answer = await http.send({ ...request, traceparent: watch.traceparent() });
        tell(toEnd(answer), answer.status);
        return answer;
      } catch (cause) {
        tell(toFailedEnd(cause));
        throw cause;
      }
    },
  };
}

/** What throws here keeps a call from being made. */
export function watchRefusals<Inputs extends unknown[], Result>(
  watch: ConnectWatch,
  by: WithheldBy,
  ask: (...inputs: Inputs) => Result,
): (...inputs: Inputs) => Result {
  return (...inputs) => {
    try {
      return ask(...inputs);
    } catch (cause) {
      watch.withheld(by);
      throw cause;
    }
  };
}

export async function watchMint<T>(minting: Promise<T>, watch: ConnectWatch): Promise<T> {
  try {
    const token = await minting;
    watch.minted('minted');
    return token;
  } catch (cause) {
    watch.minted(cause instanceof Problem && cause.accessRefused ? 'refused' : 'failed');
    throw cause;
  }
}

function toOperation({ method, path }: ConnectRequest): Operation {
  if (method === 'GET') return 'order_messages';
  return path.endsWith('/oauth/token') ? 'token' : 'send_message';
}

function toEnd({ status }: ConnectAnswer): CallEnd {
  if (status < 400) return 'ok';
  if (status === 401) return 'unauthorized';
  if (status === 429) return 'throttled';
  return status === 408 || status >= 500 ? 'failed' : 'refused';
}

function toFailedEnd(cause: unknown): CallEnd {
  const code = cause instanceof Problem ? cause.code : undefined;
  if (code === 'upstream_timeout') return 'timeout';
  return code === 'upstream_invalid' ? 'invalid' : 'unreachable';
}
