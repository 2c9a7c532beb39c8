import { isOrderView, type OrderView } from '@/lib/order/order-view';
import { serverClock } from './server-clock';

// The first request, started by the page's HTML before style sheet and bundle have arrived.

export const ORDER_PATH = '/api/order/messages';
export const REQUEST_TIMEOUT_MS = 15_000;
/** Percent-encoded soft hyphen, zero-width and direction marks: messengers put them into long words. */
export const INVISIBLE_IN_LINK = /%(?:C2%AD|E2%80%8[B-F]|E2%81%A0|EF%BB%BF)/gi;
/**
 * Group 1: the token of a fragment (contract §1). Around it are percent-encoded characters, also encoded
 * twice, and punctuation. An underscore is punctuation before a compact JWE, and may begin a short link's
 * id. A JWE ends after the 22 characters of its tag, an id after its own 22. Linear: anchored, and it matches whatever the fragment is.
 */
export const LINK_TOKEN =
  /^(?:%(?:25)*[\dA-F]{2}|[^\w-]|_+(?=eyJ[\w-]+\.\.))*(?:$|([\w-]+\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}|[\w-]{21}[AQgw](?=_+(?![\w.-]))|[\w-](?:[\w.-]*[\w-])?))/i;

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
