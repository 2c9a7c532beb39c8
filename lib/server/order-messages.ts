import 'server-only';
import { createHash } from 'node:crypto';
import type { OrderView } from '@/lib/order/order-view';
import { toPollAfterMs } from '@/lib/order/poll-policy';
import type { LinkAccess } from './link';
import type { Log, RequestLine } from './log';
import { createLoggedHandler, type ApiHandler } from './logged-handler';
import type { OrderSnapshots, SnapshotReading } from './order-snapshots';
import type { RequestLimits } from './request-limits';
import type { RequireLink } from './require-link';
import { matchesEtag, respond, respondEmpty } from './respond';

// GET /api/order/messages: a standard function from Request to Response.

// The factor falls every half minute, and a page that sleeps does not hear of it.
const MAX_POLL_MS = 60_000;

type Parts = {
  requireLink: RequireLink;
  limits: Pick<RequestLimits, 'admitRead'>;
  snapshots: OrderSnapshots;
  throttleFactor: () => number;
  now: () => number;
  log: Log;
};

export function createOrderMessagesHandler(parts: Parts): ApiHandler {
  return createLoggedHandler('order_messages', parts, (request, line, peerAddress) =>
    answer(request, parts, line, peerAddress),
  );
}

async function answer(
  request: Request,
  parts: Parts,
  line: Partial<RequestLine>,
  peerAddress: string | undefined,
): Promise<Response> {
  const access = await parts.requireLink(request, peerAddress, line);
  await parts.limits.admitRead(access.linkKey);
  const reading = await parts.snapshots.get(access.orderId, access.userId);
  line.stale = reading.stale;
  line.droppedCount = reading.snapshot.droppedCount;
  const view = toOrderView(reading, access, parts.now(), parts.throttleFactor());
  const etag = toEtag(view);
  return matchesEtag(request.headers.get('if-none-match'), etag)
    ? respondEmpty(304, { etag })
    : respond(200, view, { etag });
}

function toOrderView(
  { snapshot, asOfMs, stale, retryAfterMs = 0 }: SnapshotReading,
  { readOnly }: LinkAccess,
  nowMs: number,
  throttleFactor: number,
): OrderView {
  const { chatState: state, messages, unreadableCount, updates, people, settled } = snapshot;
  const lastNewsAtMs = Math.max(
    ...[messages.at(-1), updates.at(-1)].map((news) => (news ? Date.parse(news.at) : -Infinity)),
  );
  const pollAfterMs = toPollAfterMs(state, lastNewsAtMs, nowMs);
  const throttledMs = Math.min(MAX_POLL_MS, pollAfterMs * throttleFactor);
  return {
    chat: {
      state,
      messages,
      canReply: state === 'open' && !readOnly,
      ...(unreadableCount > 0 && { unreadableCount }),
    },
    updates,
    people,
    asOf: new Date(asOfMs).toISOString(),
    stale,
    ...(!settled && { pollAfterMs: Math.round(Math.max(throttledMs, retryAfterMs)) }),
  };
}

// Over what the customer sees; asOf moves with every reading and would make each answer new.
function toEtag(view: OrderView): string {
  const hash = createHash('sha256').update(JSON.stringify({ ...view, asOf: undefined }));
  return `W/"${hash.digest('base64url').slice(0, 27)}"`;
}
