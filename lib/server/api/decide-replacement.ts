import 'server-only';
import { z } from 'zod';
import { apiErrors } from '@/lib/order/copy/api-errors';
import { Problem } from '@/lib/order/problem';
import type { Log } from '@/lib/server/observability/log';
import { DECISIONS } from '@/lib/server/sending/decision-records';
import type { DecideOnce } from '@/lib/server/sending/decide-once';
import type { Authenticate } from './authenticate';
import { toChangeProblem } from './change-problem';
import { createApiHandler, type ApiContext, type ApiHandler } from './handler';
import { readJson } from './read-json';
import type { RequestContexts } from './request-context';
import { respond } from './responses';

// POST /api/order/replacements as a web-standard function from Request to Response.

const input = z.strictObject({
  itemId: z.string().min(1).max(100),
  decision: z.enum(DECISIONS),
});

type Parts = {
  authenticate: Authenticate;
  /** Undefined with ORDER_DETAILS=off: there are no items then. */
  decideOnce: DecideOnce | undefined;
  now: () => number;
  log: Log;
  contexts: RequestContexts;
};

export function createDecideReplacementHandler(parts: Parts): ApiHandler {
  return createApiHandler('decide', parts, (context) =>
    decide(context, parts).catch((cause: unknown) => {
      throw cause instanceof Problem ? toChangeProblem(cause) : cause;
    }),
  );
}

async function decide(
  { request, connection, logFields }: ApiContext,
  { authenticate, decideOnce }: Parts,
): Promise<Response> {
  const { orderId, userId, access } = await authenticate(request, connection, logFields);
  if (access !== 'full') throw new Problem('read_only_link');
  const { data } = input.safeParse(await readJson(request));
  if (!data)
    throw new Problem('invalid_request', {
      message: 'The body must be {"itemId": string, "decision": "approve" | "refund"}',
    });
  if (!decideOnce) throw new Problem('item_not_found');
  const result = await decideOnce({ orderId, userId, ...data });
  if (result.kind === 'decided') {
    logFields.outcome = result.decidedVia;
    return respond(200, { item: result.item });
  }
  const { kind: code, item } = result;
  logFields.code = code;
  return respond(409, { error: { code, ...apiErrors[code] }, item });
}
