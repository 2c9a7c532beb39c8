import { usePicture } from '@/lib/client/hooks/use-picture';

/** Shows the picture of an item, or a bag without one. It is decorative, because the name is beside it. */
export function ItemPicture({ url = '' }: { url: string | undefined }) {
  const { src, status, onLoad, onError } = usePicture(url);
  const isTried = src !== '' && (status === 'loading' || status === 'shown');
  return (
    <span
      aria-hidden
      className="grid size-10 shrink-0 place-items-center overflow-hidden rounded-tile bg-bubble"
    >
      {!isTried && <Bag />}
      {isTried && (
        <img
          src={src}
          alt=""
          width={40}
          height={40}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          className="size-full object-cover"
          onLoad={onLoad}
          onError={onError}
        />
      )}
    </span>
  );
}

function Bag() {
  return (
    <svg viewBox="0 0 24 24" className="size-5 fill-none stroke-quiet stroke-2">
      <path
        d="M5 8h14l-1 12H6L5 8Zm4 2V6.5a3 3 0 0 1 6 0V10"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
