import { useLoadedLater } from '@/lib/client/hooks/use-loaded-later';
import type { OrderView } from '@/lib/order/order-view';

type Props = { view: OrderView; token: string; onChanged: () => void };

// eslint-disable-next-line no-restricted-syntax -- A chunk of its own; dependency-cruiser follows it.
const loadArrival = () => import('@/components/pickup/arrival');
// eslint-disable-next-line no-restricted-syntax -- As above.
const loadPanel = () => import('@/components/pickup/pickup-panel');

/** Keeps the place of the button with which the customer reports the arrival, until its code has loaded. */
export function LaterArrival(props: Props & { supportUrl: string | undefined }) {
  const loaded = useLoadedLater(loadArrival);
  if (loaded) return <loaded.Arrival {...props} />;
  return props.view.pickup?.canArrive ? (
    <div aria-hidden className="arrival arriving h-14" />
  ) : null;
}

/** Keeps the place of the section "Pickup" until its code has loaded. */
export function LaterPickup(props: Props) {
  const loaded = useLoadedLater(loadPanel);
  if (loaded) return <loaded.PickupPanel {...props} />;
  return <div aria-hidden className="pickup bg-card" />;
}
