import 'server-only';
import type { LinkKeys } from '@/lib/server/config/link-keys';
import { retryOnce } from '@/lib/server/redis/redis';
import type { SharedRedis } from '@/lib/server/redis/shared-state';
import type { Links } from './link';
import { createRevocations, type RevokedCopy } from './revocations';
import { createSharedLinks } from './shared-links';
import { createShortLinks, type ShortLinks } from './short-link';

const REFRESH_MS = 5_000;

export type RedisLinks = {
  links: Links;
  shortLinks: ShortLinks;
  revocationsAgeMs: () => number;
  close: () => void;
};

/** Adds short links and revocations, which need Redis, to stateless links. */
export function openRedisLinks(
  statelessLinks: Links,
  { redis, started }: SharedRedis,
  options: {
    linkKeys: LinkKeys;
    revokedCopy: RevokedCopy;
    now: () => number;
    schedule: (intervalMs: number, task: () => void) => () => void;
  },
): RedisLinks {
  const { linkKeys, revokedCopy, now, schedule } = options;
  const shortLinks = createShortLinks(redis, now);
  const revocations = createRevocations(redis, linkKeys, now, revokedCopy);
  // While Redis does not reply, the last copy of the list stays in force.
  const refresh = () => void retryOnce(revocations.refresh).catch(() => undefined);
  redis.on('ready', refresh);
  const stopRefreshing = schedule(REFRESH_MS, refresh);
  return {
    links: createSharedLinks({
      links: statelessLinks,
      shortLinks,
      revocations,
      started: started.then(() => retryOnce(revocations.refresh)).catch(() => undefined),
    }),
    shortLinks,
    revocationsAgeMs: revocations.ageMs,
    close() {
      stopRefreshing();
      redis.off('ready', refresh);
    },
  };
}
