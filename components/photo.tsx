import { useRef, useState } from 'react';
import { showInView } from '@/lib/client/show-in-view';
import { words } from '@/lib/order/words';

/** A picture in a box of fixed size, so that nothing moves when it arrives; a tap shows it whole. */
export function Photo({ url, label }: { url: string; label: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [failedAttempt, setFailedAttempt] = useState<number>();
  const [attempt, setAttempt] = useState(0);
  if (failedAttempt === attempt)
    return (
      <PhotoTile text={words.chat.photoFailed}>
        <button
          type="button"
          className="min-h-11 rounded px-2 font-medium text-brand-text underline"
          onClick={() => setAttempt(attempt + 1)}
        >
          {words.chat.photoRetry}
        </button>
      </PhotoTile>
    );
  return (
    <>
      <button
        type="button"
        aria-label={words.chat.openPhoto(label)}
        className="mt-1 block h-45 w-60 max-w-full overflow-hidden rounded-2xl bg-bubble"
        onClick={() => dialog.current && showInView(dialog.current)}
      >
        <img
          key={attempt}
          src={url}
          alt={label}
          width={240}
          height={180}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          className="size-full object-cover"
          onError={() => setFailedAttempt(attempt)}
        />
      </button>
      <dialog
        ref={dialog}
        aria-label={label}
        className="top-(--view-top,0) mx-auto my-0 h-(--view-height,100dvh) max-h-none max-w-full place-content-center bg-transparent p-3 backdrop:bg-black/80 open:grid"
        onClick={() => dialog.current?.close()}
      >
        <img
          src={url}
          alt={label}
          loading="lazy"
          referrerPolicy="no-referrer"
          className="mx-auto max-h-[calc(var(--view-height,100dvh)-6rem)] max-w-full min-w-[min(15rem,100%)] rounded-xl bg-card object-contain"
        />
        <button
          type="button"
          className="mx-auto mt-3 block min-h-11 rounded-full bg-white px-6 font-medium text-black outline-white"
          onClick={() => dialog.current?.close()}
        >
          {words.chat.close}
        </button>
      </dialog>
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
