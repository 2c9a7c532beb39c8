import { useState } from 'react';
import type { Outbox } from '@/lib/client/outbox';
import type { Outgoing } from '@/lib/order/outgoing';
import { findShopper, type OrderView } from '@/lib/order/order-view';
import { words } from '@/lib/order/words';
import { Composer } from './composer';
import { SupportLink } from './support-link';

export type Sending = {
  outbox: Outbox;
  items: readonly Outgoing[];
  quickReplies: readonly string[];
};

type Props = {
  view: OrderView;
  sending: Sending;
  /** The last word is the shopper's. */
  isAsked: boolean;
  supportUrl: string | undefined;
};

/** The composer, or in plain words why there is none and what to do instead. */
export function ChatFooter({ view, sending, isAsked, supportUrl }: Props) {
  const { chat, people } = view;
  const { outbox, items, quickReplies } = sending;
  const refusal = items.findLast(({ problem }) => problem === 'chat_closed');
  const isClosed = useHoldsFor(refusal?.clientMessageId, toSituation(view));
  return (
    <>
      <p role="status" className="sr-only">
        {toAnnouncement(items)}
      </p>
      {!chat.canReply && <Note>{words.chat.readOnly}</Note>}
      {chat.canReply && isClosed && (
        <Note>
          {words.composer.closed} <SupportLink url={supportUrl} />
        </Note>
      )}
      {chat.canReply && !isClosed && (
        <Composer
          shopperName={findShopper(people, people.currentShopperId)?.name}
          outbox={outbox}
          quickReplies={isAsked ? quickReplies : []}
          onSend={(text) => outbox.write(text, chat.messages)}
        />
      )}
    </>
  );
}

// Whatever may have made Connect refuse a message: while it stays, there is no use in another try.
function toSituation({ chat, people, updates }: OrderView): string {
  return JSON.stringify([
    chat.state,
    chat.messages.length,
    updates.length,
    people.currentShopperId,
  ]);
}

/** Whether `situation` is still the one that it was when `cause` came up. */
function useHoldsFor(cause: string | undefined, situation: string): boolean {
  const [known, setKnown] = useState({ cause, situation });
  if (known.cause !== cause) setKnown({ cause, situation });
  return cause !== undefined && known.situation === situation;
}

// The same words again are news too, so they must not be the same text.
function toAnnouncement(items: readonly Outgoing[]): string {
  const settled = items.filter(({ delivery }) => delivery !== 'queued' && delivery !== 'sending');
  const delivery = settled.at(-1)?.delivery;
  const news =
    delivery === 'sent' || delivery === 'failed' || delivery === 'unconfirmed'
      ? words.announce[delivery]
      : '';
  return settled.length % 2 === 0 ? news : `${news}\u00a0`;
}

function Note({ children }: { children: React.ReactNode }) {
  return (
    <div className="border-t border-line px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-center text-sm text-balance text-quiet @min-[720px]:px-6">
      {children}
    </div>
  );
}
