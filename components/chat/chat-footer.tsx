import { useState } from 'react';
import type { Outbox } from '@/lib/client/chat/outbox';
import { useAnnouncement } from '@/lib/client/hooks/use-announcement';
import type { Outgoing } from '@/lib/order/outgoing';
import { findShopper, type OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { Composer } from './composer';
import { SupportLink } from '@/components/ui/support-link';

export type Sending = {
  outbox: Outbox;
  items: readonly Outgoing[];
  quickReplies: readonly string[];
};

type Props = {
  view: OrderView;
  sending: Sending;
  /** The last message is the shopper's. */
  isShopperWaiting: boolean;
  supportUrl: string | undefined;
};

/** The composer, or the reason why there is none and an alternative. */
export function ChatFooter({ view, sending, isShopperWaiting, supportUrl }: Props) {
  const { chat, people } = view;
  const { outbox, items, quickReplies } = sending;
  const refusal = items.findLast(({ problem }) => problem === 'chat_closed');
  const isClosed = useIsUnchangedSince(refusal?.clientMessageId, toChatVersion(view));
  const announcement = useAnnouncement(items, toAnnouncement);
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
          quickReplies={isShopperWaiting ? quickReplies : []}
          onSend={(text) => outbox.write(text, chat.messages)}
        />
      )}
    </>
  );
}

// The facts that may have caused Connect to refuse a message. While they are the same, a retry would fail again.
function toChatVersion({ chat, people, updates }: OrderView): string {
  return JSON.stringify([
    chat.state,
    chat.messages.length,
    updates.length,
    people.currentShopperId,
  ]);
}

/** Whether `version` is the same as when `event` first had its current value. */
function useIsUnchangedSince(event: string | undefined, version: string): boolean {
  const [known, setKnown] = useState({ event, version });
  if (known.event !== event) setKnown({ event, version });
  return event !== undefined && known.version === version;
}

/** Announces the outcome of a message. Retries and deletions are not announced. */
function toAnnouncement(before: readonly Outgoing[], now: readonly Outgoing[]): string {
  const known = new Map(before.map((item) => [item.clientMessageId, item.delivery]));
  const changed = now.findLast(
    ({ clientMessageId, delivery }) => known.get(clientMessageId) !== delivery,
  )?.delivery;
  return changed === undefined || changed === 'queued' || changed === 'sending'
    ? ''
    : copy.announce[changed];
}

function Note({ children }: { children: React.ReactNode }) {
  return (
    <div className="border-t border-line px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-center text-sm text-balance text-quiet wide:px-6">
      {children}
    </div>
  );
}
