import 'server-only';
import type { IncomingMessage } from 'node:http';
import { readAuthority } from './request-target';

/**
 * Returns the host name that a request is for, in lower case, without port and trailing dot; undefined if it has none
 * or two different ones. A client can forge X-Forwarded-Host, so only the entry that the outermost of `trustedProxies`
 * proxies has added is used; without that entry the Host field is.
 */
export function readHostName(
  { headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>,
  trustedProxies: number,
): string | undefined {
  const forwarded = readForwardedHost(headers['x-forwarded-host'], trustedProxies);
  if (forwarded !== undefined) return toName(forwarded);
  const { host } = headers;
  const authority = readAuthority(url);
  // RFC 9112 §3.2.2 prefers the target's host, while proxies may route by the field: both must be the same.
  if (host === undefined || (authority !== undefined && toName(authority) !== toName(host)))
    return undefined;
  return toName(host);
}

function readForwardedHost(
  field: string | string[] | undefined,
  trustedProxies: number,
): string | undefined {
  if (field === undefined || trustedProxies === 0) return undefined;
  return [field].flat().join(',').split(',').at(-trustedProxies);
}

function toName(authority: string): string {
  return authority.trim().toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
}
