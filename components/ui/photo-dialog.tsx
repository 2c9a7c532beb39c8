import { useState, type Ref } from 'react';
import { useCopy } from '@/lib/client/copy/order-copy';

type Props = { src: string; label: string; ref: Ref<HTMLDialogElement> };

/** Shows the whole picture. A tap on the picture enlarges it to full width; a tap beside it closes the dialog. */
export function PhotoDialog({ src, label, ref }: Props) {
  const copy = useCopy();
  const [isZoomed, setIsZoomed] = useState(false);
  const size = isZoomed
    ? 'max-w-none min-w-full'
    : 'max-h-[calc(var(--view-height,100dvh)-6rem)] max-w-full min-w-[min(15rem,100%)] object-contain';
  return (
    <dialog
      ref={ref}
      aria-label={label}
      className="top-(--view-top,0) mx-auto my-0 h-(--view-height,100dvh) max-h-none max-w-full place-content-center bg-transparent p-3 backdrop:bg-black/80 open:grid"
      onClick={(event) => event.currentTarget.close()}
      onClose={() => setIsZoomed(false)}
    >
      <div
        className={`max-h-[calc(var(--view-height,100dvh)-6rem)] max-w-full overflow-auto rounded-xl ${isZoomed ? 'w-[min(100vw-1.5rem,48rem)]' : ''}`}
      >
        <button
          type="button"
          aria-label={isZoomed ? copy.chat.zoomOut : copy.chat.zoomIn}
          className={`mx-auto block rounded-xl ${isZoomed ? 'min-w-full cursor-zoom-out' : 'cursor-zoom-in'}`}
          onClick={(event) => {
            event.stopPropagation();
            setIsZoomed(!isZoomed);
          }}
        >
          <img
            src={src}
            alt={label}
            loading="lazy"
            referrerPolicy="no-referrer"
            className={`mx-auto rounded-xl bg-card ${size}`}
          />
        </button>
      </div>
      <button
        // React's autoFocus calls focus() at render. The attribute makes the dialog focus the button when it opens.
        ref={(button) => button?.setAttribute('autofocus', '')}
        type="button"
        className="mx-auto mt-3 block min-h-11 rounded-full bg-white px-6 font-medium text-black"
      >
        {copy.chat.close}
      </button>
    </dialog>
  );
}
