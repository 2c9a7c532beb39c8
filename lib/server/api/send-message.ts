import 'server-only';
import { z } from 'zod';
import type { Message } from '@/lib/order/order-view';
import { MAX_BODY_LENGTH, toBody } from '@/lib/order/outgoing';
import { Problem } from '@/lib/order/problem';
import type { Log } from '@/lib/server/observability/log';
import { createApiHandler, type ApiHandler, type ApiContext } from './handler';
import { readJson } from './read-json';
import type { RequestContexts } from './request-context';
import type { Authenticate } from './authenticate';
import { respond } from './responses';
import type { SendOnce } from '@/lib/server/sending/send-once';

// POST /api/order/messages as a web-standard function from Request to Response.

const input = z.object(
  {
    clientMessageId: z.guid('clientMessageId must be a UUID').toLowerCase(),
    body: z
      .string('The message must be text')
      .transform(toBody)
      .refine(Boolean, 'The message is empty')
      .refine(
        (text) => text.length <= MAX_BODY_LENGTH,
        'The message is too long: it may have 1,000 characters',
      ),
  },
  'The body must be a JSON object',
);

type Parts = {
  authenticate: Authenticate;
  /** False with MESSAGING=retailer. */
  hasChat: boolean;
  sendOnce: SendOnce;
  now: () => number;
  log: Log;
  contexts: RequestContexts;
};

export function createSendMessageHandler(parts: Parts): ApiHandler {
  return createApiHandler('send_message', parts, (context) => answer(context, parts));
}

async function answer(
  { request, connection, logFields }: ApiContext,
  { authenticate, hasChat, sendOnce }: Parts,
): Promise<Response> {
  const { orderId, userId, access } = await authenticate(request, connection, logFields);
  if (access !== 'full') throw new Problem('read_only_link');
  if (!hasChat) throw new Problem('chat_closed');
  const { data, error } = input.safeParse(await readJson(request));
  if (!data) {
    logFields.code = 'invalid_request';
    return refuse(error.issues[0]?.message ?? '');
  }
  const { message, sentVia } = await sendOnce({ orderId, userId, ...data });
  logFields.outcome = sentVia;
  const sent: Message = { ...message, from: 'customer', body: data.body, read: false };
  return respond(201, { message: sent });
}

// Our page never sends an invalid request, so the message is for engineers.
function refuse(message: string): Response {
  return respond(400, { error: { code: 'invalid_request', message } });
}
