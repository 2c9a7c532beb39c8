import { memo, useMemo } from 'react';
import { findShopper, type OrderView } from '@/lib/order/order-view';
import { mergeOutgoing } from '@/lib/order/outgoing';
import { asksForAnswer } from '@/lib/order/asks-for-answer';
import { Avatar } from '@/components/ui/avatar';
import { Phrase } from '@/components/ui/phrase';
import { ChatFooter, type Sending } from './chat-footer';
import { EndingLink } from './ending-link';
import { LaterQuestion } from './later-question';
import { Thread } from './thread';
import { SEPARATOR } from '@/lib/order/copy/intl';
import { useCopy } from '@/lib/client/copy/order-copy';

const NONE: readonly string[] = [];

type Props = { view: OrderView; sending: Sending; supportUrl: string | undefined };

/** Shows the thread and the composer of an open chat. */
export const ChatPanel = memo(function ChatPanel({ view, sending, supportUrl }: Props) {
  const copy = useCopy();
  const { chat, people, updates, order, items } = view;
  const { outgoing, outbox, quickReplies } = sending;
  const messages = useMemo(() => mergeOutgoing(chat.messages, outgoing), [chat.messages, outgoing]);
  const replies = asksForAnswer(view, messages.at(-1))
    ? (quickReplies[copy.locale] ?? copy.composer.quickReplies)
    : NONE;
  const shopper = findShopper(people, people.currentShopperId);
  const isDriving = order?.stage === 'on_the_way';
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
        hasQuickReplies={replies.length > 0}
        end={
          // A new note at each new row, because a note that is moved counts as a layout shift.
          <div
            key={isDriving ? messages.length + updates.length : undefined}
            className="py-1.5 text-center text-[0.8125rem] text-quiet empty:hidden"
          >
            {items && items.counts.decide > 0 && <LaterQuestion items={items} />}
            {isDriving ? (
              <DrivingNote name={shopper?.name} />
            ) : (
              <EndingLink order={order} supportUrl={supportUrl} />
            )}
          </div>
        }
        onSeen={sending.onSeen}
        onSendAgain={outbox.sendAgain}
        onRemove={outbox.remove}
      />
      <ChatFooter view={view} sending={sending} quickReplies={replies} supportUrl={supportUrl} />
    </section>
  );
});

function DrivingNote({ name }: { name: string | undefined }) {
  const copy = useCopy();
  return (
    <p>
      <Phrase toSentence={copy.chat.mayNotAnswer} value={name || copy.chat.someone} />
    </p>
  );
}
