import 'server-only';
import { Problem } from '@/lib/order/problem';

// What every route of the API asks of a request before it does anything else.

/** Browsers that send Sec-Fetch-Site say the truth; old ones and back ends leave it out. */
export function refuseCrossSite(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') throw new Problem('cross_site');
}

/** The bearer token (RFC 6750 §2.1). Throws Problem link_invalid. */
export function readBearer(request: Request): string {
  const [, token] =
    /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (token === undefined) throw new Problem('link_invalid');
  return token;
}
