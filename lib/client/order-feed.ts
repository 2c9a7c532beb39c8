import { isOrderView, type OrderView } from '@/lib/order/order-view';
import { jitter, toRetryDelayMs } from '@/lib/order/poll-policy';
import { isFinal, isProblemCode, Problem, type ProblemCode } from '@/lib/order/problem';
import { RENDER_ERRORS_HEADER } from '@/lib/order/render-error';
import { ORDER_PATH, REQUEST_TIMEOUT_MS, takeEarlyRequest, type Answer } from './early-request';
import { takeRenderErrors } from './render-errors';
import type { ServerClock } from './server-clock';

// Asks our API for one order, again and again: conditional, paced by the server, backing off.

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
  /** The server named the wait, so it holds for a reader who returns early too. */
  mustWait?: boolean;
};

type World = { clock: ServerClock; random: () => number };

/** Returns the function that asks. It does not throw: a failed attempt is a state too. */
export function createOrderFeed(token: string, { clock, random }: World): () => Promise<FeedState> {
  let last: { view: OrderView; asOfMs: number; etag: string | null } | undefined;
  let failures = 0;

  function read({ response, body }: Answer): FeedState {
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
    return { view, asOfMs, nextPollMs: jitter(view.pollAfterMs, random()) };
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
      nextPollMs,
      retryAtMs: clock.now() + nextPollMs,
    };
  }

  return () => {
    const early = takeEarlyRequest(token);
    // The page began before its early request, whose own start is not known.
    const askedAtMs = early ? 0 : clock.steadyMs();
    return (early ?? request(token, last?.etag))
      .then((answer) => {
        clock.adjust(answer.response, askedAtMs);
        return read(answer);
      })
      .catch(fail);
  };
}

async function request(token: string, etag: string | null | undefined): Promise<Answer> {
  const renderErrors = takeRenderErrors();
  const response = await fetch(ORDER_PATH, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(etag && { 'if-none-match': etag }),
      ...(renderErrors && { [RENDER_ERRORS_HEADER]: renderErrors }),
    },
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  return { response, body: response.status === 304 ? undefined : await response.json() };
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
