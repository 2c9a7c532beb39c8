import { memo } from 'react';
import { needsDecision, type ThreadMessage } from '@/lib/order/outgoing';
import { formatClock } from '@/lib/order/time-text';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { MessageText } from '@/components/ui/message-text';
import { Photo, PhotoTile } from '@/components/ui/photo';

type Props = {
  message: ThreadMessage;
  /** Undefined for the customer's own messages. */
  senderName: string | undefined;
  isNewestPicture?: boolean;
  /** The last bubble of a run has the tail. */
  isLast?: boolean;
  locale: string;
};

/** Shows the text and the picture of one message. Memoized, because unchanged messages keep their identity. */
export const Bubble = memo(function Bubble(props: Props) {
  const { message, senderName, isNewestPicture = false, isLast = false, locale } = props;
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
        <Photo
          url={imageUrl}
          label={toPhotoLabel(message.at, senderName, locale)}
          isEager={isNewestPicture}
        />
      )}
      {imageWithheld && <PhotoTile text={copy.chat.photoWithheld} />}
    </>
  );
});

function toPhotoLabel(at: string, senderName: string | undefined, locale: string): string {
  const time = formatClock(at, locale);
  return senderName === undefined
    ? copy.chat.photoByYou(time)
    : copy.chat.photoFrom(senderName, time);
}
