import { useState } from 'react';
import type { Outbox } from '@/lib/client/chat/outbox';
import { useAnnouncement } from '@/lib/client/hooks/use-announcement';
import type { Outgoing } from '@/lib/order/outgoing';
import { findShopper, type OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { Composer } from './composer';
import { SupportLink } from '@/components/order/support-link';

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
  const announcement = useAnnouncement(items, toNews);
  return (
    <>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {!chat.canReply && <Note>{copy.chat.readOnly}</Note>}
      <div role="status">
        {chat.canReply && isClosed && (
          <Note>
            <p>{copy.composer.closed}</p>
            <SupportLink url={supportUrl} />
          </Note>
        )}
      </div>
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

/** What has just become of a message; what is tried again or deleted is no news. */
function toNews(before: readonly Outgoing[], now: readonly Outgoing[]): string {
  const known = new Map(before.map((item) => [item.clientMessageId, item.delivery]));
  const news = now.findLast(
    ({ clientMessageId, delivery }) => known.get(clientMessageId) !== delivery,
  )?.delivery;
  return news === undefined || news === 'queued' || news === 'sending' ? '' : copy.announce[news];
}

function Note({ children }: { children: React.ReactNode }) {
  return (
    <div className="border-t border-line px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-center text-sm text-balance text-quiet wide:px-6">
      {children}
    </div>
  );
}
