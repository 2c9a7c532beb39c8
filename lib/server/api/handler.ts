import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { Log, RequestLine } from '@/lib/server/observability/log';
import type { RequestContexts } from './request-context';
import { respondProblem } from './responses';
import { parseTraceparent, startTrace } from '@/lib/server/observability/trace-context';
import type { Route } from '@/lib/server/observability/vocabulary';

/** What a host that answers by itself knows, and Next does not tell. */
export type Connection = { peerAddress: string | undefined };
/** With a connection, an answer may be encoded as the request accepts; Next encodes by itself. */
export type ApiHandler = (
  request: Request,
  connection?: Connection,
) => Response | Promise<Response>;

export type ApiContext = {
  request: Request;
  connection: Connection | undefined;
  /** What the answer adds to the line as it learns. */
  logFields: Partial<RequestLine>;
};

/**
 * One line for each request, and an answer whatever is thrown. `atOnce` may know the answer without waiting
 * for anything; undefined where it does not.
 */
export function createApiHandler(
  route: Route,
  { now, log, contexts }: { now: () => number; log: Log; contexts: RequestContexts },
  answer: (context: ApiContext) => Promise<Response>,
  fastPath: (context: ApiContext) => Response | undefined = () => undefined,
): ApiHandler {
  return function handle(request, connection) {
    const startedAtMs = now();
    const trace = parseTraceparent(request.headers.get('traceparent')) ?? startTrace();
    const logFields: Omit<RequestLine, 'status' | 'ms'> = {
      event: 'request',
      route,
      traceId: trace.traceId,
    };
    const context = { request, connection, logFields };

    function finish(response: Response): Response {
      log(Object.assign(logFields, { status: response.status, ms: now() - startedAtMs }));
      return response;
    }

    function toErrorResponse(cause: unknown): Response {
      const problem =
        cause instanceof Problem ? cause : new Problem('upstream_unavailable', { cause });
      logFields.code = problem.code;
      if (problem !== cause)
        logFields.errorName = cause instanceof Error ? cause.name : typeof cause;
      return respondProblem(problem);
    }

    const known = fastPath(context);
    if (known) return finish(known);
    return contexts
      .run({ trace, logFields }, () => answer(context))
      .catch(toErrorResponse)
      .then(finish);
  };
}
