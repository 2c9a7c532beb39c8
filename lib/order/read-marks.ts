import type { Message, OrderView } from './order-view';

export function isUnread({ from, read }: Message): boolean {
  return from === 'shopper' && !read;
}

/**
 * The order with the shopper's messages read up to the newest of `seenIds`: a reader who has seen a message has passed
 * the ones before it. Other messages keep their identity.
 */
export function withRead(view: OrderView, seenIds: ReadonlySet<string>): OrderView {
  const { messages } = view.chat;
  const newest = messages.findLastIndex(({ id }) => seenIds.has(id));
  if (!messages.slice(0, newest + 1).some(isUnread)) return view;
  return {
    ...view,
    chat: {
      ...view.chat,
      messages: messages.map((message, i) =>
        i <= newest && isUnread(message) ? { ...message, read: true } : message,
      ),
    },
  };
}
