import { onlineManager } from '@tanstack/react-query';
import { REQUEST_TIMEOUT_MS, type ParsedResponse } from './early-request';

/**
 * Makes one request, which settles within REQUEST_TIMEOUT_MS even if fetch ignores its signal or never settles.
 * Rejects with a TimeoutError, with the error of fetch, or with a SyntaxError if the body is not JSON.
 * Sets the online state by the outcome, because the browser's `online` and `offline` events are unreliable.
 */
export async function settleInTime(
  start: (signal: AbortSignal) => Promise<ParsedResponse>,
): Promise<ParsedResponse> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const cause = new DOMException('No answer in time', 'TimeoutError');
      reject(cause);
      controller.abort(cause);
    }, REQUEST_TIMEOUT_MS);
  });
  try {
    const parsed = await Promise.race([start(controller.signal), timeout]);
    onlineManager.setOnline(true);
    return parsed;
  } catch (cause) {
    // A page that was loaded or frozen without a connection gets no `offline` event.
    if (globalThis.navigator?.onLine === false) onlineManager.setOnline(false);
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}

/** Requests `path` and parses the JSON body, which a 204 and a 304 do not have. Rejects as `settleInTime` does. */
export function requestJson(
  path: string,
  token: string,
  init: Pick<RequestInit, 'method' | 'body' | 'keepalive'> & {
    headers?: Record<string, string>;
  } = {},
): Promise<ParsedResponse> {
  return settleInTime(async (signal) => {
    const response = await fetch(path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
      cache: 'no-store',
      credentials: 'omit',
      signal,
    });
    const hasBody = response.status !== 204 && response.status !== 304;
    return { response, body: hasBody ? await response.json() : undefined };
  });
}
