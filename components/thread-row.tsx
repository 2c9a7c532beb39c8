import { useLocale } from '@/lib/client/use-locale';
import { useNow } from '@/lib/client/use-now';
import type { People, Shopper } from '@/lib/order/order-view';
import type { ThreadRow as Row } from '@/lib/order/thread';
import { formatClock, formatDay, formatExact } from '@/lib/order/time-text';
import { words } from '@/lib/order/words';
import { Avatar } from './avatar';
import { Bubble } from './bubble';

type Props = { row: Row; people: People; lastSeenId: string | undefined };

export function ThreadRow({ row, people, lastSeenId }: Props) {
  if (row.kind === 'day') return <DayRow at={row.at} />;
  const shopper = toShopper(people, row.shopperId);
  if (row.kind === 'handover') return <HandoverRow shopper={shopper} />;
  return <RunRow run={row} shopper={shopper} lastSeenId={lastSeenId} />;
}

// Someone that Connect did not introduce still gets a place, under a neutral name.
function toShopper(people: People, shopperId: string | undefined): Shopper {
  const known = people.shoppers.find(({ id }) => id === shopperId);
  return { id: shopperId ?? '', ...known, name: known?.name || words.chat.someone };
}

function DayRow({ at }: { at: string }) {
  const locale = useLocale();
  const nowMs = useNow(60_000);
  return (
    <li className="py-3 text-center text-xs font-medium text-quiet">
      <time dateTime={at.slice(0, 10)}>{formatDay(at, nowMs, locale)}</time>
    </li>
  );
}

function HandoverRow({ shopper }: { shopper: Shopper }) {
  return (
    <li className="flex items-center justify-center gap-2 py-3 text-sm text-quiet">
      <Avatar person={shopper} />
      <span>
        <bdi>{words.chat.handover(shopper.name)}</bdi>
      </span>
    </li>
  );
}

type RunProps = {
  run: Extract<Row, { kind: 'run' }>;
  shopper: Shopper;
  lastSeenId: string | undefined;
};

function RunRow({ run, shopper, lastSeenId }: RunProps) {
  const locale = useLocale();
  const isOwn = run.from === 'customer';
  const last = run.messages.at(-1);
  const seen = run.messages.find(({ id }) => isOwn && id === lastSeenId);
  return (
    <li
      data-from={run.from}
      className={`flex gap-2 py-1.5 ${isOwn ? 'justify-end ps-10' : 'pe-10'}`}
    >
      {!isOwn && (
        <span className="self-end pb-5">
          <Avatar person={shopper} />
        </span>
      )}
      <div className={`flex min-w-0 flex-col gap-0.5 ${isOwn ? 'items-end' : 'items-start'}`}>
        <p className={isOwn ? 'sr-only' : 'px-3 text-xs font-medium text-quiet'}>
          <bdi>{isOwn ? words.chat.you : shopper.name}</bdi>
        </p>
        {run.messages.map((message) => (
          <Bubble
            key={message.id}
            message={message}
            senderName={isOwn ? undefined : shopper.name}
          />
        ))}
        {last && (
          <p className="px-3 text-xs text-quiet">
            <time
              dateTime={last.at}
              tabIndex={0}
              data-exact={formatExact(last.at, locale)}
              title={formatExact(last.at, locale)}
              className="exact-on-focus relative"
            >
              {formatClock(last.at, locale)}
            </time>
            {seen && <Seen readAt={seen.readAt} locale={locale} />}
          </p>
        )}
      </div>
    </li>
  );
}

function Seen({ readAt, locale }: { readAt: string | undefined; locale: string }) {
  const title = readAt && words.chat.seenAt(formatExact(readAt, locale));
  return <span title={title}> · {words.chat.seen}</span>;
}
