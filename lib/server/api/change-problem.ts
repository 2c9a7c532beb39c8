import 'server-only';
import { changeErrors } from '@/lib/order/copy/api-errors';
import { Problem, type ProblemCode } from '@/lib/order/problem';

/** The problem with a message about a change of the order instead of a chat message. `messages`: those of the route. */
export function toChangeProblem(
  cause: Problem,
  messages: Partial<Record<ProblemCode, string>> = changeErrors,
): Problem {
  const { code, retryAfterMs, responseMessage, accessRefused } = cause;
  const message = responseMessage ?? messages[code];
  return new Problem(code, { cause, retryAfterMs, accessRefused, ...(message && { message }) });
}
