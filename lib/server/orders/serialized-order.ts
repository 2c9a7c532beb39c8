import 'server-only';
import { hash } from 'node:crypto';
import type { ChatState, OrderView } from '@/lib/order/order-view';
import { toByteLength, toJson, type Json } from './json-members';
import { toPictureIdentity } from './picture-identity';
import type { OrderSnapshot } from './to-order-view';

// Orders are cached as JSON bytes, because the same order as objects takes three times the memory.

type Content = Pick<OrderSnapshot, 'messages' | 'updates' | 'people'> &
  Pick<OrderView['chat'], 'state' | 'unreadableCount'>;

export type SerializedOrder = {
  chatState: ChatState;
  isFinal: boolean;
  droppedCount: number;
  unreadableCount: number;
  /** Time of the newest message or update, in ms since the epoch; -Infinity if there is none. */
  newestItemAtMs: number;
  /** Digest of the response of Connect from which the order was made. */
  digest: string | undefined;
  messages: Json;
  updates: Json;
  people: Json;
  byteLength: number;
  /** Excludes the query of picture addresses, because Connect signs them again for each response. */
  contentHash: string;
};

export function serializeOrder(snapshot: OrderSnapshot): SerializedOrder {
  const { chatState, isFinal, droppedCount, unreadableCount, digest } = snapshot;
  const messages = toJson(snapshot.messages);
  const updates = toJson(snapshot.updates);
  const people = toJson(snapshot.people);
  const newest = [snapshot.messages.at(-1), snapshot.updates.at(-1)];
  return {
    ...{ chatState, isFinal, droppedCount, unreadableCount, digest, messages, updates, people },
    newestItemAtMs: Math.max(...newest.map((entry) => (entry ? Date.parse(entry.at) : -Infinity))),
    byteLength: toByteLength([...messages, ...updates, ...people]),
    contentHash: hash('sha256', JSON.stringify(toContent(snapshot)), 'base64url'),
  };
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

function withPictureIdentity<T extends { imageUrl?: string; avatarUrl?: string }>(entry: T): T {
  const { imageUrl, avatarUrl } = entry;
  if (imageUrl === undefined && avatarUrl === undefined) return entry;
  return {
    ...entry,
    ...(imageUrl && { imageUrl: toPictureIdentity(imageUrl) }),
    ...(avatarUrl && { avatarUrl: toPictureIdentity(avatarUrl) }),
  };
}
