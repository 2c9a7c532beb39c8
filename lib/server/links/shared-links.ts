import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { Links } from './link';
import type { Revocations } from './revocations';
import { isShortId, type ShortLinks } from './short-link';

type Parts = {
  links: Links;
  shortLinks: Pick<ShortLinks, 'find'>;
  revocations: Pick<Revocations, 'has'>;
  /** Resolves when the revocations are loaded for the first time, or cannot be loaded soon. */
  started: Promise<void>;
};

/** Links of a deployment with Redis: also opens short ids, and does not mint links of revoked orders. */
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
