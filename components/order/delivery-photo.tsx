import type { OrderView } from '@/lib/order/order-view';
import { formatClock } from '@/lib/order/time-text';
import { LaterPhoto } from '@/components/ui/later-photo';
import { useCopy } from '@/lib/client/copy/order-copy';

/** Shows the last photo of a delivery beside the headline, which leaves room for it, so that nothing moves. */
export function DeliveryPhoto({ view }: { view: OrderView }) {
  const copy = useCopy();
  const { locale } = copy;
  const photo = findDeliveryPhoto(view);
  if (!photo?.imageUrl) return null;
  return (
    <div className="delivery-photo float-end ms-3">
      <LaterPhoto
        url={photo.imageUrl}
        label={`${copy.ending.photo}, ${formatClock(photo.at, locale)}`}
        isEager
        isThumbnail
        className="size-12 wide:size-16"
      />
    </div>
  );
}

/** The newest picture of an update, else the shopper's newest picture. */
function findDeliveryPhoto({ order, updates, chat }: OrderView) {
  if (order?.stage !== 'done' || order.type === 'pickup') return undefined;
  return (
    updates.findLast(({ imageUrl }) => imageUrl !== undefined) ??
    chat.messages.findLast(({ from, imageUrl }) => from === 'shopper' && imageUrl !== undefined)
  );
}
