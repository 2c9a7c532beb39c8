import { createPortal } from 'react-dom';
import { ORDER_NUMBER_ID } from '@/lib/client/order/header-places';
import { Phrase } from '@/components/ui/phrase';
import { useCopy } from '@/lib/client/copy/order-copy';

/**
 * Shows the order's number in the store's header. A frame has no header: a wide one shows the number beside the window,
 * and a narrow one does not, because it would wrap and the host page knows it.
 */
export function OrderNumber({ number }: { number: string }) {
  const copy = useCopy();
  const text = (
    <span>
      <Phrase toSentence={copy.status.number} value={number} />
    </span>
  );
  const place = document.getElementById(ORDER_NUMBER_ID);
  return place ? (
    createPortal(text, place)
  ) : (
    <span className="min-w-0 text-sm wrap-anywhere text-quiet narrow:hidden">{text}</span>
  );
}
