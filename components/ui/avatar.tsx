import { usePicture } from '@/lib/client/hooks/use-picture';
import { toColorIndex, toInitials } from '@/lib/order/initials';
import type { Shopper } from '@/lib/order/order-view';

const COLORS = [
  'bg-[#1f5f6b]',
  'bg-[#7a4419]',
  'bg-[#5a4a8a]',
  'bg-[#2f6a3a]',
  'bg-[#8a3358]',
  'bg-[#4a5568]',
];

/** Shows a person's picture, or the initials until it has loaded. It is decorative, because the name is beside it. */
export function Avatar({ person }: { person: Shopper }) {
  const { src, status, onLoad, onError } = usePicture(person.avatarUrl ?? '');
  const isTried = src !== '' && (status === 'loading' || status === 'shown');
  return (
    <span
      aria-hidden
      className={`grid size-7 shrink-0 place-items-center overflow-hidden rounded-full text-xs font-semibold text-white select-none *:col-start-1 *:row-start-1 ${COLORS[toColorIndex(person.id, COLORS.length)]}`}
    >
      {status !== 'shown' && <span>{toInitials(person.name)}</span>}
      {isTried && (
        <img
          src={src}
          alt=""
          width={28}
          height={28}
          referrerPolicy="no-referrer"
          className={`size-full object-cover ${status === 'shown' ? '' : 'opacity-0'}`}
          onLoad={onLoad}
          onError={onError}
        />
      )}
    </span>
  );
}
