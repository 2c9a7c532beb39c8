import { isOrderView, type OrderView } from '@/lib/order/order-view';
import { HIDDEN_POLL_MS, jitter, limitPollMs, toRetryDelayMs } from '@/lib/order/poll-policy';
import { isFinal, isProblemCode, Problem, type ProblemCode } from '@/lib/order/problem';
import { RENDER_ERRORS_HEADER } from '@/lib/order/render-error';
import { ORDER_PATH, takeEarlyRequest, type ParsedResponse } from './early-request';
import { requestJson, settleInTime } from './order-request';
import { takeRenderErrors } from './render-errors';
import type { ServerClock } from '@/lib/client/hooks/server-clock';

// Requests one order from our API. Stateless: TanStack Query holds the state and passes it to the next request.
// A failed attempt is data and not an error of the query (docs/decisions/0010).

/** The order and the outcome of the last attempt. Times are milliseconds of the server's clock. */
export type FeedState = {
  view?: OrderView;
  /** The language of the link, a BCP 47 tag; absent if it has none. */
  locale?: string | undefined;
  /** Time of the last confirmation of the view. */
  asOfMs?: number | undefined;
  /** The ETag of the response with `view`; absent or null if it had none. */
  etag?: string | null | undefined;
  /** Absent if the last attempt succeeded. */
  problem?: ProblemCode;
  /** Failed attempts in a row; absent after a success. */
  failureCount?: number;
  /** Wait until the next request. Absent: another request would return nothing new. */
  nextPollMs?: number;
  /** Time of the next attempt; set only after a failure. */
  retryAtMs?: number;
  /** Wait while the page is hidden. Absent: a hidden page does not poll. */
  hiddenPollMs?: number;
  /** The server set the wait, so a return to the page must not shorten it. */
  mustWait?: boolean;
};

type Runtime = { clock: ServerClock; random: () => number };

/**
 * Returns a function that makes one request, conditional if `previous` has an ETag, and resolves with the next
 * state. It never rejects: a failure is in `problem`.
 */
export function createOrderFeed(token: string, { clock, random }: Runtime) {
  function toState({ response, body }: ParsedResponse, previous: FeedState): FeedState {
    const { view, asOfMs, etag = null } = previous;
    if (response.status === 304 && view)
      return succeed(view, view.stale && asOfMs !== undefined ? asOfMs : clock.now(), etag);
    if (!response.ok) throw toProblem(body);
    if (!isOrderView(body)) throw new Problem('upstream_invalid');
    return succeed(body, clock.now() - toAgeMs(body, response), response.headers.get('etag'));
  }

  function succeed(view: OrderView, asOfMs: number, etag: string | null): FeedState {
    if (view.pollAfterMs === undefined) return { view, asOfMs };
    const nextPollMs = jitter(limitPollMs(view.pollAfterMs), random());
    return { view, asOfMs, etag, ...toWaits(nextPollMs, view) };
  }

  function toWaits(nextPollMs: number, view: OrderView | undefined) {
    if (view?.chat.state !== 'open') return { nextPollMs };
    const hiddenPollMs = Math.max(nextPollMs, jitter(HIDDEN_POLL_MS, random()));
    return { nextPollMs, hiddenPollMs };
  }

  function fail(cause: unknown, previous: FeedState): FeedState {
    const { code, retryAfterMs } = cause instanceof Problem ? cause : toNetworkProblem(cause);
    if (isFinal(code)) return { problem: code };
    const { view, asOfMs, etag, failureCount: before = 0 } = previous;
    const failureCount = before + 1;
    const nextPollMs = toRetryDelayMs(failureCount, retryAfterMs, random());
    return {
      ...(view && { view, asOfMs, etag }),
      ...(retryAfterMs !== undefined && { mustWait: true }),
      problem: code,
      failureCount,
      ...toWaits(nextPollMs, view),
      retryAtMs: clock.now() + nextPollMs,
    };
  }

  async function request(etag: string | null | undefined): Promise<ParsedResponse> {
    const early = takeEarlyRequest(token);
    // The start of the early request is unknown. It is after 0, where the page's monotonic clock starts.
    const requestedAtMs = early ? 0 : clock.steadyMs();
    const parsed = await (early ? settleInTime(() => early) : sendRequest(etag));
    clock.adjust(parsed.response, requestedAtMs);
    return parsed;
  }

  function sendRequest(etag: string | null | undefined): Promise<ParsedResponse> {
    const renderErrors = takeRenderErrors();
    return requestJson(ORDER_PATH, token, {
      headers: {
        ...(etag && { 'if-none-match': etag }),
        ...(renderErrors && { [RENDER_ERRORS_HEADER]: renderErrors }),
      },
    });
  }

  return async (previous: FeedState = {}): Promise<FeedState> => {
    // A final state is not carried over: after expiry no text of the chat may stay in memory.
    const reusableState = previous.nextPollMs === undefined ? {} : previous;
    let { locale } = previous;
    let state: FeedState;
    try {
      const parsed = await request(reusableState.etag);
      locale = parsed.response.headers.get('content-language') ?? locale;
      state = toState(parsed, reusableState);
    } catch (cause) {
      state = fail(cause, reusableState);
    }
    return { ...state, ...(locale && { locale }) };
  };
}

// Compares two times of the server, because the device's clock may be wrong.
function toAgeMs(view: OrderView, response: Response): number {
  const sentAtMs = Date.parse(response.headers.get('date') ?? '');
  return view.stale && sentAtMs ? Math.max(0, sentAtMs - Date.parse(view.asOf)) : 0;
}

function toProblem(body: unknown): Problem {
  const { error, pollAfterMs } = Object(body);
  const code: unknown = Object(error).code;
  return new Problem(isProblemCode(code) ? code : 'upstream_unavailable', {
    retryAfterMs: typeof pollAfterMs === 'number' ? pollAfterMs : undefined,
  });
}

function toNetworkProblem(cause: unknown): Problem {
  const isTimeout = cause instanceof DOMException && cause.name === 'TimeoutError';
  return new Problem(isTimeout ? 'upstream_timeout' : 'upstream_unavailable', { cause });
}
