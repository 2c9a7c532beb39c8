import { useLoadedLater } from '@/lib/client/hooks/use-loaded-later';
import type { PhotoProps } from './photo';
import { PHOTO_BOX } from './photo-tile';

// eslint-disable-next-line no-restricted-syntax -- A chunk of its own; dependency-cruiser follows it.
const loadPhoto = () => import('./photo');

/** A photo whose code is loaded after the first view, because most orders have none. Its box has the same size before. */
export function LaterPhoto(props: PhotoProps) {
  const loaded = useLoadedLater(loadPhoto);
  if (loaded) return <loaded.Photo {...props} />;
  const { className = PHOTO_BOX } = props;
  return <div aria-hidden className={`max-w-full shrink-0 rounded-2xl bg-bubble ${className}`} />;
}
