import 'server-only';
import { cleanText, cutText } from '@/lib/order/clean-text';
import type { ChatState, Message, OrderView, People, Shopper } from '@/lib/order/order-view';
import { createUniqueIds } from '@/lib/order/unique-ids';
import { compareIds, toUpdates, type Notice } from '@/lib/order/updates';
import type {
  ConnectChatMessage,
  ConnectLifecycleMessage,
  ConnectOrderMessages,
  ConnectPerson,
} from './connect-schema';
import { toImageUrl, type ImageHost } from './image-hosts';

// The one translator from Connect's words to ours. What is not named here never leaves the server.

/** An order without what depends on the reader and the moment. */
export type OrderSnapshot = {
  chatState: ChatState;
  messages: Message[];
  updates: OrderView['updates'];
  people: People;
  /** Nothing will change any more. */
  settled: boolean;
  unreadableCount: number;
  droppedCount: number;
  /** Of Connect's answer that it was made from. */
  digest?: string | undefined;
};

export const UNAVAILABLE_SNAPSHOT: OrderSnapshot = {
  chatState: 'unavailable',
  messages: [],
  updates: [],
  people: { customer: { name: '' }, shoppers: [] },
  settled: true,
  unreadableCount: 0,
  droppedCount: 0,
};

export function toOrderSnapshot(
  connect: ConnectOrderMessages,
  options: {
    imageHosts: readonly ImageHost[];
    hasChat: boolean;
    digest?: string | undefined;
  },
): OrderSnapshot {
  const { imageHosts, hasChat, digest } = options;
  const people = toPeople(connect.metadata, imageHosts);
  const chatState = hasChat ? toChatState(connect) : 'unavailable';
  const showsMessages = chatState === 'open' || chatState === 'waiting';
  return {
    chatState,
    messages: showsMessages ? toMessages(connect.chatMessages, imageHosts) : [],
    updates: toUpdates(
      connect.lifecycleMessages
        .map((notice) => toNotice(notice, imageHosts))
        .filter(({ body, imageUrl }) => body || imageUrl),
    ),
    people,
    settled: connect.metadata.is_expired,
    unreadableCount: showsMessages ? connect.droppedChatCount : 0,
    droppedCount: connect.droppedChatCount + connect.droppedNoticeCount,
    digest,
  };
}

function toChatState({ chatMessages, metadata }: ConnectOrderMessages): ChatState {
  if (metadata.is_expired) return 'expired';
  const hasShopper = metadata.current_shopper ?? metadata.shoppers[0] ?? chatMessages[0];
  return hasShopper ? 'open' : 'waiting';
}

function toPeople(
  metadata: ConnectOrderMessages['metadata'],
  imageHosts: readonly ImageHost[],
): People {
  const { customer, current_shopper: current } = metadata;
  const shoppers = new Map<string, Shopper>();
  for (const shopper of [...metadata.shoppers, ...(current ? [current] : [])])
    shoppers.set(shopper.id, { id: shopper.id, ...toFace(shopper, imageHosts) });
  return {
    customer: toFace(customer, imageHosts),
    shoppers: [...shoppers.values()],
    ...(current && { currentShopperId: current.id }),
  };
}

function toFace(person: ConnectPerson, imageHosts: readonly ImageHost[]) {
  const avatarUrl = toImageUrl(person.avatar_url ?? undefined, imageHosts);
  return { name: cutText(cleanText(person.display_name), 120), ...(avatarUrl && { avatarUrl }) };
}

// Sorted by time, then id. A message that comes twice is one, read if either copy is; two that
// merely share an id are both kept, and the second gets an id of its own.
function toMessages(
  sent: readonly ConnectChatMessage[],
  imageHosts: readonly ImageHost[],
): Message[] {
  const sorted = [...sent].sort(
    (a, b) =>
      Date.parse(a.created_at) - Date.parse(b.created_at) ||
      compareIds(a.id, b.id) ||
      compareIds(a.sender_id, b.sender_id) ||
      compareIds(a.body, b.body),
  );
  const messages = new Map<string, Message>();
  const toUniqueId = createUniqueIds();
  for (const original of sorted) {
    const message = toMessage(original, imageHosts);
    if (!message.body && !original.image) continue;
    const key = JSON.stringify([message.id, message.at, original.sender_id, original.body]);
    const known = messages.get(key);
    if (known) {
      if (!known.read && message.read) messages.set(key, { ...message, id: known.id });
      continue;
    }
    messages.set(key, { ...message, id: toUniqueId(message.id) });
  }
  return [...messages.values()];
}

// An unknown sender type is staff of some kind: shown on the shopper's side, under nobody's name.
function toMessage(message: ConnectChatMessage, imageHosts: readonly ImageHost[]): Message {
  const imageUrl = toImageUrl(message.image ?? undefined, imageHosts);
  return {
    id: message.id,
    at: message.created_at,
    from: message.sender_type === 'user' ? 'customer' : 'shopper',
    ...(message.sender_type === 'driver' && { shopperId: message.sender_id }),
    body: cleanText(message.body),
    ...(imageUrl ? { imageUrl } : message.image && { imageWithheld: true }),
    ...(message.read_at && { readAt: message.read_at }),
    read: message.read,
  };
}

function toNotice(notice: ConnectLifecycleMessage, imageHosts: readonly ImageHost[]): Notice {
  const imageUrl = toImageUrl(notice.image ?? undefined, imageHosts);
  return {
    id: notice.notification_id,
    at: notice.created_at,
    medium: notice.medium.replace(/[^\w-]/g, '').slice(0, 32) || 'unknown',
    body: cleanText(notice.body),
    ...(imageUrl && { imageUrl }),
  };
}
