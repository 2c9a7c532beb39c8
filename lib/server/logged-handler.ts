import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { Log, RequestLine, Route } from './log';
import type { RequestScopes } from './request-scope';
import { respondProblem } from './respond';
import { parseTraceparent, startTrace } from './trace-context';

/** What a host that answers by itself knows, and Next does not tell. */
export type Connection = { peerAddress: string | undefined };
/** With a connection, an answer may be encoded as the request accepts; Next encodes by itself. */
export type ApiHandler = (request: Request, connection?: Connection) => Promise<Response>;

/** One line for each request, and an answer whatever is thrown. `answer` adds to the line as it learns. */
export function createLoggedHandler(
  route: Route,
  { now, log, scopes }: { now: () => number; log: Log; scopes: RequestScopes },
  answer: (
    request: Request,
    line: Partial<RequestLine>,
    connection: Connection | undefined,
  ) => Promise<Response>,
): ApiHandler {
  return async function handle(request, connection) {
    const startedAtMs = now();
    const trace = parseTraceparent(request.headers.get('traceparent')) ?? startTrace();
    const { traceId } = trace;
    const line: Omit<RequestLine, 'status' | 'ms'> = { event: 'request', route, traceId };
    const answering = scopes.run({ trace, line }, () => answer(request, line, connection));
    const response = await answering.catch((cause: unknown) => {
      const problem =
        cause instanceof Problem ? cause : new Problem('upstream_unavailable', { cause });
      line.code = problem.code;
      if (problem !== cause) line.errorName = cause instanceof Error ? cause.name : typeof cause;
      return respondProblem(problem);
    });
    log({ ...line, status: response.status, ms: now() - startedAtMs });
    return response;
  };
}
