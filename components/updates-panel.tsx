import { memo, useId, useState } from 'react';
import { focusWhenScrollable } from '@/lib/client/focus-when-scrollable';
import { useLocale } from '@/lib/client/use-locale';
import { useNow } from '@/lib/client/use-now';
import type { Update } from '@/lib/order/order-view';
import { formatClock, formatExact, formatMoment } from '@/lib/order/time-text';
import { formatList, words } from '@/lib/order/words';
import { MessageText } from './message-text';
import { Photo } from './photo';

/** The lifecycle timeline, newest first. In a narrow page only the latest shows until asked for. */
export const UpdatesPanel = memo(function UpdatesPanel({ updates }: { updates: Update[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  const newestFirst = updates.toReversed();
  return (
    <section
      ref={focusWhenScrollable}
      aria-label={words.updates.label}
      className="updates border-line px-4 py-3 @max-[719.98px]:border-y @min-[720px]:overflow-y-auto @min-[720px]:px-6 @min-[720px]:py-5"
    >
      <h2 className="mb-3 text-sm font-semibold text-quiet @max-[719.98px]:sr-only">
        {words.updates.label}
      </h2>
      {updates.length === 0 && <p className="text-[0.9375rem] text-quiet">{words.updates.none}</p>}
      <ol id={listId} data-open={isOpen} className="group/list">
        {newestFirst.map((update, i) => (
          <Entry
            key={update.id}
            update={update}
            isLatest={i === 0}
            isLast={i === updates.length - 1}
          />
        ))}
      </ol>
      {updates.length > 1 && (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={listId}
          className="mt-1 -ml-1 flex min-h-8 items-center gap-1 rounded px-1 text-sm font-medium text-brand-text @min-[720px]:hidden"
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? words.updates.showLatest : words.updates.showAll(updates.length - 1)}
        </button>
      )}
    </section>
  );
});

type EntryProps = { update: Update; isLatest: boolean; isLast: boolean };

function Entry({ update, isLatest, isLast }: EntryProps) {
  const locale = useLocale();
  const nowMs = useNow(60_000);
  const { at, body, imageUrl, media } = update;
  const folded = isLatest
    ? '@max-[719.98px]:group-data-[open=false]/list:pb-0'
    : '@max-[719.98px]:group-data-[open=false]/list:hidden';
  return (
    <li
      aria-current={isLatest ? 'step' : undefined}
      className={`relative grid grid-cols-[1rem_1fr] gap-x-3 pb-4 ${folded} ${isLast ? '@min-[720px]:pb-0' : ''}`}
    >
      <span aria-hidden className="relative">
        {!isLast && (
          <span className="absolute top-4 -bottom-5 left-[7px] w-0.5 bg-line @max-[719.98px]:group-data-[open=false]/list:hidden" />
        )}
        <span
          className={`absolute top-1.5 left-0.5 size-3 rounded-full border-2 ${isLatest ? 'border-brand-text bg-brand-text' : 'border-quiet bg-page'}`}
        />
      </span>
      <div className="min-w-0">
        <p
          className={`wrap-anywhere @max-[719.98px]:group-data-[open=false]/list:line-clamp-1 ${isLatest ? 'font-medium' : ''}`}
        >
          <MessageText body={body} />
        </p>
        {imageUrl && (
          <Photo
            key={imageUrl}
            url={imageUrl}
            label={words.updates.photo(formatClock(at, locale))}
          />
        )}
        <p className="mt-0.5 text-sm text-quiet">
          <time dateTime={at} title={formatExact(at, locale)}>
            {formatMoment(at, nowMs, locale)}
          </time>
          {media.length > 0 &&
            ` · ${words.updates.sentBy(formatList(toMediaNames(media), locale))}`}
        </p>
      </div>
    </li>
  );
}

function toMediaNames(media: readonly string[]): string[] {
  const names = new Map(Object.entries(words.updates.media));
  return [...new Set(media.map((medium) => names.get(medium) ?? words.updates.otherMedium))];
}
