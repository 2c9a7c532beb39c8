import { replaceEqualDeep } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useLocale } from '@/lib/client/hooks/use-locale';
import { useStickToBottom } from '@/lib/client/chat/use-stick-to-bottom';
import type { People } from '@/lib/order/order-view';
import type { ThreadMessage } from '@/lib/order/outgoing';
import {
  findFirstShown,
  findFirstUnread,
  toThreadRows,
  type ShownMessages,
  type ThreadRow as Row,
} from '@/lib/order/thread';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { EmptyState } from '@/components/ui/empty-state';
import { ThreadRow, type SendingAgain } from './thread-row';
import { Button } from '@/components/ui/button';

const INITIAL_COUNT = 50;
const COUNT_PER_PRESS = 200;

type Props = {
  messages: ThreadMessage[];
  people: People;
  unreadableCount?: number | undefined;
} & SendingAgain;

/** Lists the messages. Opens at the newest message, and keeps the position of a reader who has scrolled up. */
export function Thread({ messages, people, unreadableCount = 0, onSendAgain, onRemove }: Props) {
  const locale = useLocale();
  const region = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const [shown, setShown] = useState<ShownMessages>({ firstId: undefined, count: 0 });
  const hiddenCount = findFirstShown(messages, shown, INITIAL_COUNT);
  const firstId = messages[hiddenCount]?.id;
  const count = messages.length - hiddenCount;
  if (firstId !== shown.firstId || count !== shown.count) setShown({ firstId, count });
  const { unseenCount, scrollToBottom, keepScrollPosition } = useStickToBottom(
    region,
    list,
    messages,
  );
  // The mark of new messages is set once per visit, so that it does not move while the customer reads.
  const [newFromId] = useState(() => findFirstUnread(messages)?.id);
  const [reuseEqualRows] = useState(createRowReuse);
  const rows = useMemo(
    () => reuseEqualRows(toThreadRows(messages.slice(hiddenCount), people, newFromId)),
    [reuseEqualRows, messages, hiddenCount, people, newFromId],
  );

  useEffect(() => {
    // Browsers print the DOM as it is when `beforeprint` returns, so render synchronously.
    const showAll = () => flushSync(() => setShown({ firstId: undefined, count: Infinity }));
    addEventListener('beforeprint', showAll);
    return () => removeEventListener('beforeprint', showAll);
  }, []);

  function showEarlier() {
    keepScrollPosition();
    setShown({ firstId: undefined, count: count + COUNT_PER_PRESS });
    region.current?.focus({ preventScroll: true });
  }

  return (
    <div className="relative flex min-h-0 flex-[1_1_0px] flex-col">
      <div
        ref={region}
        role="region"
        aria-label={copy.chat.thread}
        tabIndex={0}
        className="group/thread thread relative flex min-h-0 flex-[1_1_0px] flex-col overflow-y-auto px-4 pb-4 -outline-offset-2 wide:px-6"
      >
        {messages.length === 0 && (
          <EmptyState title={copy.chat.noMessagesYet} hint={copy.chat.noMessagesYetHint} />
        )}
        {hiddenCount > 0 && (
          <Button
            variant="outline"
            className="mx-auto my-2 block min-h-11 px-4 font-medium"
            onClick={showEarlier}
          >
            {copy.chat.showEarlier(hiddenCount)}
          </Button>
        )}
        {unreadableCount > 0 && (
          <p className="py-3 text-center text-sm text-quiet">
            {copy.chat.unreadable(unreadableCount)}
          </p>
        )}
        <ol ref={list}>
          {rows.map((row) => (
            <ThreadRow
              key={row.key}
              row={row}
              people={people}
              locale={locale}
              onSendAgain={onSendAgain}
              onRemove={onRemove}
            />
          ))}
        </ol>
      </div>
      {unseenCount > 0 && (
        <button
          type="button"
          className="absolute bottom-3 left-1/2 min-h-11 -translate-x-1/2 rounded-full bg-ink px-5 text-sm font-medium whitespace-nowrap text-card shadow-lg"
          onClick={() => {
            scrollToBottom();
            region.current?.focus({ preventScroll: true });
          }}
        >
          <span>{copy.chat.newMessages(unseenCount)}</span>
          <span aria-hidden className="ms-1">
            ↓
          </span>
        </button>
      )}
    </div>
  );
}

// Each message creates all rows again. Equal rows keep their identity, so that they do not render again.
function createRowReuse() {
  let last: Row[] = [];
  return (rows: Row[]): Row[] => (last = replaceEqualDeep(last, rows));
}
