import { useAnnouncement } from '@/lib/client/hooks/use-announcement';
import { cutText } from '@/lib/order/clean-text';
import { toHeadline } from '@/lib/order/headline';
import { findShopper, type Message, type OrderView } from '@/lib/order/order-view';
import { findNewShopperMessages } from '@/lib/order/thread';
import { useCopy } from '@/lib/client/copy/order-copy';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

// In UTF-16 units. A screen-reader user finds the whole text in the thread.
const MAX_LENGTH = 140;
const UPDATE_OF_STAGE_MS = 3 * 60_000;

/** Announces changes of the order in a live region. The first order after loading is not announced. */
export function Announcer({ view }: { view: OrderView }) {
  const copy = useCopy();
  const announcement = useAnnouncement(view, (before, after) =>
    toAnnouncement(before, after, copy),
  );
  return (
    <p role="status" className="sr-only">
      {announcement}
    </p>
  );
}

function toAnnouncement(before: OrderView, after: OrderView, copy: OrderCopy): string {
  if (after.chat.state === 'expired' && before.chat.state !== 'expired')
    return copy.announce.expired;
  const messages = findNewShopperMessages(before.chat.messages, after.chat.messages);
  const knownUpdates = new Set(before.updates.map(({ id }) => id));
  const updates = after.updates.filter(({ id }) => !knownUpdates.has(id));
  const { currentShopperId } = after.people;
  const newShopper =
    currentShopperId !== before.people.currentShopperId
      ? findShopper(after.people, currentShopperId)
      : undefined;
  const [message] = messages;
  const [update] = updates;
  return [
    newShopper && copy.chat.handover(newShopper.name || copy.chat.someone),
    message && messages.length === 1 && toMessageAnnouncement(message, after, copy),
    messages.length > 1 && copy.announce.messages(messages.length),
    update && updates.length === 1 && shorten(copy.announce.update(update.body)),
    updates.length > 1 && copy.announce.updates(updates.length),
    hasRecentUpdate(after) ? '' : toProgressAnnouncement(before, after, copy),
  ]
    .filter(Boolean)
    .join('\n');
}

// The update of a stage arrives before or with it, and has been announced.
function hasRecentUpdate({ updates, asOf }: OrderView): boolean {
  const { at } = updates.at(-1) ?? {};
  return at !== undefined && Date.parse(asOf) - Date.parse(at) < UPDATE_OF_STAGE_MS;
}

function toProgressAnnouncement(
  { order: before }: OrderView,
  after: OrderView,
  copy: OrderCopy,
): string {
  const { order, people } = after;
  if (!before || !order) return '';
  if (before.stage === order.stage) return order.isLate && !before.isLate ? copy.announce.late : '';
  const headline = toHeadline(order, people, copy);
  if (!headline) return '';
  return 'text' in headline ? headline.text : headline.toSentence(headline.value);
}

function toMessageAnnouncement(
  { shopperId, body, imageUrl }: Message,
  { people }: OrderView,
  copy: OrderCopy,
): string {
  const name = findShopper(people, shopperId)?.name || copy.chat.someone;
  if (!body) return copy.announce.photo(name);
  const announcement = shorten(copy.announce.message(name, body));
  return imageUrl ? copy.announce.withPhoto(announcement) : announcement;
}

function shorten(text: string): string {
  return text.length > MAX_LENGTH ? `${cutText(text, MAX_LENGTH - 1)}…` : text;
}
