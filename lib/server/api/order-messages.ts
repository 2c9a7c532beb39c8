import 'server-only';
import {
  MAX_RENDER_ERRORS,
  RENDER_ERRORS_HEADER,
  toRenderErrorName,
  type RenderErrorName,
} from '@/lib/order/render-error';
import { toPollAfterMs, toSharedPollAfterMs, toSpreadPollMs } from '@/lib/order/poll-policy';
import type { Access } from '@/lib/order/order-view';
import type { Log, RequestLine } from '@/lib/server/observability/log';
import { createApiHandler, type ApiHandler } from './handler';
import type { RequestContexts } from './request-context';
import type { OrderCache, CachedOrder } from '@/lib/server/orders/order-cache';
import type { RequestLimits } from '@/lib/server/limits/request-limits';
import type { Authenticate } from './authenticate';
import { findExpiredLocale, type LinkAccess } from '@/lib/server/links/link';
import { toRepresentation, type Representation } from '@/lib/server/orders/representation';
import { respondWithOrder, takesGzip } from './order-response';

// GET /api/order/messages as a web-standard function from Request to Response.

// While Connect throttles, pages poll half as often, but at least once per minute.
const THROTTLED_FACTOR = 2;
const MAX_POLL_MS = 60_000;

type Parts = {
  authenticate: Authenticate;
  limits: Pick<RequestLimits, 'admitRead' | 'admitReadSync'>;
  orderCache: OrderCache;
  /** Whether Connect has returned 429 recently. */
  isThrottled: () => boolean;
  now: () => number;
  log: Log;
  contexts: RequestContexts;
};

export function createOrderMessagesHandler(parts: Parts): ApiHandler {
  const { authenticate, limits, orderCache } = parts;
  return createApiHandler(
    'order_messages',
    parts,
    async (context) => {
      const { request, connection, logFields } = context;
      const access = await authenticate(request, connection, logFields).catch((cause: unknown) => {
        context.locale = findExpiredLocale(cause);
        throw cause;
      });
      context.locale = access.locale;
      await limits.admitRead(access.linkKey);
      logFields.renderErrors = readRenderErrors(request);
      const cached = await orderCache.get(access.orderId, access.userId);
      const view = toCurrentRepresentation(cached, access, parts, logFields);
      if (takesGzip(request, connection, view)) await view.zip();
      return respondWithOrder(request, connection, view);
    },
    ({ request, connection, logFields }) => {
      const access = authenticate.fromCache(request, logFields);
      const cached = access && orderCache.getFresh(access.orderId, access.userId);
      if (!cached) return undefined;
      const view = toCurrentRepresentation(cached, access, parts, logFields);
      if (view.needsZip() && takesGzip(request, connection, view)) return undefined;
      if (!limits.admitReadSync(access.linkKey)) return undefined;
      logFields.renderErrors = readRenderErrors(request);
      return respondWithOrder(request, connection, view);
    },
  );
}

/** Names of rendering errors that the page reports with its poll. */
function readRenderErrors({ headers }: Request): RenderErrorName[] | undefined {
  const names = headers.get(RENDER_ERRORS_HEADER);
  return names?.split(',', MAX_RENDER_ERRORS).map(toRenderErrorName);
}

function toCurrentRepresentation(
  cached: CachedOrder,
  link: LinkAccess,
  parts: Parts,
  logFields: Partial<RequestLine>,
): Representation {
  const { order, asOfMs, stale } = cached;
  logFields.chat = order.chatState;
  logFields.stale = stale;
  logFields.droppedCount = order.droppedCount;
  return toRepresentation(order, link, {
    asOfMs,
    stale,
    pollAfterMs: readPollAfterMs(cached, link.access, parts),
  });
}

function readPollAfterMs(
  { order, asOfMs, freshMs, retryAfterMs = 0 }: CachedOrder,
  access: Access,
  { now, isThrottled }: Parts,
): number | undefined {
  if (order.isFinal) return undefined;
  const pollAfterMs =
    access === 'share'
      ? toSharedPollAfterMs(order.order?.stage)
      : toPollAfterMs(order.chatState, order.newestItemAtMs, now());
  if (pollAfterMs === undefined) return undefined;
  const throttledMs =
    freshMs > pollAfterMs
      ? toSpreadPollMs(freshMs, now() - asOfMs)
      : Math.min(MAX_POLL_MS, pollAfterMs * (isThrottled() ? THROTTLED_FACTOR : 1));
  return Math.round(Math.max(throttledMs, retryAfterMs));
}
