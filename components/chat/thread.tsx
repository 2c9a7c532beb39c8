import { replaceEqualDeep } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useEarlierUnread } from '@/lib/client/chat/use-earlier-unread';
import { useOnScreen } from '@/lib/client/chat/use-on-screen';
import { useStickToBottom } from '@/lib/client/chat/use-stick-to-bottom';
import type { People, Update } from '@/lib/order/order-view';
import type { ThreadMessage } from '@/lib/order/outgoing';
import {
  findFirstShown,
  findFirstUnread,
  toThreadRows,
  type ShownMessages,
  type ThreadRow as Row,
} from '@/lib/order/thread';
import { EmptyState } from '@/components/ui/empty-state';
import { ThreadRow, type SendingAgain } from './thread-row';
import { Button } from '@/components/ui/button';
import { useCopy } from '@/lib/client/copy/order-copy';

const INITIAL_COUNT = 50;
const COUNT_PER_PRESS = 200;

const NO_UPDATES: readonly Update[] = [];
const ignore = () => undefined;

type Props = {
  messages: ThreadMessage[];
  /** Shown as quiet rows between the messages. */
  updates?: readonly Update[];
  people: People;
  unreadableCount?: number | undefined;
  /** Quick answers stand over the end of the thread. */
  hasQuickReplies?: boolean;
  /** Shown after the last row. */
  end?: React.ReactNode;
  onSeen?: ((ids: readonly string[]) => void) | undefined;
} & SendingAgain;

/** Lists the messages. Opens at the newest message, and keeps the position of a reader who has scrolled up. */
export function Thread({ messages, updates = NO_UPDATES, people, ...props }: Props) {
  const copy = useCopy();
  const { unreadableCount = 0, hasQuickReplies = false, end } = props;
  const { onSeen = ignore, onSendAgain, onRemove } = props;
  const region = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const [shown, setShown] = useState<ShownMessages>({ firstId: undefined, count: 0 });
  const hiddenCount = findFirstShown(messages, shown, INITIAL_COUNT);
  const firstId = messages[hiddenCount]?.id;
  const count = messages.length - hiddenCount;
  if (firstId !== shown.firstId || count !== shown.count) setShown({ firstId, count });
  const { unseen, scrollTo, keepScrollPosition } = useStickToBottom(region, messages);
  // The mark does not move while the customer reads: only the first message that arrives out of view moves it.
  const [newFromId, setNewFromId] = useState(() => findFirstUnread(messages)?.id);
  const [lastUnseenId, setLastUnseenId] = useState<string>();
  const firstUnseenId = unseen[0]?.id;
  if (firstUnseenId !== lastUnseenId) {
    setLastUnseenId(firstUnseenId);
    if (firstUnseenId) setNewFromId(firstUnseenId);
  }
  const [reuseEqualRows] = useState(createRowReuse);
  const rows = useMemo(
    () => reuseEqualRows(toRows(messages, hiddenCount, updates, people, newFromId)),
    [reuseEqualRows, messages, hiddenCount, updates, people, newFromId],
  );

  useOnScreen(list, rows, onSeen);
  const { earlierUnreadCount, hideEarlierUnread } = useEarlierUnread(region, list, messages);

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

  const bottom = hasQuickReplies ? 'bottom-14' : 'bottom-3';
  const pillPlace = unseen.length > 0 ? bottom : 'top-3';

  return (
    <div className="below-decision relative flex min-h-0 flex-[1_1_0px] flex-col">
      <div
        ref={region}
        role="region"
        aria-label={copy.chat.thread}
        tabIndex={0}
        className={`group/thread thread relative flex min-h-0 flex-[1_1_0px] flex-col overflow-y-auto px-3 -outline-offset-2 wide:px-4 ${hasQuickReplies ? 'pb-14' : 'pb-5'}`}
      >
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
              copy={copy}
              onSendAgain={onSendAgain}
              onRemove={onRemove}
            />
          ))}
        </ol>
        {messages.length === 0 && (
          <EmptyState title={copy.chat.noMessagesYet} hint={copy.chat.noMessagesYetHint} />
        )}
        {end}
      </div>
      {unseen.length + earlierUnreadCount > 0 && (
        <button
          type="button"
          className={`absolute inset-x-0 mx-auto min-h-11 w-fit rounded-action bg-ink px-5 text-sm font-medium whitespace-nowrap text-card [box-shadow:0_4px_12px_#0004] ${pillPlace}`}
          onClick={() => {
            scrollTo(list.current?.querySelector('.new-mark'));
            hideEarlierUnread();
            region.current?.focus({ preventScroll: true });
          }}
        >
          <span>{copy.chat.newMessages(unseen.length || earlierUnreadCount)}</span>
          <span aria-hidden className="ms-1">
            {unseen.length > 0 ? '↓' : '↑'}
          </span>
        </button>
      )}
    </div>
  );
}

// While earlier messages are hidden, so are the updates before the first shown one.
function toRows(
  messages: readonly ThreadMessage[],
  hiddenCount: number,
  updates: readonly Update[],
  people: People,
  newFromId: string | undefined,
): Row[] {
  const shown = messages.slice(hiddenCount);
  const [first] = shown;
  const since = hiddenCount > 0 && first ? Date.parse(first.at) : -Infinity;
  const shownUpdates = updates.filter(({ at }) => Date.parse(at) >= since);
  return toThreadRows(shown, people, newFromId, shownUpdates);
}

// Each message creates all rows again. Equal rows keep their identity, so that they do not render again.
function createRowReuse() {
  let last: Row[] = [];
  return (rows: Row[]): Row[] => (last = replaceEqualDeep(last, rows));
}
