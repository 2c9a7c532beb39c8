import type { Message, OrderView } from './order-view';

export function isUnread({ from, read }: Message): boolean {
  return from === 'shopper' && !read;
}

/** The order with the shopper's messages `ids` read. Other messages keep their identity. */
export function withRead(view: OrderView, ids: ReadonlySet<string>): OrderView {
  const { messages } = view.chat;
  if (!messages.some((message) => isUnread(message) && ids.has(message.id))) return view;
  return {
    ...view,
    chat: {
      ...view.chat,
      messages: messages.map((message) =>
        isUnread(message) && ids.has(message.id) ? { ...message, read: true } : message,
      ),
    },
  };
}
