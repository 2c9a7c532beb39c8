import 'server-only';
import { Problem } from '@/lib/order/problem';

// What every route of the API asks of a request before it does anything else.

/** Browsers that send Sec-Fetch-Site say the truth; old ones and back ends leave it out. */
export function isCrossSite({ headers }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  return site !== null && site !== 'same-origin';
}

/** Throws Problem cross_site. */
export function refuseCrossSite(request: Request): void {
  if (isCrossSite(request)) throw new Problem('cross_site');
}

/** The bearer token (RFC 6750 §2.1). */
export function findBearer({ headers }: Request): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(headers.get('authorization') ?? '')?.[1];
}

/** Throws Problem link_invalid. */
export function readBearer(request: Request): string {
  const token = findBearer(request);
  if (token === undefined) throw new Problem('link_invalid');
  return token;
}
