import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { ConnectResponse, ConnectHttp, ConnectRequest } from './http';
import type {
  Operation,
  CallResult,
  RejectedBy,
  BreakerState,
  MintResult,
  ConnectCall,
  FieldFaults,
  FieldName,
} from '@/lib/server/observability/vocabulary';

// Reports calls to Connect to logs, metrics and traces. No report includes content of a request or response.

export type ConnectObserver = {
  /** The header for the next call: each call is a separate span. */
  traceparent(): string | undefined;
  /** A call was made, with or without a response. */
  called(call: ConnectCall): void;
  /** A call was not made. */
  rejected(by: RejectedBy): void;
  breakerStateChanged(state: BreakerState): void;
  minted(result: MintResult): void;
  /** Fields of one response that were null, missing or of another type. */
  unreadable(faults: FieldFaults): void;
  /** Fields of a response that this server does not know; at most once per client and operation. */
  unknownFields(operation: Operation, names: readonly FieldName[]): void;
};

/** Ignores all reports. */
export const NO_OBSERVER: ConnectObserver = {
  traceparent: () => undefined,
  called: () => undefined,
  rejected: () => undefined,
  breakerStateChanged: () => undefined,
  minted: () => undefined,
  unreadable: () => undefined,
  unknownFields: () => undefined,
};

/** Adds `traceparent` to each request and reports each call. */
export function observeHttp(
  http: ConnectHttp,
  observer: ConnectObserver,
  now: () => number,
): ConnectHttp {
  return {
    async send(request) {
      const startedAtMs = now();
      const operation = toOperation(request);
      const report = (result: CallResult, status?: number) =>
        observer.called({ operation, result, status, ms: now() - startedAtMs });
      try {
        const response = await http.send({ ...request, traceparent: observer.traceparent() });
        report(toResult(response), response.status);
        return response;
      } catch (cause) {
        report(toErrorResult(cause));
        throw cause;
      }
    },
  };
}

/** Wraps a function that throws to prevent a call, and reports the rejection. */
export function observeRejections<Inputs extends unknown[], Result>(
  observer: ConnectObserver,
  by: RejectedBy,
  call: (...inputs: Inputs) => Result,
): (...inputs: Inputs) => Result {
  return (...inputs) => {
    try {
      return call(...inputs);
    } catch (cause) {
      observer.rejected(by);
      throw cause;
    }
  };
}

/** Reports the result of minting one token. */
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
  if (method === 'GET') {
    if (path.endsWith('/items')) return 'items';
    if (path.endsWith('/pickup/details')) return 'pickup';
    if (path.endsWith('/pickup/vehicle_info')) return 'vehicle';
    return /\/orders\/[^/]+$/.test(path) ? 'order' : 'order_messages';
  }
  if (path.endsWith('/pickup/vehicle_info')) return 'set_vehicle';
  if (path.endsWith('/pickup/user_arrived')) return 'arrive';
  if (method === 'PUT') return path.endsWith('/replacement') ? 'decide' : 'mark_read';
  return path.endsWith('/oauth/token') ? 'token' : 'send_message';
}

function toResult({ status }: ConnectResponse): CallResult {
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
