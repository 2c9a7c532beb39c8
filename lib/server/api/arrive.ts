import 'server-only';
import { z } from 'zod';
import { arrivalErrors } from '@/lib/order/copy/api-errors';
import { Problem } from '@/lib/order/problem';
import type { Log } from '@/lib/server/observability/log';
import type { ArriveOnce } from '@/lib/server/sending/arrive-once';
import type { Authenticate } from './authenticate';
import { toChangeProblem } from './change-problem';
import { createApiHandler, type ApiContext, type ApiHandler } from './handler';
import { readJson } from './read-json';
import type { RequestContexts } from './request-context';
import { respond } from './responses';

// POST /api/order/arrival as a web-standard function from Request to Response.

const input = z.strictObject({});

type Parts = {
  authenticate: Authenticate;
  /** Undefined with ORDER_DETAILS=off: nothing is known of a pickup then. */
  arriveOnce: ArriveOnce | undefined;
  now: () => number;
  log: Log;
  contexts: RequestContexts;
};

export function createArriveHandler(parts: Parts): ApiHandler {
  return createApiHandler('arrive', parts, (context) =>
    arrive(context, parts).catch((cause: unknown) => {
      throw cause instanceof Problem ? toChangeProblem(cause, arrivalErrors) : cause;
    }),
  );
}

async function arrive(
  { request, connection, logFields }: ApiContext,
  { authenticate, arriveOnce }: Parts,
): Promise<Response> {
  const { orderId, userId, access } = await authenticate(request, connection, logFields);
  if (access !== 'full') throw new Problem('read_only_link');
  if (!input.safeParse(await readJson(request)).success)
    throw new Problem('invalid_request', { message: 'The body must be the JSON object {}' });
  if (!arriveOnce) throw new Problem('not_ready');
  logFields.outcome = await arriveOnce({ orderId, userId });
  return respond(200, {});
}
