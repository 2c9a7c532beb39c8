import 'server-only';
import {
  MAX_RENDER_ERRORS,
  RENDER_ERRORS_HEADER,
  toRenderErrorName,
  type RenderErrorName,
} from '@/lib/order/render-error';
import { toPollAfterMs, toSpreadPollMs } from '@/lib/order/poll-policy';
import type { Log, RequestLine } from '@/lib/server/observability/log';
import { createLoggedHandler, type ApiHandler } from './handler';
import type { RequestScopes } from './request-context';
import type { OrderSnapshots, SnapshotReading } from '@/lib/server/orders/order-cache';
import type { RequestLimits } from '@/lib/server/limits/request-limits';
import type { RequireLink } from './authenticate';
import type { LinkAccess } from '@/lib/server/links/link';
import { renderView, type RenderedView } from '@/lib/server/orders/representation';
import { respondView, takesGzip } from './order-response';

// GET /api/order/messages: a standard function from Request to Response.

// Slower for all while Connect throttles, but no page sleeps over its end.
const TIGHT_FACTOR = 2;
const MAX_POLL_MS = 60_000;

type Parts = {
  requireLink: RequireLink;
  limits: Pick<RequestLimits, 'admitRead' | 'admitReadAtOnce'>;
  snapshots: OrderSnapshots;
  /** Whether Connect has just been throttling us. */
  isTight: () => boolean;
  now: () => number;
  log: Log;
  scopes: RequestScopes;
};

export function createOrderMessagesHandler(parts: Parts): ApiHandler {
  const { requireLink, limits, snapshots } = parts;
  return createLoggedHandler(
    'order_messages',
    parts,
    async ({ request, connection, line }) => {
      const access = await requireLink(request, connection, line);
      await limits.admitRead(access.linkKey);
      line.renderErrors = readRenderErrors(request);
      const reading = await snapshots.get(access.orderId, access.userId);
      const view = renderReading(reading, access, parts, line);
      if (takesGzip(request, connection, view)) await view.zip();
      return respondView(request, connection, view);
    },
    ({ request, connection, line }) => {
      const access = requireLink.remembered(request, line);
      const reading = access && snapshots.peek(access.orderId, access.userId);
      if (!reading) return undefined;
      const view = renderReading(reading, access, parts, line);
      if (view.needsZip() && takesGzip(request, connection, view)) return undefined;
      if (!limits.admitReadAtOnce(access.linkKey)) return undefined;
      line.renderErrors = readRenderErrors(request);
      return respondView(request, connection, view);
    },
  );
}

/** Errors that the page reports with its poll. */
function readRenderErrors({ headers }: Request): RenderErrorName[] | undefined {
  const names = headers.get(RENDER_ERRORS_HEADER);
  return names?.split(',', MAX_RENDER_ERRORS).map(toRenderErrorName);
}

function renderReading(
  reading: SnapshotReading,
  { readOnly }: LinkAccess,
  parts: Parts,
  line: Partial<RequestLine>,
): RenderedView {
  const { order, asOfMs, stale } = reading;
  line.chat = order.chatState;
  line.stale = stale;
  line.droppedCount = order.droppedCount;
  return renderView(order, readOnly, {
    asOfMs,
    stale,
    pollAfterMs: readPollAfterMs(reading, parts),
  });
}

function readPollAfterMs(
  { order, asOfMs, freshMs, retryAfterMs = 0 }: SnapshotReading,
  { now, isTight }: Parts,
): number | undefined {
  if (order.settled) return undefined;
  const pollAfterMs = toPollAfterMs(order.chatState, order.lastNewsAtMs, now());
  const throttledMs =
    freshMs > pollAfterMs
      ? toSpreadPollMs(freshMs, now() - asOfMs)
      : Math.min(MAX_POLL_MS, pollAfterMs * (isTight() ? TIGHT_FACTOR : 1));
  return Math.round(Math.max(throttledMs, retryAfterMs));
}
