import { useState } from 'react';
import { toColorIndex, toInitials } from '@/lib/order/monogram';
import type { Shopper } from '@/lib/order/order-view';

const COLORS = [
  'bg-[#1f5f6b]',
  'bg-[#7a4419]',
  'bg-[#5a4a8a]',
  'bg-[#2f6a3a]',
  'bg-[#8a3358]',
  'bg-[#4a5568]',
];

/** A face, or initials where there is none or it fails to load. Decorative: the name stands beside it. */
export function Avatar({ person }: { person: Shopper }) {
  // By address, not by flag, so that a new picture gets its chance.
  const [failedUrl, setFailedUrl] = useState<string>();
  const { avatarUrl } = person;
  return (
    <span
      aria-hidden
      className={`grid size-8 shrink-0 place-items-center overflow-hidden rounded-full text-xs font-semibold text-white select-none ${COLORS[toColorIndex(person.id, COLORS.length)]}`}
    >
      {avatarUrl && avatarUrl !== failedUrl ? (
        <img
          src={avatarUrl}
          alt=""
          width={32}
          height={32}
          referrerPolicy="no-referrer"
          className="size-full object-cover"
          onError={() => setFailedUrl(avatarUrl)}
        />
      ) : (
        toInitials(person.name)
      )}
    </span>
  );
}
