import { onlineManager } from '@tanstack/react-query';
import { requestJson } from '@/lib/client/order/order-request';

// Requests of a pickup that change the order. None of them is repeated.

export type ChangeFailure =
  /** The order is not ready, or is not collected at the store. */
  | 'not_ready'
  /** The device has no connection. The change may have arrived before the connection broke. */
  | 'offline'
  /** The change may have arrived. */
  | 'unconfirmed'
  /** The change has not arrived. */
  | 'unavailable'
  | 'invalid'
  | 'slow_down'
  /** No attempt with this link can succeed. */
  | 'refused';
export type ChangeOutcome =
  { isDone: true; body: unknown } | { isDone: false; failure: ChangeFailure };

// A code that is not listed, and a response of another server such as a captive portal, do not say what happened.
const FAILURE_OF_CODE = new Map<unknown, ChangeFailure>([
  ['not_ready', 'not_ready'],
  ['upstream_unavailable', 'unavailable'],
  ['invalid_request', 'invalid'],
  ['slow_down', 'slow_down'],
  ...(['link_invalid', 'link_expired', 'order_not_found', 'read_only_link', 'cross_site'].map(
    (code) => [code, 'refused'],
  ) satisfies [string, ChangeFailure][]),
]);

/** Makes one request. Failures are outcomes: it never rejects. */
export async function changeOrder(
  method: 'POST' | 'PUT',
  path: string,
  token: string,
  input: object,
): Promise<ChangeOutcome> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(input);
  try {
    const { response, body: answer } = await requestJson(path, token, { method, headers, body });
    const isObject = typeof answer === 'object' && answer !== null;
    if (response.status === 200 && isObject) return { isDone: true, body: answer };
    const failure = FAILURE_OF_CODE.get(Object(Object(answer).error).code);
    return { isDone: false, failure: failure ?? 'unconfirmed' };
  } catch {
    return { isDone: false, failure: onlineManager.isOnline() ? 'unconfirmed' : 'offline' };
  }
}

/** Whether the page should request the order again to show what is true. */
export function mayHaveChanged(outcome: ChangeOutcome): boolean {
  return outcome.isDone || ['not_ready', 'unconfirmed', 'refused'].includes(outcome.failure);
}
