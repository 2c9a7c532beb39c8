import { memo } from 'react';
import { findShopper, type OrderView, type People } from '@/lib/order/order-view';
import { words } from '@/lib/order/words';
import { Sentence } from './sentence';
import { SupportLink } from './support-link';
import { Thread } from './thread';

type Props = { chat: OrderView['chat']; people: People; supportUrl: string | undefined };

/** The chat, or in plain words why there is none. */
export const ChatPanel = memo(function ChatPanel({ chat, people, supportUrl }: Props) {
  const { state, messages, canReply } = chat;
  const shopper = findShopper(people, people.currentShopperId);
  const isOpen = state === 'open';
  const label = isOpen && shopper?.name ? words.chat.labelWith(shopper.name) : words.chat.label;
  return (
    <section aria-label={label} className="chat flex min-h-0 flex-col bg-card">
      <h2 className="truncate border-b border-line px-4 py-3 text-sm font-semibold text-quiet @min-[720px]:px-6">
        <bdi>{label}</bdi>
      </h2>
      {isOpen && (
        <Thread messages={messages} people={people} unreadableCount={chat.unreadableCount} />
      )}
      {isOpen && <Footer>{canReply ? words.chat.replyBySms : words.chat.readOnly}</Footer>}
      {state === 'waiting' && <Sentence title={words.chat.waiting} hint={words.chat.waitingHint} />}
      {state === 'expired' && (
        <div className="m-4 rounded-2xl bg-bubble p-5 @min-[720px]:m-6">
          <p className="font-semibold">{words.chat.expired}</p>
          <p className="mt-1">{words.chat.expiredHint}</p>
          <SupportLink url={supportUrl} />
        </div>
      )}
    </section>
  );
});

// The composer's place.
function Footer({ children }: { children: React.ReactNode }) {
  return (
    <p className="border-t border-line px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-center text-sm text-balance text-quiet @min-[720px]:px-6">
      {children}
    </p>
  );
}
