import { memo, useId, useMemo, useState } from 'react';
import { focusWhenScrollable } from '@/lib/client/hooks/focus-when-scrollable';
import { findChangedLines } from '@/lib/order/item-changes';
import type { Items, ItemState } from '@/lib/order/order-view';
import { ItemRow } from './item-row';
import { SEPARATOR } from '@/lib/order/copy/intl';
import { useCopy } from '@/lib/client/copy/order-copy';
import type { ItemsCopy } from '@/lib/order/copy/en-US/items';
import { useItemsCopy } from '@/lib/client/copy/items-copy';

/** In the order of their importance to the customer. */
const GROUPS: readonly ItemState[] = [
  'decide',
  'replaced',
  'refunded',
  'found',
  'to_shop',
  'other',
];
const NO_CHANGES: ReadonlySet<string> = new Set();

type Props = {
  items: Items;
  /** Whether a wide page shows the list at first. A narrow page always does. */
  isOpenAtFirst: boolean;
};

/** Lists the items by state. All of them are in the document, so that the browser's search finds them. */
export const ItemsPanel = memo(function ItemsPanel({ items, isOpenAtFirst }: Props) {
  const { itemCopy } = useItemsCopy();
  const { locale } = useCopy();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const listId = useId();
  const updatedIds = useUpdatedIds(items);
  const groups = useMemo(
    () =>
      GROUPS.map((state) => ({ state, lines: items.lines.filter((line) => line.state === state) })),
    [items],
  );
  return (
    <section
      ref={focusWhenScrollable}
      aria-label={itemCopy.label}
      data-open={isOpen}
      className="items min-h-0 overflow-y-auto bg-card px-4 py-2 wide:px-5"
    >
      <h2 className="text-[0.9375rem] narrow:sr-only">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={listId}
          className="flex min-h-9 w-full items-center gap-2 text-start"
          onClick={() => setIsOpen(!isOpen)}
        >
          <span className="font-semibold">{itemCopy.label}</span>
          <span className="min-w-0 flex-1 truncate text-quiet">{toSummary(items, itemCopy)}</span>
          <Chevron isOpen={isOpen} />
        </button>
      </h2>
      <div id={listId} className="item-groups below-decision">
        {groups.map(
          ({ state, lines }) =>
            lines.length > 0 && (
              <section key={state}>
                <h3 className="pt-3 pb-1 text-[0.8125rem] font-semibold text-quiet">
                  {`${itemCopy.groups[state]}${SEPARATOR}${lines.length}`}
                </h3>
                <ul>
                  {lines.map((line) => (
                    <ItemRow
                      key={line.id}
                      line={line}
                      locale={locale}
                      isUpdated={updatedIds.has(line.id)}
                    />
                  ))}
                </ul>
              </section>
            ),
        )}
      </div>
    </section>
  );
});

function toSummary({ counts }: Items, itemCopy: ItemsCopy['itemCopy']): string {
  return GROUPS.filter((state) => counts[state] > 0)
    .map((state) => itemCopy.counted[state](counts[state]))
    .join(SEPARATOR);
}

/** The ids of the lines whose state has changed since the first items of the visit. */
function useUpdatedIds(items: Items): ReadonlySet<string> {
  const [state, setState] = useState({ items, ids: NO_CHANGES });
  if (state.items === items) return state.ids;
  const changed = findChangedLines(state.items, items).map(({ id }) => id);
  const ids = changed.length > 0 ? new Set([...state.ids, ...changed]) : state.ids;
  setState({ items, ids });
  return ids;
}

function Chevron({ isOpen }: { isOpen: boolean }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className={`size-4 fill-none stroke-quiet stroke-2 ${isOpen ? 'rotate-180' : ''}`}
    >
      <path d="m3 5.5 5 5 5-5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
