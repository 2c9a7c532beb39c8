import 'server-only';
import { hash } from 'node:crypto';
import type { ChatState, OrderView } from '@/lib/order/order-view';
import { isOver } from '@/lib/order/stages';
import { toByteLength, toJson, type Json } from './json-members';
import type { KnownDetails } from './known-details';
import { withPictureIdentity } from './picture-identity';
import type { SerializedItems } from './serialized-items';
import { toPickupByteLength, type SerializedPickup } from './serialized-pickup';
import { toOrderProgress, type LinklessProgress } from './to-order-progress';
import type { OrderSnapshot } from './to-order-view';

// Orders are cached as JSON bytes, because the same order as objects takes three times the memory.

type Content = Pick<OrderSnapshot, 'messages' | 'updates' | 'people'> &
  Pick<OrderView['chat'], 'state' | 'unreadableCount'>;

export type SerializedOrder = {
  chatState: ChatState;
  isFinal: boolean;
  /** Whether the messages alone are final. */
  hasFinalMessages: boolean;
  droppedCount: number;
  unreadableCount: number;
  /** Time of the newest message or update, in ms since the epoch; -Infinity if there is none. */
  newestItemAtMs: number;
  /** Digest of the response of Connect from which the order was made. */
  digest: string | undefined;
  messages: Json;
  updates: Json;
  people: Json;
  /** Absent where Connect does not let us read the order. Its number is a claim of the link. */
  order?: LinklessProgress | undefined;
  /** Absent while nothing is known of them. */
  items?: SerializedItems | undefined;
  /** Absent if the order is not collected, or not yet or no more. */
  pickup?: SerializedPickup | undefined;
  /** Differs if the list of updates has changed. */
  updatesKey: string;
  updateTimes: readonly string[];
  /** When Connect refused the messages, because shopper information is removed. */
  refusedAtMs?: number | undefined;
  byteLength: number;
  /** Hash of messages, updates and people without the query of picture addresses, which Connect signs again each time. */
  contentHash: string;
};

const UPDATE_TIME_BYTES = 48;
const PROGRESS_BYTES = 1_000;

/** An order whose progress is not known. */
export function serializeOrder(snapshot: OrderSnapshot): SerializedOrder {
  const { chatState, isFinal, droppedCount, unreadableCount, digest } = snapshot;
  const messages = toJson(snapshot.messages);
  const updates = toJson(snapshot.updates);
  const people = toJson(snapshot.people);
  const lastUpdate = snapshot.updates.at(-1);
  const newest = [snapshot.messages.at(-1), lastUpdate];
  return {
    ...{ chatState, isFinal, droppedCount, unreadableCount, digest, messages, updates, people },
    hasFinalMessages: isFinal,
    updatesKey: `${snapshot.updates.length} ${lastUpdate?.id}`,
    updateTimes: snapshot.updates.map(({ at }) => at),
    newestItemAtMs: Math.max(...newest.map((entry) => (entry ? Date.parse(entry.at) : -Infinity))),
    byteLength:
      toByteLength([...messages, ...updates, ...people]) +
      snapshot.updates.length * UPDATE_TIME_BYTES +
      PROGRESS_BYTES,
    contentHash: hash('sha256', JSON.stringify(toContent(snapshot)), 'base64url'),
  };
}

/** The order with its progress at this time, its items and its pickup; the same object if nothing has changed. */
export function withDetails(
  known: SerializedOrder,
  details: KnownDetails,
  nowMs: number,
): SerializedOrder {
  const order = details.kind === 'known' ? toProgress(known, details, nowMs) : undefined;
  const isFinal = known.hasFinalMessages && isSettled(known, details);
  const { items, pickup } = details.kind === 'known' ? details : {};
  const hasSameParts = items === known.items && pickup === known.pickup;
  const isSame = hasSameParts && JSON.stringify(order) === JSON.stringify(known.order);
  if (isSame && isFinal === known.isFinal) return known;
  const byteLength = known.byteLength - toSize(known) + toSize({ items, pickup });
  return { ...known, order, items, pickup, isFinal, byteLength };
}

function toSize({ items, pickup }: Pick<SerializedOrder, 'items' | 'pickup'>): number {
  return (items?.byteLength ?? 0) + (pickup ? toPickupByteLength(pickup) : 0);
}

// A page whose messages are final polls until it has progress and items, and without messages until the order is over.
function isSettled({ refusedAtMs }: SerializedOrder, known: KnownDetails): boolean {
  if (known.kind !== 'known') return known.kind === 'unreadable';
  return known.isComplete && (refusedAtMs === undefined || isOver(known.details.stage));
}

function toProgress(
  { chatState, updateTimes }: SerializedOrder,
  { details, seenOverAtMs }: Extract<KnownDetails, { kind: 'known' }>,
  nowMs: number,
): LinklessProgress {
  const hasMessages = chatState === 'open' || chatState === 'waiting';
  const updates = updateTimes.map((at) => ({ at }));
  const messages =
    hasMessages && seenOverAtMs !== undefined ? { updates, seenOverAtMs } : undefined;
  return toOrderProgress(details, nowMs, messages);
}

function toContent(snapshot: OrderSnapshot): Content {
  const { chatState: state, unreadableCount, messages, updates, people } = snapshot;
  return {
    ...{ state, unreadableCount },
    messages: messages.map(withPictureIdentity),
    updates: updates.map(withPictureIdentity),
    people: {
      ...people,
      customer: withPictureIdentity(people.customer),
      shoppers: people.shoppers.map(withPictureIdentity),
    },
  };
}
