import { ItemsCopyContext, useItemsCatalogue } from '@/lib/client/copy/items-copy';
import { useCopy } from '@/lib/client/copy/order-copy';
import { isItems } from '@/lib/order/is-items';
import { isOver } from '@/lib/order/stages';
import type { Items, OrderView } from '@/lib/order/order-view';
import { DecisionSlot } from './decision-slot';
import { ItemsPanel } from './items-panel';

type Props = {
  view: OrderView & { items: Items };
  token: string;
  /** Called after an answer to a decision, because the order may have changed. */
  onAnswer: () => void;
  /** Shown until the copy has loaded. */
  fallback: React.ReactNode;
};

/** The replacements to decide, and all items. Loaded after the first view of the order. */
export function ItemsSection({ view, token, onAnswer, fallback }: Props) {
  const itemsCopy = useItemsCatalogue(useCopy().locale);
  const { items, access, chat, order } = view;
  if (!isItems(items)) return null;
  const isList = chat.state === 'unavailable' || (order !== undefined && isOver(order.stage));
  if (!itemsCopy) return fallback;
  return (
    <ItemsCopyContext value={itemsCopy}>
      <DecisionSlot items={items} mayDecide={access === 'full'} token={token} onAnswer={onAnswer} />
      <ItemsPanel items={items} isOpenAtFirst={isList} />
    </ItemsCopyContext>
  );
}
