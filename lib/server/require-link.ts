import 'server-only';
import { createHash } from 'node:crypto';
import { Problem } from '@/lib/order/problem';
import type { LinkAccess, Links } from './link';
import type { RequestLine } from './log';
import { readBearer, refuseCrossSite } from './request-guards';
import type { RequestLimits } from './request-limits';

/**
 * The first line of each order route: whose order it is. Throws Problem cross_site, link_invalid,
 * link_expired or slow_down.
 */
export type RequireLink = (
  request: Request,
  peerAddress: string | undefined,
  line: Partial<RequestLine>,
) => Promise<LinkAccess & { linkKey: string }>;

export function createRequireLink(parts: {
  links: Pick<Links, 'open'>;
  limits: Pick<RequestLimits, 'admitWrongToken'>;
  logRef: (text: string) => string;
}): RequireLink {
  const { links, limits, logRef } = parts;

  return async function requireLink(request, peerAddress, line) {
    refuseCrossSite(request);
    try {
      const token = readBearer(request);
      line.linkRef = logRef(token);
      const access = await links.open(token);
      line.orderRef = logRef(access.orderId);
      return { ...access, linkKey: createHash('sha256').update(token).digest('base64url') };
    } catch (cause) {
      if (cause instanceof Problem && cause.code === 'link_invalid')
        await limits.admitWrongToken(request, peerAddress);
      throw cause;
    }
  };
}
