import type { Item, ItemLine } from '@/lib/order/order-view';
import { formatQuantity } from '@/lib/order/quantity-text';
import { ItemPicture } from './item-picture';
import { useCopy } from '@/lib/client/copy/order-copy';
import { useItemsCopy } from '@/lib/client/copy/items-copy';

/** The ordered item and its replacement, beside each other if there is room for their names. */
export function ReplacementPictures({ line }: { line: ItemLine }) {
  const { decisionCopy } = useItemsCopy();
  return (
    <dl className="my-1.5 flex flex-wrap items-center gap-2">
      <Product item={line} role={decisionCopy.ordered} />
      <Product item={line.replacement} role={decisionCopy.offered} isOffered />
    </dl>
  );
}

type Props = { item: Item | undefined; role: string; isOffered?: boolean };

function Product({ item, role, isOffered = false }: Props) {
  const { decisionCopy } = useItemsCopy();
  const { locale } = useCopy();
  const quantity = item ? formatQuantity(item, locale) : '';
  return (
    <div className="flex min-w-0 flex-1 basis-36 items-center gap-2.5">
      {isOffered && <Arrow />}
      <ItemPicture url={item?.imageUrl} />
      <dt className="sr-only">{role}</dt>
      <dd className="min-w-0 flex-1 text-[0.8125rem] leading-4">
        <bdi className="line-clamp-6 wrap-anywhere">{item?.name ?? decisionCopy.notOffered}</bdi>
        {quantity !== '' && quantity !== '1' && <bdi className="text-quiet">{quantity}</bdi>}
      </dd>
    </div>
  );
}

function Arrow() {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className="size-4 shrink-0 fill-none stroke-quiet stroke-2 rtl:rotate-180"
    >
      <path d="M2 8h11m-4-4 4 4-4 4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
