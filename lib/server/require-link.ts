import 'server-only';
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import type { Links, OpenedLink } from './link';
import type { RequestLine } from './log';
import type { Connection } from './logged-handler';
import { readBearer, refuseCrossSite } from './request-guards';
import type { RequestLimits } from './request-limits';

const MAX_REMEMBERED = 50_000;

export type RequiredLink = OpenedLink & {
  /** A hash that stands for the token. */
  linkKey: string;
  linkRef: string;
  orderRef: string;
};

/**
 * The first line of each order route: whose order it is. Throws Problem cross_site, link_invalid,
 * link_expired or slow_down.
 */
export type RequireLink = (
  request: Request,
  connection: Connection | undefined,
  line: Partial<RequestLine>,
) => Promise<RequiredLink>;

export function createRequireLink(parts: {
  links: Pick<Links, 'open' | 'isRevoked'>;
  limits: Pick<RequestLimits, 'admitWrongToken'>;
  now: () => number;
  logRef: (text: string) => string;
}): RequireLink {
  const { links, limits, now, logRef } = parts;
  // Opening a token costs ten times the rest of a poll.
  const remembered = new LRUCache<string, RequiredLink>({
    max: MAX_REMEMBERED,
    ttlResolution: 0,
    perf: { now },
  });

  async function open(token: string, line: Partial<RequestLine>): Promise<RequiredLink> {
    const linkKey = createHash('sha256').update(token).digest('base64url');
    const known = remembered.get(linkKey);
    if (known) return known;
    line.linkRef = logRef(token);
    const opened = await links.open(token);
    const orderRef = logRef(opened.orderId);
    const link = { ...opened, linkKey, linkRef: line.linkRef, orderRef };
    // A link is over when its time has come, which the cache takes for its last moment.
    remembered.set(linkKey, link, { ttl: Math.max(1, opened.opensUntilMs - now() - 1) });
    return link;
  }

  return async function requireLink(request, connection, line) {
    refuseCrossSite(request);
    try {
      const link = await open(readBearer(request), line);
      line.linkRef = link.linkRef;
      if (links.isRevoked(link.orderId)) throw new Problem('link_invalid');
      line.orderRef = link.orderRef;
      return link;
    } catch (cause) {
      if (cause instanceof Problem && cause.code === 'link_invalid')
        await limits.admitWrongToken(request, connection?.peerAddress);
      throw cause;
    }
  };
}
