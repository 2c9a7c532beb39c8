import 'server-only';
import ipaddr from 'ipaddr.js';

const IPV6_NETWORK_PARTS = 4;
// Node identifiers of RFC 7239 §6: with a port, with an IPv6 address in brackets, or quoted.
const WITH_PORT = /^(?:([\d.]+)|\[([^\]]*)\])(?::(?:\d{1,5}|_[\w.-]+))?$/;

/**
 * Returns the client's network: an IPv4 address, or the /64 network of an IPv6 address, which is the usual size for
 * one customer. Uses only the hops of X-Forwarded-For that the `trustedProxies` proxies have added, because a client
 * can forge the others. A hop without an address (`unknown`, `_hidden`, empty) is replaced by the peer's address.
 * Returns undefined if the peer's address is unknown too.
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
  // ipaddr.js also accepts octal, hexadecimal and shortened IPv4 addresses, which proxies do not write.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return address;
  if (!ipaddr.IPv6.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${parsed.parts
    .slice(0, IPV6_NETWORK_PARTS)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
