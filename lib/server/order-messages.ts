import 'server-only';
import { toPollAfterMs, toSpreadPollMs } from '@/lib/order/poll-policy';
import type { Log, RequestLine } from './log';
import { createLoggedHandler, type ApiHandler, type Connection } from './logged-handler';
import type { RequestScopes } from './request-scope';
import type { OrderSnapshots, SnapshotReading } from './order-snapshots';
import type { RequestLimits } from './request-limits';
import type { RequireLink } from './require-link';
import type { RenderView } from './rendered-view';
import { acceptsGzip, matchesEtag, respondEmpty, respondJson } from './respond';

// GET /api/order/messages: a standard function from Request to Response.

// Slower for all while Connect throttles, but no page sleeps over its end.
const TIGHT_FACTOR = 2;
const MAX_POLL_MS = 60_000;

type Parts = {
  requireLink: RequireLink;
  limits: Pick<RequestLimits, 'admitRead'>;
  snapshots: OrderSnapshots;
  /** Whether Connect has just been throttling us. */
  isTight: () => boolean;
  render: RenderView;
  now: () => number;
  log: Log;
  scopes: RequestScopes;
};

export function createOrderMessagesHandler(parts: Parts): ApiHandler {
  return createLoggedHandler('order_messages', parts, (request, line, connection) =>
    answer(request, parts, line, connection),
  );
}

async function answer(
  request: Request,
  parts: Parts,
  line: Partial<RequestLine>,
  connection: Connection | undefined,
): Promise<Response> {
  const access = await parts.requireLink(request, connection, line);
  await parts.limits.admitRead(access.linkKey);
  const reading = await parts.snapshots.get(access.orderId, access.userId);
  line.chat = reading.snapshot.chatState;
  line.stale = reading.stale;
  line.droppedCount = reading.snapshot.droppedCount;
  const { text, etag, zip } = parts.render(reading.snapshot, access.readOnly, {
    asOfMs: reading.asOfMs,
    stale: reading.stale,
    pollAfterMs: readPollAfterMs(reading, parts),
  });
  const headers = { etag, ...(connection && { vary: 'accept-encoding' }) };
  if (matchesEtag(request.headers.get('if-none-match'), etag)) return respondEmpty(304, headers);
  const zipped = connection && acceptsGzip(request) ? await zip() : undefined;
  return zipped
    ? respondJson(200, zipped, { ...headers, 'content-encoding': 'gzip' })
    : respondJson(200, text, headers);
}

function readPollAfterMs(
  { snapshot, asOfMs, freshMs, retryAfterMs = 0 }: SnapshotReading,
  { now, isTight }: Parts,
): number | undefined {
  const { chatState, messages, updates, settled } = snapshot;
  if (settled) return undefined;
  const lastNewsAtMs = Math.max(
    ...[messages.at(-1), updates.at(-1)].map((news) => (news ? Date.parse(news.at) : -Infinity)),
  );
  const pollAfterMs = toPollAfterMs(chatState, lastNewsAtMs, now());
  const throttledMs =
    freshMs > pollAfterMs
      ? toSpreadPollMs(freshMs, now() - asOfMs)
      : Math.min(MAX_POLL_MS, pollAfterMs * (isTight() ? TIGHT_FACTOR : 1));
  return Math.round(Math.max(throttledMs, retryAfterMs));
}
