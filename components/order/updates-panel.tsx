import { memo, useId, useState } from 'react';
import { focusWhenScrollable } from '@/lib/client/hooks/focus-when-scrollable';
import { useLocale } from '@/lib/client/hooks/use-locale';
import { useNow } from '@/lib/client/hooks/use-now';
import type { Update } from '@/lib/order/order-view';
import { formatClock } from '@/lib/order/time-text';
import { formatList, SEPARATOR, copy } from '@/lib/order/copy/en-US/order-page';
import { MessageText } from '@/components/ui/message-text';
import { Moment } from '@/components/ui/moment';
import { Photo } from '@/components/ui/photo';

type Props = { updates: Update[]; canFold: boolean };

/**
 * Lists the updates, newest first. A narrow page shows one row until a tap opens the list. The row shows how the latest
 * update was sent, because the headline already shows the text.
 */
export const UpdatesPanel = memo(function UpdatesPanel({ updates, canFold }: Props) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  const isOpen = isUnfolded || !canFold;
  const listId = useId();
  const newestFirst = [...updates].reverse();
  const [latest] = newestFirst;
  return (
    <section
      ref={focusWhenScrollable}
      aria-label={copy.updates.label}
      className="updates border-line px-4 wide:overflow-y-auto wide:px-6 wide:py-5 narrow:border-y"
    >
      <h2 className="mb-3 text-sm font-semibold text-quiet narrow:sr-only">{copy.updates.label}</h2>
      {canFold && latest && (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={listId}
          className="flex min-h-11 w-full items-center justify-between gap-3 text-sm font-medium text-brand-text wide:hidden"
          onClick={() => setIsUnfolded(!isUnfolded)}
        >
          <span className="flex min-w-0 items-center gap-3 font-normal text-quiet">
            <Dot isLatest />
            <span className="truncate">{toSentBy(latest)}</span>
          </span>
          <span className="flex shrink-0 gap-1">
            <span>{isOpen ? copy.updates.showLess : copy.updates.showAll(updates.length)}</span>
            <span aria-hidden className={isOpen ? 'rotate-180' : ''}>
              ⌄
            </span>
          </span>
        </button>
      )}
      {updates.length === 0 && (
        <p className="py-3 text-[0.9375rem] text-quiet wide:py-0">{copy.updates.none}</p>
      )}
      <ol id={listId} className={isOpen ? 'narrow:py-3' : 'narrow:hidden'}>
        {newestFirst.map((update, i) => (
          <Entry
            key={update.id}
            update={update}
            isLatest={i === 0}
            isLast={i === updates.length - 1}
          />
        ))}
      </ol>
    </section>
  );
});

type EntryProps = { update: Update; isLatest: boolean; isLast: boolean };

function Entry({ update, isLatest, isLast }: EntryProps) {
  const locale = useLocale();
  const nowMs = useNow(60_000);
  const { at, body, imageUrl } = update;
  return (
    <li
      aria-current={isLatest ? 'step' : undefined}
      className={`relative grid grid-cols-[1rem_1fr] gap-x-3 ${isLast ? '' : 'pb-4'}`}
    >
      <span aria-hidden className="relative">
        {!isLast && <span className="absolute top-4 -bottom-5 left-[7px] w-0.5 bg-line" />}
        <Dot isLatest={isLatest} className="absolute top-1.5 left-0.5" />
      </span>
      <div className="min-w-0">
        <p className={`wrap-anywhere ${isLatest ? 'font-medium' : ''}`}>
          <MessageText body={body} />
        </p>
        {imageUrl && <Photo url={imageUrl} label={copy.updates.photo(formatClock(at, locale))} />}
        <p className="mt-0.5 text-sm text-quiet">
          <Moment at={at} nowMs={nowMs} />
          <span>{SEPARATOR}</span>
          <span>{toSentBy(update)}</span>
        </p>
      </div>
    </li>
  );
}

function Dot({ isLatest, className = '' }: { isLatest: boolean; className?: string }) {
  const color = isLatest ? 'border-brand-text bg-brand-text' : 'border-quiet bg-page';
  return (
    <span aria-hidden className={`size-3 shrink-0 rounded-full border-2 ${color} ${className}`} />
  );
}

function toSentBy({ media }: Update): string {
  const names = new Map(Object.entries(copy.updates.media));
  const mediaNames = media.map((medium) => names.get(medium) ?? copy.updates.otherMedium);
  return copy.updates.sentBy(formatList([...new Set(mediaNames)]));
}
