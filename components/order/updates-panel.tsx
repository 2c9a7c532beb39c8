import { memo, useLayoutEffect, useRef } from 'react';
import { focusWhenScrollable } from '@/lib/client/hooks/focus-when-scrollable';
import { useNow } from '@/lib/client/hooks/use-now';
import type { Update } from '@/lib/order/order-view';
import { formatClock } from '@/lib/order/time-text';
import { MessageText } from '@/components/ui/message-text';
import { Moment } from '@/components/ui/moment';
import { LaterPhoto } from '@/components/ui/later-photo';
import { SEPARATOR, formatList } from '@/lib/order/copy/intl';
import { useCopy } from '@/lib/client/copy/order-copy';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

const SLIDE = { duration: 150, easing: 'ease-out' };

/** Lists the updates, newest first. A new update slides in, so that the others do not jump. */
export const UpdatesPanel = memo(function UpdatesPanel({ updates }: { updates: Update[] }) {
  const copy = useCopy();
  const newestFirst = [...updates].reverse();
  const list = useRef<HTMLOListElement>(null);
  const heightPx = useRef(0);
  useLayoutEffect(() => {
    const { current: element } = list;
    if (!element) return;
    const grownPx = element.offsetHeight - heightPx.current;
    heightPx.current = element.offsetHeight;
    if (grownPx === element.offsetHeight || !mayMove()) return;
    element.animate({ transform: [`translateY(${-grownPx}px)`, 'none'] }, SLIDE);
  }, [updates]);
  return (
    <section
      ref={focusWhenScrollable}
      aria-label={copy.updates.label}
      className="updates min-h-0 overflow-y-auto bg-card px-4 py-3 wide:px-5"
    >
      <h2 className="mb-3 text-[0.9375rem] font-semibold narrow:sr-only">{copy.updates.label}</h2>
      {updates.length === 0 && <p className="text-[0.9375rem] text-quiet">{copy.updates.none}</p>}
      <ol ref={list} className="below-decision">
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

function mayMove(): boolean {
  return matchMedia('(prefers-reduced-motion: no-preference)').matches;
}

type EntryProps = { update: Update; isLatest: boolean; isLast: boolean };

function Entry({ update, isLatest, isLast }: EntryProps) {
  const copy = useCopy();
  const { locale } = copy;
  const nowMs = useNow(60_000);
  const { at, body, imageUrl } = update;
  return (
    <li
      aria-current={isLatest ? 'step' : undefined}
      className={`relative grid grid-cols-[1rem_1fr] gap-x-3 ${isLast ? '' : 'pb-4'}`}
    >
      <span aria-hidden className="relative">
        {!isLast && <span className="absolute top-4 -bottom-5 left-[7px] w-0.5 bg-line" />}
        <Dot isLatest={isLatest} />
      </span>
      <div className="min-w-0">
        <p className={`wrap-anywhere ${isLatest ? 'font-medium' : ''}`}>
          <MessageText body={body} />
        </p>
        {imageUrl && (
          <LaterPhoto url={imageUrl} label={copy.updates.photo(formatClock(at, locale))} />
        )}
        <p className="mt-0.5 text-sm text-quiet">
          <Moment at={at} nowMs={nowMs} />
          <span>{SEPARATOR}</span>
          <span>{toSentBy(update, copy)}</span>
        </p>
      </div>
    </li>
  );
}

function Dot({ isLatest }: { isLatest: boolean }) {
  const color = isLatest ? 'border-[0.25rem] border-brand-text' : 'border-2 border-quiet';
  return (
    <span
      aria-hidden
      className={`absolute top-1.5 left-0.5 size-3 rounded-full bg-card ${color}`}
    />
  );
}

function toSentBy({ media }: Update, { updates: copy, locale }: OrderCopy): string {
  const names = new Map(Object.entries(copy.media));
  const mediaNames = media.map((medium) => names.get(medium) ?? copy.otherMedium);
  return copy.sentBy(formatList([...new Set(mediaNames)], locale));
}
