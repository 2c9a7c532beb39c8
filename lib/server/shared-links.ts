import 'server-only';
import type { Links } from './link';
import { isShortId, type ShortLinks } from './short-link';

type Parts = {
  links: Links;
  shortLinks: Pick<ShortLinks, 'find'>;
  /** Until then Redis cannot be asked. */
  started: Promise<void>;
};

/** Links as all instances see them: short ones open too. */
export function createSharedLinks({ links, shortLinks, started }: Parts): Links {
  return {
    async open(bearer) {
      await started;
      return links.open(isShortId(bearer) ? await shortLinks.find(bearer) : bearer);
    },

    // Whoever asks for a link right after the start gets its short form too.
    async seal(access) {
      await started;
      return links.seal(access);
    },
  };
}
