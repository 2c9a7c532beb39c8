import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { ConnectAnswer, ConnectHttp, ConnectRequest } from './http';
import type {
  Operation,
  CallResult,
  RejectedBy,
  BreakerState,
  MintResult,
  ConnectCall,
  FieldFaults,
} from '@/lib/server/observability/vocabulary';

// What there is to see of the talk with Connect, for logs, metrics and traces; none of it is content.

export type ConnectObserver = {
  /** For the next call: each has one of its own. */
  traceparent(): string | undefined;
  called(call: ConnectCall): void;
  rejected(by: RejectedBy): void;
  breakerStateChanged(state: BreakerState): void;
  minted(end: MintResult): void;
  /** Fields of one answer that were null, missing or of another kind. */
  unreadable(faults: FieldFaults): void;
};

export const NO_OBSERVER: ConnectObserver = {
  traceparent: () => undefined,
  called: () => undefined,
  rejected: () => undefined,
  breakerStateChanged: () => undefined,
  minted: () => undefined,
  unreadable: () => undefined,
};

export function observeHttp(
  http: ConnectHttp,
  observer: ConnectObserver,
  now: () => number,
): ConnectHttp {
  return {
    async send(request) {
      const startedAtMs = now();
      const report = (end: CallResult, status?: number) =>
        observer.called({ operation: toOperation(request), end, status, ms: now() - startedAtMs });
      try {
        const answer = await http.send({ ...request, traceparent: observer.traceparent() });
        report(toResult(answer), answer.status);
        return answer;
      } catch (cause) {
        report(toErrorResult(cause));
        throw cause;
      }
    },
  };
}

/** What throws here keeps a call from being made. */
export function observeRejections<Inputs extends unknown[], Result>(
  observer: ConnectObserver,
  by: RejectedBy,
  ask: (...inputs: Inputs) => Result,
): (...inputs: Inputs) => Result {
  return (...inputs) => {
    try {
      return ask(...inputs);
    } catch (cause) {
      observer.rejected(by);
      throw cause;
    }
  };
}

export async function observeMint<T>(minting: Promise<T>, observer: ConnectObserver): Promise<T> {
  try {
    const token = await minting;
    observer.minted('minted');
    return token;
  } catch (cause) {
    observer.minted(cause instanceof Problem && cause.accessRefused ? 'refused' : 'failed');
    throw cause;
  }
}

function toOperation({ method, path }: ConnectRequest): Operation {
  if (method === 'GET') return 'order_messages';
  return path.endsWith('/oauth/token') ? 'token' : 'send_message';
}

function toResult({ status }: ConnectAnswer): CallResult {
  if (status < 400) return 'ok';
  if (status === 401) return 'unauthorized';
  if (status === 429) return 'throttled';
  return status === 408 || status >= 500 ? 'failed' : 'refused';
}

function toErrorResult(cause: unknown): CallResult {
  const code = cause instanceof Problem ? cause.code : undefined;
  if (code === 'upstream_timeout') return 'timeout';
  return code === 'upstream_invalid' ? 'invalid' : 'unreachable';
}
