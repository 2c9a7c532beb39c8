import { memo, useMemo } from 'react';
import { findShopper, type OrderView } from '@/lib/order/order-view';
import { mergeOutgoing } from '@/lib/order/outgoing';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { ChatFooter, type Sending } from './chat-footer';
import { Phrase } from '@/components/ui/phrase';
import { EmptyState } from '@/components/ui/empty-state';
import { SupportLink } from '@/components/ui/support-link';
import { Thread } from './thread';

type Props = { view: OrderView; sending: Sending; supportUrl: string | undefined };

/** Shows the chat or, if there is no chat, the reason. */
export const ChatPanel = memo(function ChatPanel({ view, sending, supportUrl }: Props) {
  const { chat, people } = view;
  const { state, messages: polled } = chat;
  const { outgoing, outbox } = sending;
  const messages = useMemo(() => mergeOutgoing(polled, outgoing), [polled, outgoing]);
  const shopper = findShopper(people, people.currentShopperId);
  const isOpen = state === 'open';
  const shopperName = isOpen ? shopper?.name : undefined;
  const label = shopperName ? copy.chat.labelWith(shopperName) : copy.chat.label;
  return (
    <section aria-label={label} className="chat flex min-h-0 flex-col bg-card">
      <h2 className="truncate border-b border-line px-4 py-3 text-sm font-semibold text-quiet wide:px-6">
        {shopperName ? <Phrase toSentence={copy.chat.labelWith} value={shopperName} /> : label}
      </h2>
      {isOpen && (
        <Thread
          messages={messages}
          people={people}
          unreadableCount={chat.unreadableCount}
          onSendAgain={outbox.sendAgain}
          onRemove={outbox.remove}
        />
      )}
      {isOpen && (
        <ChatFooter
          view={view}
          sending={sending}
          isShopperWaiting={messages.at(-1)?.from === 'shopper'}
          supportUrl={supportUrl}
        />
      )}
      {state === 'waiting' && <EmptyState title={copy.chat.waiting} hint={copy.chat.waitingHint} />}
      {state === 'expired' && (
        <div className="m-4 rounded-2xl bg-bubble p-5 wide:m-6">
          <p className="font-semibold">{copy.chat.expired}</p>
          <p className="mt-1">{copy.chat.expiredHint}</p>
          <SupportLink url={supportUrl} />
        </div>
      )}
    </section>
  );
});
