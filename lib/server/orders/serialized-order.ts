import 'server-only';
import { hash } from 'node:crypto';
import type { ChatState, OrderView } from '@/lib/order/order-view';
import type { KeptView } from './representation';
import { toPictureIdentity } from './picture-identity';
import type { OrderSnapshot } from './to-order-view';

// What is kept of an order between polls: its JSON as bytes, for as objects it would take three times as much.

type Standing = Pick<OrderView, 'updates' | 'people'> & {
  chat: Omit<OrderView['chat'], 'canReply'>;
};

export type SerializedOrder = {
  chatState: ChatState;
  isFinal: boolean;
  droppedCount: number;
  /** Of the newest message or update; -Infinity where there is none. */
  lastNewsAtMs: number;
  /** Of Connect's answer that it was made from. */
  digest: string | undefined;
  /** Its view up to where reader and moment come in: within `chat`, which stands last and is not closed. */
  standing: Uint8Array;
  /** Pictures count by their address without query, which is signed anew for each reading. */
  standingHash: string;
  /** Those that were asked for. */
  views: KeptView[];
};

export function serializeOrder(snapshot: OrderSnapshot): SerializedOrder {
  const { chatState, messages, unreadableCount, updates, people, isFinal, droppedCount } = snapshot;
  const view: Standing = {
    updates,
    people,
    chat: { state: chatState, messages, ...(unreadableCount > 0 && { unreadableCount }) },
  };
  const standing = new TextEncoder().encode(JSON.stringify(view).slice(0, -'}}'.length));
  const news = [messages.at(-1), updates.at(-1)];
  return {
    chatState,
    isFinal,
    droppedCount,
    lastNewsAtMs: Math.max(...news.map((each) => (each ? Date.parse(each.at) : -Infinity))),
    digest: snapshot.digest,
    standing,
    standingHash: hash('sha256', identify(view) ?? standing, 'base64url'),
    views: [],
  };
}

/** The view with pictures by identity; undefined where no address has a query, so that the bytes serve as well. */
function identify(view: Standing): string | undefined {
  let hasQuery = false;
  function strip<T extends { imageUrl?: string; avatarUrl?: string }>(shown: T): T {
    const { imageUrl, avatarUrl } = shown;
    if (!/[?#]/.test(`${imageUrl}${avatarUrl}`)) return shown;
    hasQuery = true;
    return {
      ...shown,
      ...(imageUrl && { imageUrl: toPictureIdentity(imageUrl) }),
      ...(avatarUrl && { avatarUrl: toPictureIdentity(avatarUrl) }),
    };
  }
  const { updates, people, chat } = view;
  const identified = {
    updates: updates.map(strip),
    people: {
      ...people,
      customer: strip(people.customer),
      shoppers: people.shoppers.map(strip),
    },
    chat: { ...chat, messages: chat.messages.map(strip) },
  };
  return hasQuery ? JSON.stringify(identified) : undefined;
}
