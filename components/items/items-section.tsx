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
};

/** The replacements to decide, and all items. Loaded after the first view of the order. */
export function ItemsSection({ view, token, onAnswer }: Props) {
  const { items, access, chat, order } = view;
  if (!isItems(items)) return null;
  const isList = chat.state === 'unavailable' || (order !== undefined && isOver(order.stage));
  return (
    <>
      <DecisionSlot items={items} mayDecide={access === 'full'} token={token} onAnswer={onAnswer} />
      <ItemsPanel items={items} isOpenAtFirst={isList} />
    </>
  );
}
