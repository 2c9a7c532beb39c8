import 'server-only';
import { changeErrors } from '@/lib/order/copy/en-US/api-errors';
import { Problem } from '@/lib/order/problem';

/** The problem with a message about a change of the order instead of a chat message. */
export function toChangeProblem(cause: Problem): Problem {
  const { code, retryAfterMs, responseMessage, accessRefused } = cause;
  const message = responseMessage ?? changeErrors[code];
  return new Problem(code, { cause, retryAfterMs, accessRefused, ...(message && { message }) });
}
