import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { Log, RequestLine } from '@/lib/server/observability/log';
import type { RequestContexts } from './request-context';
import { respondProblem } from './responses';
import { parseTraceparent, startTrace } from '@/lib/server/observability/trace-context';
import type { Route } from '@/lib/server/observability/vocabulary';

/** Known to the server of `npm start` only; Next.js does not pass it to route handlers. */
export type Connection = { peerAddress: string | undefined };
/** With a connection the handler compresses the body if the request accepts that; Next.js compresses by itself. */
export type ApiHandler = (
  request: Request,
  connection?: Connection,
) => Response | Promise<Response>;

export type ApiContext = {
  request: Request;
  connection: Connection | undefined;
  /** Fields of the request's log line; handlers add to them. */
  logFields: Partial<RequestLine>;
  /** The language of the link, a BCP 47 tag, for errors after the link has been opened. */
  locale?: string | undefined;
};

/**
 * Writes one log line per request and turns every thrown error into a response. `fastPath` may return the response
 * synchronously; it returns undefined if the request needs `respond`.
 */
export function createApiHandler(
  route: Route,
  { now, log, contexts }: { now: () => number; log: Log; contexts: RequestContexts },
  respond: (context: ApiContext) => Promise<Response>,
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
    const context: ApiContext = { request, connection, logFields };

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
      return respondProblem(problem, context.locale);
    }

    const fastResponse = fastPath(context);
    if (fastResponse) return finish(fastResponse);
    return contexts
      .run({ trace, logFields }, () => respond(context))
      .catch(toErrorResponse)
      .then(finish);
  };
}
