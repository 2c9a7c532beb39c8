import { isOrderView, type OrderView } from '@/lib/order/order-view';
import { serverClock } from './server-clock';

// The first request, started by the page's HTML before style sheet and bundle have arrived.

export const ORDER_PATH = '/api/order/messages';
export const REQUEST_TIMEOUT_MS = 15_000;
/** What a messenger took for a part of the link, such as the full stop of its sentence. */
export const AFTER_LINK = /(?:%[\dA-F]{2}|[^\w-])+$/i;

export type Answer = { response: Response; body: unknown };

declare global {
  /** Not there until it is sent, and undefined once it has been taken: then nothing more is sent early. */
  var earlyOrderRequest: { token: string; answer: Promise<Answer>; arrived?: Answer } | undefined;
}

/** Hands the early request out once, and only for the link it was asked with. */
export function takeEarlyRequest(token: string): Promise<Answer> | undefined {
  const early = globalThis.earlyOrderRequest;
  globalThis.earlyOrderRequest = undefined;
  return early?.token === token ? early.answer : undefined;
}

/** The order by its answer, if that is here by now; the request can still be taken. */
export function findEarlyView(token: string): OrderView | undefined {
  const early = globalThis.earlyOrderRequest;
  const { response, body } = (early?.token === token && early.arrived) || {};
  // Before the first rendering, which would show the times of a wrong clock for a moment.
  serverClock.adjust(response, 0);
  return response?.ok && isOrderView(body) ? body : undefined;
}
