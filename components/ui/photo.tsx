import { useState } from 'react';
import { showInView } from '@/lib/client/chat/show-in-view';
import { usePicture } from '@/lib/client/hooks/use-picture';
import { hasUnsupportedFormat } from '@/lib/order/picture-address';
import { PhotoDialog } from './photo-dialog';
import { PHOTO_BOX, PhotoTile } from './photo-tile';
import { useCopy } from '@/lib/client/copy/order-copy';

const ACTION_CLASSES = 'min-h-11 rounded px-2 font-medium text-brand-text underline';

export type PhotoProps = {
  url: string;
  label: string;
  /** Whether to load the picture before it is in view. */
  isEager?: boolean;
  /** A small copy of a picture that stands elsewhere on the page. It is left out if it cannot be loaded. */
  isThumbnail?: boolean;
  /** Size of the box. */
  className?: string;
};

/**
 * Shows a picture in a box of fixed size, so that loading it does not shift the layout. A tap opens it in a dialog.
 * After a retry the pressed button no longer exists, so the next button takes the focus.
 */
export function Photo({
  url,
  label,
  isEager = false,
  isThumbnail = false,
  className = PHOTO_BOX,
}: PhotoProps) {
  const copy = useCopy();
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null);
  const { src, status, attempts, onLoad, onError, loadAgain } = usePicture(url);
  if (status === 'failed' && isThumbnail) return null;
  if (status === 'failed')
    return (
      <PhotoTile
        className={className}
        text={hasUnsupportedFormat(url) ? copy.chat.photoUnsupported : copy.chat.photoFailed}
      >
        <span className="flex flex-wrap justify-center gap-x-2">
          <button
            type="button"
            autoFocus={attempts > 0}
            className={ACTION_CLASSES}
            onClick={loadAgain}
          >
            {copy.chat.photoRetry}
          </button>
          <a
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            className={`grid place-items-center ${ACTION_CLASSES}`}
          >
            {copy.chat.photoInNewTab}
          </a>
        </span>
      </PhotoTile>
    );
  return (
    <>
      <button
        type="button"
        autoFocus={attempts > 0}
        aria-label={copy.chat.openPhoto(label)}
        className={`block max-w-full shrink-0 overflow-hidden rounded-box bg-bubble ${className}`}
        onClick={() => dialog && showInView(dialog)}
      >
        {status !== 'refreshing' && (
          <img
            src={src}
            alt={label}
            width={240}
            height={180}
            loading={isEager ? 'eager' : 'lazy'}
            decoding="async"
            referrerPolicy="no-referrer"
            className="size-full object-cover"
            onLoad={onLoad}
            onError={onError}
          />
        )}
      </button>
      <PhotoDialog ref={setDialog} src={src} label={label} />
    </>
  );
}
