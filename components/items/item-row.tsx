import { memo } from 'react';
import type { ItemLine } from '@/lib/order/order-view';
import { formatQuantity } from '@/lib/order/quantity-text';
import { ItemPicture } from './item-picture';
import { useItemsCopy } from '@/lib/client/copy/items-copy';

const DETAIL = 'block text-[0.8125rem] leading-[1.125rem] text-quiet';

type Props = {
  line: ItemLine;
  locale: string;
  /** Whether the state of the line has changed during the visit. */
  isUpdated: boolean;
};

/**
 * A line of the order. Where it was replaced, the replacement comes first and the ordered item is struck out. A replacement
 * to decide is named below the ordered item.
 */
export const ItemRow = memo(function ItemRow({ line, locale, isUpdated }: Props) {
  const { itemCopy } = useItemsCopy();
  const { state, replacement } = line;
  const isReplaced = state === 'replaced' && replacement;
  const shown = isReplaced ? replacement : line;
  return (
    <li className="item-row flex items-center gap-3 border-b border-line py-1.5 last:border-b-0">
      <ItemPicture url={shown.imageUrl} />
      <span className="min-w-0 flex-1 text-[0.9375rem] leading-5 wrap-anywhere">
        <bdi className="block">{shown.name}</bdi>
        {isReplaced && (
          <span className={DETAIL}>
            <span className="sr-only">{itemCopy.insteadOf}</span>
            <s>
              <bdi>{line.name}</bdi>
            </s>
          </span>
        )}
        {state === 'decide' && replacement && (
          <span className={DETAIL}>
            <span>{`${itemCopy.offered} `}</span>
            <bdi>{replacement.name}</bdi>
          </span>
        )}
        {isUpdated && (
          <span className="block text-xs leading-4 font-semibold text-brand-text">
            {itemCopy.updated}
          </span>
        )}
      </span>
      <span className="flex items-center gap-2 text-sm whitespace-nowrap text-quiet">
        <bdi>{formatQuantity(shown, locale)}</bdi>
        {state === 'found' && <Check />}
      </span>
    </li>
  );
});

function Check() {
  return (
    <svg aria-hidden viewBox="0 0 16 16" className="size-4 fill-none stroke-brand-text stroke-2">
      <path d="m3 8.5 3.5 3.5L13 5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
