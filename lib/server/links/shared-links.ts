import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { Links } from './link';
import type { Revocations } from './revocations';
import { isShortId, type ShortLinks } from './short-link';

type Parts = {
  links: Links;
  shortLinks: Pick<ShortLinks, 'find'>;
  revocations: Pick<Revocations, 'has'>;
  /** Until then nobody knows what is revoked. */
  started: Promise<void>;
};

/** Links as all instances see them: short ones open too, and none of a revoked order is made. */
export function createSharedLinks({ links, shortLinks, revocations, started }: Parts): Links {
  return {
    async open(bearer) {
      await started;
      const token = isShortId(bearer) ? await shortLinks.find(bearer) : bearer;
      return links.open(token);
    },

    isRevoked: revocations.has,

    async seal(access) {
      await started;
      if (revocations.has(access.orderId)) throw new Problem('order_revoked');
      return links.seal(access);
    },
  };
}
