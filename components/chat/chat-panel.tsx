import { memo, useMemo } from 'react';
import { findShopper, type OrderView } from '@/lib/order/order-view';
import { mergeOutgoing } from '@/lib/order/outgoing';
import { copy, SEPARATOR } from '@/lib/order/copy/en-US/order-page';
import { Avatar } from '@/components/ui/avatar';
import { ChatFooter, type Sending } from './chat-footer';
import { Thread } from './thread';

type Props = { view: OrderView; sending: Sending; supportUrl: string | undefined };

/** Shows the thread and the composer of an open chat. */
export const ChatPanel = memo(function ChatPanel({ view, sending, supportUrl }: Props) {
  const { chat, people, updates, order } = view;
  const { outgoing, outbox } = sending;
  const messages = useMemo(() => mergeOutgoing(chat.messages, outgoing), [chat.messages, outgoing]);
  const shopper = findShopper(people, people.currentShopperId);
  const label = shopper?.name ? copy.chat.labelWith(shopper.name) : copy.chat.label;
  return (
    <section aria-label={label} className="chat flex min-h-0 flex-col bg-card">
      <h2 className="chat-title flex items-center gap-2.5 border-b border-line px-4 py-2 text-[0.9375rem] font-semibold narrow:sr-only">
        {shopper?.name ? (
          <>
            <Avatar person={shopper} />
            <span className="min-w-0 truncate">
              <bdi>{shopper.name}</bdi>
              <span className="font-normal text-quiet">
                {`${SEPARATOR}${copy.chat.yourShopper}`}
              </span>
            </span>
          </>
        ) : (
          <span className="py-1">{label}</span>
        )}
      </h2>
      <Thread
        messages={messages}
        updates={updates}
        people={people}
        unreadableCount={chat.unreadableCount}
        isDriving={order?.stage === 'on_the_way'}
        onSeen={sending.onSeen}
        onSendAgain={outbox.sendAgain}
        onRemove={outbox.remove}
      />
      <ChatFooter
        view={view}
        sending={sending}
        lastMessage={messages.at(-1)}
        supportUrl={supportUrl}
      />
    </section>
  );
});
