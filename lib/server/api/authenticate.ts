import 'server-only';
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import type { Links, OpenedLink } from '@/lib/server/links/link';
import type { RequestLine } from '@/lib/server/observability/log';
import type { Connection } from './handler';
import { findBearer, isCrossSite, readBearer, refuseCrossSite } from './request-guards';
import type { RequestLimits } from '@/lib/server/limits/request-limits';

const MAX_CACHED = 50_000;

export type AuthenticatedLink = OpenedLink & {
  /** SHA-256 of the token, used as a key of caches and rate limits. */
  linkKey: string;
  linkRef: string;
  orderRef: string;
};

/** Finds the order and customer of a request by its bearer token. */
export type Authenticate = {
  /** Throws Problem cross_site, link_invalid, link_expired or slow_down. */
  (
    request: Request,
    connection: Connection | undefined,
    logFields: Partial<RequestLine>,
  ): Promise<AuthenticatedLink>;
  /** Synchronous: returns a valid link that was opened before, else undefined. */
  fromCache(request: Request, logFields: Partial<RequestLine>): AuthenticatedLink | undefined;
};

export function createAuthenticate(parts: {
  links: Pick<Links, 'open' | 'isRevoked'>;
  limits: Pick<RequestLimits, 'admitWrongToken'>;
  now: () => number;
  logRef: (text: string) => string;
}): Authenticate {
  const { links, limits, now, logRef } = parts;
  // Opened links are cached, because decrypting a token takes ten times as long as the rest of a poll.
  const opened = new LRUCache<string, AuthenticatedLink>({
    max: MAX_CACHED,
    ttlResolution: 0,
    perf: { now },
  });

  async function open(token: string, logFields: Partial<RequestLine>): Promise<AuthenticatedLink> {
    const linkKey = toLinkKey(token);
    const cachedLink = opened.get(linkKey);
    if (cachedLink) return cachedLink;
    logFields.linkRef = logRef(token);
    const link = await links.open(token);
    const required = {
      ...link,
      linkKey,
      linkRef: logFields.linkRef,
      orderRef: logRef(link.orderId),
    };
    // A link is invalid at its expiry time, while the cache still returns an entry at the end of its ttl.
    opened.set(linkKey, required, { ttl: Math.max(1, link.validUntilMs - now() - 1) });
    return required;
  }

  async function authenticate(
    request: Request,
    connection: Connection | undefined,
    logFields: Partial<RequestLine>,
  ): Promise<AuthenticatedLink> {
    refuseCrossSite(request);
    try {
      const link = await open(readBearer(request), logFields);
      logFields.linkRef = link.linkRef;
      if (links.isRevoked(link.orderId)) throw new Problem('link_invalid');
      logFields.orderRef = link.orderRef;
      return link;
    } catch (cause) {
      if (cause instanceof Problem && cause.code === 'link_invalid')
        await limits.admitWrongToken(request, connection?.peerAddress);
      throw cause;
    }
  }

  function fromCache(
    request: Request,
    logFields: Partial<RequestLine>,
  ): AuthenticatedLink | undefined {
    if (isCrossSite(request)) return undefined;
    const token = findBearer(request);
    const link = token && opened.get(toLinkKey(token));
    if (!link || links.isRevoked(link.orderId)) return undefined;
    logFields.linkRef = link.linkRef;
    logFields.orderRef = link.orderRef;
    return link;
  }

  return Object.assign(authenticate, { fromCache });
}

function toLinkKey(token: string): string {
  return hash('sha256', token, 'base64url');
}
