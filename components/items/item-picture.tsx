import { usePicture } from '@/lib/client/hooks/use-picture';

/** Shows the picture of an item, or an empty tile. It is decorative, because the name is beside it. */
export function ItemPicture({ url = '' }: { url: string | undefined }) {
  const { src, status, onLoad, onError } = usePicture(url);
  const isTried = src !== '' && (status === 'loading' || status === 'shown');
  return (
    <span aria-hidden className="size-10 shrink-0 overflow-hidden rounded-lg bg-bubble">
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
