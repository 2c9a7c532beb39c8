import 'server-only';
import { cleanText, cutText, isBlank } from '@/lib/order/clean-text';
import type { ChatState, Message, OrderView, People, Shopper } from '@/lib/order/order-view';
import { createUniqueIds } from '@/lib/order/unique-ids';
import { collectUpdates, compareIds, type Notice } from '@/lib/order/updates';
import type { ConnectPerson } from '@/lib/server/connect/metadata';
import type {
  ConnectChatMessage,
  ConnectLifecycleMessage,
  ConnectOrderMessages,
} from '@/lib/server/connect/schema';
import { htmlToText } from './html-to-text';
import { toImageUrl, type ImageHost } from '@/lib/server/config/image-hosts';
import { toPictureIdentity } from './picture-identity';
import { createWorkSlices, runInSlices, type ReportWork } from '@/lib/server/connect/work-slices';

// The only translator from Connect's fields to ours. A field that is not named here never leaves the server.

const MAX_RAW_NAME_LENGTH = 1_000;
const MAX_NAME_LENGTH = 120;

/** An order without the fields that depend on the link and on time. */
export type OrderSnapshot = {
  chatState: ChatState;
  messages: Message[];
  updates: OrderView['updates'];
  people: People;
  /** True if Connect will not change the order again. */
  isFinal: boolean;
  unreadableCount: number;
  droppedCount: number;
  /** Digest of Connect's response. */
  digest?: string | undefined;
};

export const UNAVAILABLE_SNAPSHOT: OrderSnapshot = {
  chatState: 'unavailable',
  messages: [],
  updates: [],
  people: { customer: { name: '' }, shoppers: [] },
  isFinal: true,
  unreadableCount: 0,
  droppedCount: 0,
};

/** Yields to other requests, because the texts of one response may take half a second of CPU time. */
export async function toOrderSnapshot(
  connect: ConnectOrderMessages,
  options: {
    imageHosts: readonly ImageHost[];
    hasChat: boolean;
    digest?: string | undefined;
    reportWork?: ReportWork;
  },
): Promise<OrderSnapshot> {
  const { imageHosts, hasChat, digest, reportWork = createWorkSlices() } = options;
  const people = toPeople(connect.metadata, imageHosts);
  const chatState = hasChat ? toChatState(connect) : 'unavailable';
  const showsMessages = chatState === 'open' || chatState === 'waiting';
  const notices: Notice[] = [];
  for (const notice of connect.lifecycleMessages) {
    const ourNotice = toNotice(notice, imageHosts);
    if (ourNotice.body || ourNotice.imageUrl) notices.push(ourNotice);
    await reportWork(toWork(notice));
  }
  return {
    chatState,
    messages: showsMessages ? await toMessages(connect.chatMessages, imageHosts, reportWork) : [],
    updates: await runInSlices(collectUpdates(notices), reportWork),
    people,
    isFinal: connect.metadata.is_expired,
    unreadableCount: showsMessages ? connect.droppedChatCount : 0,
    droppedCount: connect.droppedChatCount + connect.droppedNoticeCount,
    digest,
  };
}

// The fields of a message take CPU time too, even if its text is short.
function toWork({ body }: { body: string }): number {
  return 200 + body.length;
}

// Unreadable messages prove that a chat exists.
function toChatState({
  chatMessages,
  droppedChatCount,
  metadata,
}: ConnectOrderMessages): ChatState {
  if (metadata.is_expired) return 'expired';
  const hasShopper = metadata.current_shopper ?? metadata.shoppers[0] ?? chatMessages[0];
  return hasShopper || droppedChatCount > 0 ? 'open' : 'waiting';
}

// The entry of the current shopper is newer than the one in the list, but may lack the name.
function toPeople(
  metadata: ConnectOrderMessages['metadata'],
  imageHosts: readonly ImageHost[],
): People {
  const { customer, current_shopper: current } = metadata;
  const shoppers = new Map<string, Shopper>();
  for (const shopper of [...metadata.shoppers, ...(current ? [current] : [])]) {
    const profile = toProfile(shopper, imageHosts);
    const name = profile.name || (shoppers.get(shopper.id)?.name ?? '');
    shoppers.set(shopper.id, { id: shopper.id, ...profile, name });
  }
  return {
    customer: toProfile(customer, imageHosts),
    shoppers: [...shoppers.values()],
    ...(current && { currentShopperId: current.id }),
  };
}

type Profile = Omit<ConnectPerson, 'id'>;

function toProfile(person: Profile, imageHosts: readonly ImageHost[]) {
  const avatarUrl = toImageUrl(person.avatar_url, imageHosts);
  const text = cleanText(cutText(person.display_name, MAX_RAW_NAME_LENGTH)).replace(/\s+/g, ' ');
  const name = cutText(text, MAX_NAME_LENGTH);
  return { name: isBlank(name) ? '' : name, ...(avatarUrl && { avatarUrl }) };
}

// Sorts by time, then id. Two equal copies of a message become one message, marked as read if either copy is. Two
// different messages with the same id are both kept, and the second message gets a new id.
async function toMessages(
  sent: readonly ConnectChatMessage[],
  imageHosts: readonly ImageHost[],
  reportWork: ReportWork,
): Promise<Message[]> {
  const sorted = sent
    .map((original) => ({ original, ms: Date.parse(original.created_at) }))
    .sort(
      ({ original: a, ms: aMs }, { original: b, ms: bMs }) =>
        aMs - bMs ||
        compareIds(a.id, b.id) ||
        compareIds(a.sender_id ?? '', b.sender_id ?? '') ||
        compareIds(a.body, b.body),
    );
  const messages = new Map<string, Message>();
  const toUniqueId = createUniqueIds();
  for (const { original } of sorted) {
    const message = toMessage(original, imageHosts);
    await reportWork(toWork(original));
    if (!message.body && !original.image) continue;
    const key = JSON.stringify([
      ...[message.id, message.at, original.sender_id, original.body],
      ...(original.body ? [] : [toPictureIdentity(original.image ?? '')]),
    ]);
    const earlierCopy = messages.get(key);
    if (earlierCopy) {
      if (!earlierCopy.read && message.read) messages.set(key, { ...message, id: earlierCopy.id });
      continue;
    }
    messages.set(key, { ...message, id: toUniqueId(message.id) });
  }
  return [...messages.values()];
}

// A message of an unknown sender type is shown on the shopper's side, without a name.
function toMessage(message: ConnectChatMessage, imageHosts: readonly ImageHost[]): Message {
  const imageUrl = toImageUrl(message.image, imageHosts);
  const shopperId = message.sender_type === 'driver' ? message.sender_id : undefined;
  return {
    id: message.id,
    at: message.created_at,
    from: message.sender_type === 'user' ? 'customer' : 'shopper',
    ...(shopperId !== undefined && { shopperId }),
    body: cleanText(message.body),
    ...(imageUrl ? { imageUrl } : message.image && { imageWithheld: true as const }),
    ...(message.read_at && { readAt: message.read_at }),
    read: message.read,
  };
}

function toNotice(notice: ConnectLifecycleMessage, imageHosts: readonly ImageHost[]): Notice {
  const imageUrl = toImageUrl(notice.image, imageHosts);
  return {
    id: notice.notification_id,
    at: notice.created_at,
    medium: notice.medium.replace(/[^\w-]/g, '').slice(0, 32) || 'unknown',
    body: cleanText(htmlToText(notice.body)),
    ...(imageUrl && { imageUrl }),
  };
}
