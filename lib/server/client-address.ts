import 'server-only';
import ipaddr from 'ipaddr.js';

const IPV6_NETWORK_PARTS = 4;

/**
 * The network address that a request comes from: an IPv4 address, or the /64 of an IPv6 one, which is
 * what one customer has. Of X-Forwarded-For only what `trustedProxies` hops have added is believed; the
 * rest anyone can write. Undefined where nothing believable is an address.
 */
export function toClientAddress(
  peerAddress: string | undefined,
  forwardedFor: string | null,
  trustedProxies: number,
): string | undefined {
  const hops = [...(forwardedFor ?? '').split(','), peerAddress ?? ''].map((hop) => hop.trim());
  const address = hops.at(-1 - trustedProxies) || peerAddress;
  if (address === undefined || !ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${parsed.parts
    .slice(0, IPV6_NETWORK_PARTS)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
