import { STATUS_CODES } from 'node:http';
import type { ConnectRoute } from './calls';
import type { FaultEffect } from './faults';
import { connectErrors, errorReply, jsonReply, rawReply, type Reply } from './replies';

/** The answer of a fault that replaces the correct answer; undefined for other faults. */
export function toFaultReply(effect: FaultEffect, route: ConnectRoute): Reply | undefined {
  switch (effect.kind) {
    case 'html':
      return rawReply(200, '<!doctype html><title>Maintenance</title><h1>Back soon</h1>', {
        'content-type': 'text/html; charset=utf-8',
      });
    case 'wrong-shape':
      return jsonReply(200, effect.body ?? { status: 'ok', items: [] });
    case 'redirect':
      return rawReply(301, '', { location: effect.location ?? 'http://10.0.0.1/' });
    case 'unauthorized':
      return connectErrors.unauthorized;
    case 'several-errors':
      return jsonReply(400, {
        error: {
          code: 9999,
          message: 'Multiple errors',
          errors: [
            { message: 'Resource not found', code: 4000, meta: { key: 'order_id' } },
            { message: 'is invalid', code: 1001, meta: { key: 'user_id' } },
          ],
        },
        meta: {},
      });
    case 'rate-limit':
      return withRetryAfter(toErrorReply(429, route), effect.retryAfter);
    case 'status': {
      const { status, body, contentType, retryAfter } = effect;
      const reply = body === undefined ? toErrorReply(status, route) : toReply(status, body);
      return withRetryAfter(
        contentType ? rawReply(status, reply.body, { 'content-type': contentType }) : reply,
        retryAfter,
      );
    }
    default:
      return undefined;
  }
}

/** The documented body of a status, or the status text in the documented format. */
function toErrorReply(status: number, route: ConnectRoute): Reply {
  if (status === 400 && route !== 'token') return connectErrors.userNotFound;
  if (status === 401) return connectErrors.unauthorized;
  if (status === 403 && ['order_messages', 'chat', 'mark_read'].includes(route))
    return connectErrors.shopperInfoRemoved;
  if (status === 403 && route === 'send') return connectErrors.sendingClosed;
  if (status === 404) return connectErrors.notFound;
  return errorReply(status, { message: STATUS_CODES[status] ?? 'Error', code: null });
}

function toReply(status: number, body: unknown): Reply {
  return typeof body === 'string' ? rawReply(status, body) : jsonReply(status, body);
}

function withRetryAfter(reply: Reply, retryAfter: string | undefined): Reply {
  if (retryAfter === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, 'retry-after': retryAfter } };
}
