import { useState } from 'react';
import type { PageSettings } from '@/lib/order/page-settings';
import type { Outbox } from '@/lib/client/chat/outbox';
import { useAnnouncement } from '@/lib/client/hooks/use-announcement';
import { useIsOld } from '@/lib/client/order/use-is-old';
import type { Outgoing } from '@/lib/order/outgoing';
import { findShopper, type OrderView } from '@/lib/order/order-view';
import { isUnread } from '@/lib/order/read-marks';
import { Composer } from './composer';
import { SupportLink } from '@/components/ui/support-link';
import { useCopy } from '@/lib/client/copy/order-copy';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

export type Sending = {
  outbox: Outbox;
  outgoing: readonly Outgoing[];
  /** The store's own quick answers, by language. */
  quickReplies: PageSettings['quickReplies'];
  /** When the order was last known to be true, on the server's clock; undefined while it is up to date. */
  behindSinceMs?: number | undefined;
  isOffline?: boolean;
  /** Receives the ids of the shopper's messages that the customer has seen or answered. */
  onSeen?: (ids: readonly string[]) => void;
};

type Props = {
  view: OrderView;
  sending: Sending;
  /** Answers to the shopper's question; none without a question. */
  quickReplies: readonly string[];
  supportUrl: string | undefined;
};

/** Shows the composer or, if the customer cannot write, the reason and an alternative. */
export function ChatFooter({ view, sending, quickReplies, supportUrl }: Props) {
  const copy = useCopy();
  const { chat, people } = view;
  const { outbox, outgoing, behindSinceMs, isOffline = false } = sending;
  const refusal = outgoing.findLast(({ problem }) => problem === 'chat_closed');
  const isClosed = useIsUnchangedSince(refusal?.clientMessageId, toChatVersion(view));
  const announcement = useAnnouncement(outgoing, (before, after) =>
    toAnnouncement(before, after, copy.announce),
  );
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
            <SupportLink url={supportUrl} text={copy.support} />
          </Note>
        )}
      </div>
      {chat.canReply && !isClosed && (
        <Composer
          shopperName={findShopper(people, people.currentShopperId)?.name}
          outbox={outbox}
          quickReplies={quickReplies}
          isWaiting={outgoing.some(isWaiting)}
          notice={<ConnectionNotice behindSinceMs={behindSinceMs} isOffline={isOffline} />}
          onSend={(text) => {
            outbox.write(text, chat.messages);
            sending.onSeen?.(chat.messages.filter(isUnread).map(({ id }) => id));
          }}
        />
      )}
    </>
  );
}

function isWaiting({ delivery }: Outgoing): boolean {
  return delivery === 'queued' || delivery === 'sending';
}

// Covers the state that may have caused Connect to refuse a message. While it is unchanged, a retry would fail again.
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
  const [recorded, setRecorded] = useState({ event, version });
  if (recorded.event !== event) setRecorded({ event, version });
  return event !== undefined && recorded.version === version;
}

/** Announces the outcome of a message. Retries and deletions are not announced. */
function toAnnouncement(
  before: readonly Outgoing[],
  after: readonly Outgoing[],
  copy: OrderCopy['announce'],
): string {
  const previousDeliveries = new Map(before.map((item) => [item.clientMessageId, item.delivery]));
  const changed = after.findLast(
    ({ clientMessageId, delivery }) => previousDeliveries.get(clientMessageId) !== delivery,
  )?.delivery;
  return changed === undefined || changed === 'queued' || changed === 'sending'
    ? ''
    : copy[changed];
}

type Connection = { behindSinceMs: number | undefined; isOffline: boolean };

/** Covers the thread's lower padding, so that nothing moves and no text is hidden. */
function ConnectionNotice({ behindSinceMs, isOffline }: Connection) {
  const copy = useCopy();
  const isOld = useIsOld(behindSinceMs);
  if (!isOffline && !isOld) return null;
  return (
    <p className="caution-mark absolute inset-x-0 bottom-full truncate bg-caution px-4 text-center text-xs leading-5 text-caution-ink">
      {isOffline ? copy.composer.offline : copy.composer.behind}
    </p>
  );
}

function Note({ children }: { children: React.ReactNode }) {
  return (
    <div className="border-t border-line px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-center text-sm text-balance text-quiet wide:px-6">
      {children}
    </div>
  );
}
