import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { Log, RequestLine } from './log';
import { respondProblem } from './respond';

type Handler = (request: Request) => Promise<Response>;

/** One line for each request, and an answer whatever is thrown. `answer` adds to the line as it learns. */
export function createLoggedHandler(
  route: RequestLine['route'],
  { now, log }: { now: () => number; log: Log },
  answer: (request: Request, line: Partial<RequestLine>) => Promise<Response>,
): Handler {
  return async function handle(request) {
    const startedAtMs = now();
    const line: Omit<RequestLine, 'status' | 'ms'> = { event: 'request', route };
    const response = await answer(request, line).catch((cause: unknown) => {
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
