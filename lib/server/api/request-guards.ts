import 'server-only';
import { Problem } from '@/lib/order/problem';

// Checks that every API route makes first.

/** Scripts cannot forge Sec-Fetch-Site; old browsers and back ends do not send it. */
export function isCrossSite({ headers }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  return site !== null && site !== 'same-origin';
}

/** Throws Problem cross_site. */
export function refuseCrossSite(request: Request): void {
  if (isCrossSite(request)) throw new Problem('cross_site');
}

/** Returns the bearer token (RFC 6750 §2.1). */
export function findBearer({ headers }: Request): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(headers.get('authorization') ?? '')?.[1];
}

/** Throws Problem link_invalid. */
export function readBearer(request: Request): string {
  const token = findBearer(request);
  if (token === undefined) throw new Problem('link_invalid');
  return token;
}
