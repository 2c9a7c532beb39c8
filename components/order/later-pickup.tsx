import { useLoadedLater } from '@/lib/client/hooks/use-loaded-later';
import type { OrderView } from '@/lib/order/order-view';

type Props = { view: OrderView; token: string; onChanged: () => void };

// eslint-disable-next-line no-restricted-syntax -- A chunk of its own; dependency-cruiser follows it.
const loadArrival = () => import('@/components/pickup/arrival');
// eslint-disable-next-line no-restricted-syntax -- As above.
const loadPanel = () => import('@/components/pickup/pickup-panel');

/** Keeps the place of the button with which the customer reports the arrival, until its code and copy have loaded. */
export function LaterArrival(props: Props & { supportUrl: string | undefined }) {
  const loaded = useLoadedLater(loadArrival);
  const place = props.view.pickup?.canArrive ? (
    <div aria-hidden className="arrival arriving h-14" />
  ) : null;
  return loaded ? <loaded.ArrivalSection {...props} fallback={place} /> : place;
}

/** Keeps the place of the section "Pickup" until its code and copy have loaded. */
export function LaterPickup(props: Props) {
  const loaded = useLoadedLater(loadPanel);
  const place = <div aria-hidden className="pickup bg-card" />;
  return loaded ? <loaded.PickupSection {...props} fallback={place} /> : place;
}
