import 'server-only';
import { z } from 'zod';
import { Problem } from '@/lib/order/problem';
import type { RequestLimits } from '@/lib/server/limits/request-limits';
import type { Log } from '@/lib/server/observability/log';
import type { MarkReadOnce } from '@/lib/server/orders/mark-read-once';
import type { Authenticate } from './authenticate';
import { createApiHandler, type ApiContext, type ApiHandler } from './handler';
import { readJson } from './read-json';
import type { RequestContexts } from './request-context';
import { respondEmpty } from './responses';

// POST /api/order/read as a web-standard function from Request to Response. The order cache is not asked whether a
// message is unread: another instance may have shown the page a newer message.

const input = z.strictObject({});

type Parts = {
  authenticate: Authenticate;
  limits: Pick<RequestLimits, 'admitMark'>;
  /** False with MESSAGING=retailer. */
  hasChat: boolean;
  markRead: MarkReadOnce;
  now: () => number;
  log: Log;
  contexts: RequestContexts;
};

export function createMarkReadHandler(parts: Parts): ApiHandler {
  return createApiHandler('mark_read', parts, (context) => answer(context, parts));
}

async function answer(
  { request, connection, logFields }: ApiContext,
  { authenticate, limits, hasChat, markRead }: Parts,
): Promise<Response> {
  const link = await authenticate(request, connection, logFields);
  if (link.access !== 'full') throw new Problem('read_only_link');
  if (!hasChat) throw new Problem('chat_closed');
  if (!input.safeParse(await readJson(request)).success)
    throw new Problem('invalid_request', { message: 'The body must be the JSON object {}' });
  await limits.admitMark(link.linkKey);
  await markRead(link.orderId, link.userId);
  return respondEmpty(204);
}
