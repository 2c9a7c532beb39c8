import { useLoadedLater } from '@/lib/client/hooks/use-loaded-later';
import type { Items, OrderView } from '@/lib/order/order-view';

type Props = {
  view: OrderView & { items: Items };
  token: string;
  onAnswer: () => void;
};

// eslint-disable-next-line no-restricted-syntax -- A chunk of its own; dependency-cruiser follows it.
const loadItems = () => import('@/components/items/items-section');

/** Keeps the place of the items until their code and copy have loaded, so that nothing moves then. */
export function LaterItems(props: Props) {
  const loaded = useLoadedLater(loadItems);
  const place = (
    <>
      <div aria-hidden className="decision-place">
        {props.view.items.counts.decide > 0 && <div className="decision" />}
      </div>
      <div aria-hidden className="items bg-card" />
    </>
  );
  return loaded ? <loaded.ItemsSection {...props} fallback={place} /> : place;
}
