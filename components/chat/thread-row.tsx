import { memo } from 'react';
import { useNow } from '@/lib/client/hooks/use-now';
import { findShopper, type People, type Shopper } from '@/lib/order/order-view';
import { isUnread } from '@/lib/order/read-marks';
import type { ThreadRow as Row } from '@/lib/order/thread';
import { formatClock, formatDay, formatExact } from '@/lib/order/time-text';
import { Avatar } from '@/components/ui/avatar';
import { Bubble } from './bubble';
import { DeliveryLine } from './delivery-line';
import { MessageText } from '@/components/ui/message-text';
import { Phrase } from '@/components/ui/phrase';
import { SEPARATOR } from '@/lib/order/copy/intl';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

export type SendingAgain = {
  onSendAgain: (messageId: string) => void;
  onRemove: (messageId: string) => void;
};

type Props = { row: Row; people: People; copy: OrderCopy } & SendingAgain;

export const ThreadRow = memo(function ThreadRow({ row, people, copy, ...again }: Props) {
  if (row.kind === 'day') return <DayRow at={row.at} copy={copy} />;
  if (row.kind === 'new') return <NewRow copy={copy} />;
  if (row.kind === 'update') return <UpdateRow at={row.at} body={row.body} copy={copy} />;
  const shopper = toShopper(people, row.shopperId);
  if (row.kind === 'handover') return <HandoverRow shopper={shopper} copy={copy} />;
  return <RunRow run={row} shopper={shopper} copy={copy} {...again} />;
});

// A shopper whom Connect does not list is treated like a shopper with an empty name.
function toShopper(people: People, shopperId: string | undefined): Shopper {
  return findShopper(people, shopperId) ?? { id: shopperId ?? '', name: '' };
}

function toName({ name }: Shopper, copy: OrderCopy): string {
  return name || copy.chat.someone;
}

function DayRow({ at, copy }: { at: string; copy: OrderCopy }) {
  const nowMs = useNow(60_000);
  return (
    <li className="pt-3 pb-1 text-center text-xs font-medium text-quiet first-letter:uppercase">
      <time dateTime={at}>
        <bdi>{formatDay(at, nowMs, copy)}</bdi>
      </time>
    </li>
  );
}

function NewRow({ copy }: { copy: OrderCopy }) {
  return (
    <li className="new-mark flex items-center gap-3 py-2 text-xs font-semibold text-brand-text before:h-px before:flex-1 before:bg-current after:h-px after:flex-1 after:bg-current">
      {copy.chat.newFromHere}
    </li>
  );
}

function HandoverRow({ shopper, copy }: { shopper: Shopper; copy: OrderCopy }) {
  return (
    <li className="flex items-center justify-center gap-2 py-2 text-[0.8125rem] text-quiet">
      <Avatar person={shopper} />
      <span className="min-w-0 wrap-anywhere">
        <Phrase toSentence={copy.chat.handover} value={toName(shopper, copy)} />
      </span>
    </li>
  );
}

// At most two lines: the whole text is in the timeline of updates.
function UpdateRow({ at, body, copy }: { at: string; body: string; copy: OrderCopy }) {
  return (
    <li className="mx-auto max-w-88 py-1.5 text-center text-[0.8125rem] leading-[1.125rem] text-quiet">
      <span className="line-clamp-2 text-balance wrap-anywhere">
        <MessageText body={body} plain />
        <span>{SEPARATOR}</span>
        <Clock at={at} copy={copy} />
      </span>
    </li>
  );
}

type RunProps = {
  run: Extract<Row, { kind: 'run' }>;
  shopper: Shopper;
  copy: OrderCopy;
} & SendingAgain;

function RunRow({ run, shopper, copy, onSendAgain, onRemove }: RunProps) {
  const isOwn = run.from === 'customer';
  const last = run.messages.at(-1);
  return (
    <li data-from={run.from} className={`flex gap-2 py-1 ${isOwn ? 'justify-end ps-10' : 'pe-10'}`}>
      {!isOwn && (
        <span className={`self-end ${last?.delivery ? '' : 'pb-[1.125rem]'}`}>
          <Avatar person={shopper} />
        </span>
      )}
      <div className={`flex min-w-0 flex-col gap-0.5 ${isOwn ? 'items-end' : 'items-start'}`}>
        <p className="sr-only">
          <bdi>{isOwn ? copy.chat.you : toName(shopper, copy)}</bdi>
        </p>
        {run.messages.map((message) => (
          <div
            key={message.id}
            data-unread-id={isUnread(message) ? message.id : undefined}
            className={`flex max-w-full flex-col gap-0.5 ${isOwn ? 'items-end' : 'items-start'}`}
          >
            <Bubble
              message={message}
              senderName={isOwn ? undefined : shopper.name || copy.chat.yourShopper}
              isNewestPicture={message.id === run.newestPictureId}
              isLast={message === last}
              copy={copy}
            />
            {message.delivery && (
              <DeliveryLine
                delivery={message.delivery}
                problem={message.problem}
                onSendAgain={() => onSendAgain(message.id)}
                onRemove={() => onRemove(message.id)}
              />
            )}
            {message.id === run.seenId && message !== last && (
              <p className="px-3 text-xs text-quiet">
                <Seen readAt={message.readAt} copy={copy} />
              </p>
            )}
          </div>
        ))}
        {last && !last.delivery && (
          <p className="px-3 text-xs text-quiet">
            {run.isNamed && (
              <span aria-hidden>
                <bdi>{toName(shopper, copy)}</bdi>
                <span>{SEPARATOR}</span>
              </span>
            )}
            <Clock at={last.at} copy={copy} />
            {last.id === run.seenId && (
              <>
                <span>{SEPARATOR}</span>
                <Seen readAt={last.readAt} copy={copy} />
              </>
            )}
          </p>
        )}
      </div>
    </li>
  );
}

// Mouse users see the exact time as a tooltip. Keyboard users see all exact times while the thread has the focus.
function Clock({ at, copy }: { at: string; copy: OrderCopy }) {
  const exact = formatExact(at, copy.locale);
  return (
    <time dateTime={at} title={exact}>
      <bdi className="group-focus-visible/thread:hidden">{formatClock(at, copy.locale)}</bdi>
      <bdi className="hidden group-focus-visible/thread:inline">{exact}</bdi>
    </time>
  );
}

function Seen({ readAt, copy }: { readAt: string | undefined; copy: OrderCopy }) {
  const title = readAt && copy.chat.seenAt(formatExact(readAt, copy.locale));
  return <span title={title}>{copy.chat.seen}</span>;
}
