import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { Log, RequestLine, Route } from '@/lib/server/observability/log';
import type { RequestScopes } from './request-context';
import { respondProblem } from './responses';
import { parseTraceparent, startTrace } from '@/lib/server/observability/trace-context';

/** What a host that answers by itself knows, and Next does not tell. */
export type Connection = { peerAddress: string | undefined };
/** With a connection, an answer may be encoded as the request accepts; Next encodes by itself. */
export type ApiHandler = (
  request: Request,
  connection?: Connection,
) => Response | Promise<Response>;

export type Ask = {
  request: Request;
  connection: Connection | undefined;
  /** What the answer adds to the line as it learns. */
  line: Partial<RequestLine>;
};

/**
 * One line for each request, and an answer whatever is thrown. `atOnce` may know the answer without waiting
 * for anything; undefined where it does not.
 */
export function createLoggedHandler(
  route: Route,
  { now, log, scopes }: { now: () => number; log: Log; scopes: RequestScopes },
  answer: (ask: Ask) => Promise<Response>,
  atOnce: (ask: Ask) => Response | undefined = () => undefined,
): ApiHandler {
  return function handle(request, connection) {
    const startedAtMs = now();
    const trace = parseTraceparent(request.headers.get('traceparent')) ?? startTrace();
    const line: Omit<RequestLine, 'status' | 'ms'> = {
      event: 'request',
      route,
      traceId: trace.traceId,
    };
    const ask = { request, connection, line };

    function finish(response: Response): Response {
      log(Object.assign(line, { status: response.status, ms: now() - startedAtMs }));
      return response;
    }

    function excuse(cause: unknown): Response {
      const problem =
        cause instanceof Problem ? cause : new Problem('upstream_unavailable', { cause });
      line.code = problem.code;
      if (problem !== cause) line.errorName = cause instanceof Error ? cause.name : typeof cause;
      return respondProblem(problem);
    }

    const known = atOnce(ask);
    if (known) return finish(known);
    return scopes
      .run({ trace, line }, () => answer(ask))
      .catch(excuse)
      .then(finish);
  };
}
