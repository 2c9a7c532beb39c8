import { useState } from 'react';
import { showInView } from '@/lib/client/chat/show-in-view';
import { usePicture } from '@/lib/client/hooks/use-picture';
import { hasUnsupportedFormat } from '@/lib/order/picture-address';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { PhotoDialog } from './photo-dialog';

const ACTION_CLASSES = 'min-h-11 rounded px-2 font-medium text-brand-text underline';

type Props = {
  url: string;
  label: string;
  /** Whether to load the picture before it is in view. */
  isEager?: boolean;
};

/**
 * Shows a picture in a box of fixed size, so that loading it does not shift the layout. A tap opens it in a dialog.
 * After a retry the pressed button no longer exists, so the next button takes the focus.
 */
export function Photo({ url, label, isEager = false }: Props) {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null);
  const { src, status, attempts, onLoad, onError, loadAgain } = usePicture(url);
  if (status === 'failed')
    return (
      <PhotoTile
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
        className="mt-1 block h-45 w-60 max-w-full overflow-hidden rounded-2xl bg-bubble"
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

export function PhotoTile({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className="mt-1 grid h-45 w-60 max-w-full place-content-center justify-items-center gap-1 rounded-2xl border border-dashed border-quiet p-4 text-center text-sm text-quiet">
      <p>{text}</p>
      {children}
    </div>
  );
}
