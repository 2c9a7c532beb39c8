import 'server-only';
import ipaddr from 'ipaddr.js';

const IPV6_NETWORK_PARTS = 4;
// Node identifiers as RFC 7239 §6 writes them: with a port, with an IPv6 address in brackets, or quoted.
const WITH_PORT = /^(?:([\d.]+)|\[([^\]]*)\])(?::(?:\d{1,5}|_[\w.-]+))?$/;

/**
 * The network address that a request comes from: an IPv4 address, or the /64 network of an IPv6 address,
 * which is what one customer has. Only the hops of X-Forwarded-For that `trustedProxies` proxies have added
 * are used, because a client can write the others. A hop that is no address (`unknown`, `_hidden`, empty)
 * counts as the peer. Undefined where the peer is unknown, too.
 */
export function toClientAddress(
  peerAddress: string | undefined,
  forwardedFor: string | null,
  trustedProxies: number,
): string | undefined {
  const hops = [...(forwardedFor ?? '').split(','), peerAddress ?? ''];
  return toNetwork(hops.at(-1 - trustedProxies) ?? '') ?? toNetwork(peerAddress ?? '');
}

function toNetwork(hop: string): string | undefined {
  const text = hop.trim().replace(/^"(.*)"$/, '$1');
  const [, ipv4, ipv6] = WITH_PORT.exec(text) ?? [];
  const address = ipv4 ?? ipv6 ?? text;
  // The library also takes octal, hexadecimal and shortened IPv4 addresses, which proxies do not write.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return address;
  if (!ipaddr.IPv6.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${parsed.parts
    .slice(0, IPV6_NETWORK_PARTS)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
