// The first request, started by the page's HTML before any bundle has arrived.

export const ORDER_PATH = '/api/order/messages';
export const REQUEST_TIMEOUT_MS = 15_000;
/** What a messenger took for a part of the link, such as the full stop of its sentence. */
export const AFTER_LINK = /(?:%[\dA-F]{2}|[^\w-])+$/i;

declare global {
  var earlyOrderRequest: { token: string; response: Promise<Response> } | undefined;
}

/** Hands the early answer out once, and only for the link it was asked with. */
export function takeEarlyRequest(token: string): Promise<Response> | undefined {
  const early = globalThis.earlyOrderRequest;
  globalThis.earlyOrderRequest = undefined;
  return early?.token === token ? early.response : undefined;
}
