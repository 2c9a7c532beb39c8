import { isOrderView, type OrderView } from '@/lib/order/order-view';
import { HIDDEN_POLL_MS, jitter, limitPollMs, toRetryDelayMs } from '@/lib/order/poll-policy';
import { isFinal, isProblemCode, Problem, type ProblemCode } from '@/lib/order/problem';
import { RENDER_ERRORS_HEADER } from '@/lib/order/render-error';
import { ORDER_PATH, takeEarlyRequest, type Answer } from './early-request';
import { requestJson, settleInTime } from './order-request';
import { takeRenderErrors } from './render-errors';
import type { ServerClock } from './server-clock';

// Reads one order from our API: conditional requests, paced by the server, with backoff after failures.

/** What is known after an attempt: the order as last seen, and what went wrong this time, if anything. */
export type FeedState = {
  view?: OrderView;
  /** When the view was true, on the server's clock. */
  asOfMs?: number;
  problem?: ProblemCode;
  /** Absent: asking again would bring nothing new. */
  nextPollMs?: number;
  /** When `nextPollMs` is over, on the server's clock; after a failure only. */
  retryAtMs?: number;
  /** The wait while the page is hidden; absent: a hidden page does not poll. */
  hiddenPollMs?: number;
  /** The server named the wait, so it holds for a reader who returns early too. */
  mustWait?: boolean;
};

type World = { clock: ServerClock; random: () => number };

/** `read` makes one request and does not throw: a failed attempt is a state too. */
export function createOrderFeed(token: string, { clock, random }: World) {
  let last: { view: OrderView; asOfMs: number; etag: string | null } | undefined;
  let failures = 0;

  function toState({ response, body }: Answer): FeedState {
    if (response.status === 304 && last) {
      last.asOfMs = last.view.stale ? last.asOfMs : clock.now();
      return succeed(last.view, last.asOfMs);
    }
    if (!response.ok) throw toProblem(body);
    if (!isOrderView(body)) throw new Problem('upstream_invalid');
    const asOfMs = clock.now() - toAgeMs(body, response);
    last = { view: body, asOfMs, etag: response.headers.get('etag') };
    return succeed(body, asOfMs);
  }

  function succeed(view: OrderView, asOfMs: number): FeedState {
    failures = 0;
    // What will not change again is not remembered here: after expiry the chat's text has to go.
    if (view.pollAfterMs === undefined) {
      last = undefined;
      return { view, asOfMs };
    }
    return { view, asOfMs, ...toWaits(jitter(limitPollMs(view.pollAfterMs), random()), view) };
  }

  function toWaits(nextPollMs: number, view: OrderView | undefined) {
    if (view?.chat.state !== 'open') return { nextPollMs };
    const hiddenPollMs = Math.max(nextPollMs, jitter(HIDDEN_POLL_MS, random()));
    return { nextPollMs, hiddenPollMs };
  }

  function fail(cause: unknown): FeedState {
    const { code, retryAfterMs } = cause instanceof Problem ? cause : toNetworkProblem(cause);
    failures += 1;
    if (isFinal(code)) {
      last = undefined;
      return { problem: code };
    }
    const nextPollMs = toRetryDelayMs(failures, retryAfterMs, random());
    return {
      ...(last && { view: last.view, asOfMs: last.asOfMs }),
      ...(retryAfterMs !== undefined && { mustWait: true }),
      problem: code,
      ...toWaits(nextPollMs, last?.view),
      retryAtMs: clock.now() + nextPollMs,
    };
  }

  async function request(): Promise<Answer> {
    const early = takeEarlyRequest(token);
    // The page began before its early request, whose own start is not known.
    const askedAtMs = early ? 0 : clock.steadyMs();
    const answer = await (early ? settleInTime(() => early) : ask());
    clock.adjust(answer.response, askedAtMs);
    return answer;
  }

  function ask(): Promise<Answer> {
    const etag = last?.etag;
    const renderErrors = takeRenderErrors();
    return requestJson(ORDER_PATH, token, {
      headers: {
        ...(etag && { 'if-none-match': etag }),
        ...(renderErrors && { [RENDER_ERRORS_HEADER]: renderErrors }),
      },
    });
  }

  return {
    read: (): Promise<FeedState> => request().then(toState).catch(fail),

    /** The next request is unconditional: a 304 would leave signed picture addresses as they are. */
    forgetEtag(): void {
      if (last) last.etag = null;
    },
  };
}

// By the server's own clock, because the device's may be wrong.
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
