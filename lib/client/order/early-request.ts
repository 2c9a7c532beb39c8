import { isOrderView, type OrderView } from '@/lib/order/order-view';
import { serverClock } from '@/lib/client/hooks/server-clock';

// An inline script of the HTML starts the first request before the style sheet and the bundle have loaded.

export const ORDER_PATH = '/api/order/messages';
export const REQUEST_TIMEOUT_MS = 15_000;
/** Percent-encoded soft hyphens, zero-width characters and direction marks, which messengers put into long words. */
export const INVISIBLE_IN_LINK = /%(?:C2%AD|E2%80%8[B-F]|E2%81%A0|EF%BB%BF)/gi;
/**
 * Group 1 is the token of a fragment; percent-encoded characters (also encoded twice) and punctuation may surround it.
 * A short id may begin with an underscore, a JWE cannot. A JWE ends after the 22 characters of its tag, an id after 22
 * characters. The pattern is anchored and matches every fragment, so it runs in linear time.
 */
export const LINK_TOKEN =
  /^(?:%(?:25)*[\dA-F]{2}|[^\w-]|_+(?=eyJ[\w-]+\.\.))*(?:$|([\w-]+\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}|[\w-]{21}[AQgw](?=_+(?![\w.-]))|[\w-](?:[\w.-]*[\w-])?))/i;

export type ParsedResponse = { response: Response; body: unknown };

declare global {
  /** Absent until the request is sent; undefined after `takeEarlyRequest`, so that no other early request is sent. */
  var earlyOrderRequest:
    { token: string; answer: Promise<ParsedResponse>; arrived?: ParsedResponse } | undefined;
}

/** Returns the early request once, and only for the token that it was sent with. */
export function takeEarlyRequest(token: string): Promise<ParsedResponse> | undefined {
  const early = globalThis.earlyOrderRequest;
  globalThis.earlyOrderRequest = undefined;
  return early?.token === token ? early.answer : undefined;
}

/** The order of the early response and the language of its link, if it has arrived. It can still be taken afterwards. */
export function findEarlyView(
  token: string,
): { view: OrderView; locale: string | null } | undefined {
  const early = globalThis.earlyOrderRequest;
  const { response, body } = (early?.token === token && early.arrived) || {};
  // The clock is adjusted before the first render, which would otherwise compute ages from a wrong device clock.
  serverClock.adjust(response, 0);
  return response?.ok && isOrderView(body)
    ? { view: body, locale: response.headers.get('content-language') }
    : undefined;
}
