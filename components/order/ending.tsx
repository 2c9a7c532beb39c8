import { useLocale } from '@/lib/client/hooks/use-locale';
import type { OrderView } from '@/lib/order/order-view';
import { isOver } from '@/lib/order/stages';
import { formatClock } from '@/lib/order/time-text';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { Photo } from '@/components/ui/photo';

type Props = { view: OrderView; supportUrl: string | undefined };

/** Shows the last photo of a delivery and a link to the store, once the order is over. */
export function Ending({ view, supportUrl }: Props) {
  const locale = useLocale();
  const { order } = view;
  if (!order || !isOver(order.stage)) return null;
  const isDone = order.stage === 'done';
  const photo = isDone && order.type !== 'pickup' ? findLastPhoto(view) : undefined;
  if (!photo && !supportUrl) return null;
  return (
    <div className="ending flex items-center gap-3 px-4 pb-3 wide:px-6">
      {photo?.imageUrl && (
        <Photo
          url={photo.imageUrl}
          label={`${copy.ending.photo}, ${formatClock(photo.at, locale)}`}
          isEager
          className="h-23 w-30"
        />
      )}
      {supportUrl && (
        <a
          href={supportUrl}
          rel="noopener noreferrer"
          className="grid min-h-11 flex-1 place-items-center rounded-full border border-line bg-card px-4 text-center text-sm font-semibold text-balance wide:flex-none wide:px-6"
        >
          {isDone ? copy.ending.problem : copy.ending.cancelled}
        </a>
      )}
    </div>
  );
}

/** The newest picture of an update, else the shopper's newest picture. */
function findLastPhoto({ updates, chat }: OrderView) {
  return (
    updates.findLast(({ imageUrl }) => imageUrl !== undefined) ??
    chat.messages.findLast(({ from, imageUrl }) => from === 'shopper' && imageUrl !== undefined)
  );
}
