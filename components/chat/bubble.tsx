import { memo } from 'react';
import { needsDecision, type ThreadMessage } from '@/lib/order/outgoing';
import { formatClock } from '@/lib/order/time-text';
import { MessageText } from '@/components/ui/message-text';
import { LaterPhoto } from '@/components/ui/later-photo';
import { PhotoTile } from '@/components/ui/photo-tile';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

type Props = {
  message: ThreadMessage;
  /** Undefined for the customer's own messages. */
  senderName: string | undefined;
  isNewestPicture?: boolean;
  /** The last bubble of a run has the tail. */
  isLast?: boolean;
  copy: OrderCopy;
};

/** Shows the text and the picture of one message. Memoized, because unchanged messages keep their identity. */
export const Bubble = memo(function Bubble(props: Props) {
  const { message, senderName, isNewestPicture = false, isLast = false, copy } = props;
  const { body, from, imageUrl, imageWithheld, delivery } = message;
  const color = needsDecision(delivery)
    ? 'border-dashed border-caution-ink'
    : from === 'customer'
      ? 'bg-brand text-brand-on border-brand-edge'
      : 'bg-bubble border-transparent';
  const tail = !isLast ? '' : from === 'customer' ? 'rounded-ee-tail' : 'rounded-es-tail';
  return (
    <>
      {body && (
        <p
          className={`max-w-[28rem] overflow-clip rounded-bubble border px-3.5 py-1.5 wrap-anywhere ${color} ${tail}`}
        >
          <MessageText body={body} />
        </p>
      )}
      {imageUrl && (
        <LaterPhoto
          url={imageUrl}
          label={toPhotoLabel(message.at, senderName, copy)}
          isEager={isNewestPicture}
        />
      )}
      {imageWithheld && <PhotoTile text={copy.chat.photoWithheld} />}
    </>
  );
});

function toPhotoLabel(at: string, senderName: string | undefined, copy: OrderCopy): string {
  const time = formatClock(at, copy.locale);
  return senderName === undefined
    ? copy.chat.photoByYou(time)
    : copy.chat.photoFrom(senderName, time);
}
