import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toClientAddress } from '@/lib/server/limits/client-address';

test.each([
  ['203.0.113.9', null, 0, '203.0.113.9'],
  ['::ffff:203.0.113.9', null, 0, '203.0.113.9'],
  ['203.0.113.9', '198.51.100.1', 0, '203.0.113.9'],
  ['10.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
  ['10.0.0.1', 'forged, 198.51.100.1', 1, '198.51.100.1'],
  ['10.0.0.1', '192.0.2.66,198.51.100.1 , 10.0.0.2', 2, '198.51.100.1'],
  ['10.0.0.1', null, 1, '10.0.0.1'],
  ['10.0.0.1', '198.51.100.1', 2, '10.0.0.1'],
  ['10.0.0.1', 'garbage', 1, '10.0.0.1'],
  ['10.0.0.1', '198.51.100.1:5678', 1, '198.51.100.1'],
  ['10.0.0.1', '"198.51.100.1:5678"', 1, '198.51.100.1'],
  ['10.0.0.1', '198.51.100.1:_port', 1, '198.51.100.1'],
  ['10.0.0.1', '[2001:db8:1:2::9]:80', 1, '2001:db8:1:2::/64'],
  ['10.0.0.1', '"[2001:db8:1:2::9]"', 1, '2001:db8:1:2::/64'],
  ['10.0.0.1', '[::1]:80', 1, '0:0:0:0::/64'],
  ['10.0.0.1', '::ffff:198.51.100.1', 1, '198.51.100.1'],
  ['10.0.0.1', '[::ffff:198.51.100.1]:443', 1, '198.51.100.1'],
  ['10.0.0.1', '::ffff:c633:6401', 1, '198.51.100.1'],
  ['10.0.0.1', '2001:db8:1:2::9%eth0', 1, '2001:db8:1:2::/64'],
  ['10.0.0.1', '192.0.2.66, unknown', 1, '10.0.0.1'],
  ['10.0.0.1', '_obfuscated', 1, '10.0.0.1'],
  ['10.0.0.1', '192.0.2.66,', 1, '10.0.0.1'],
  ['10.0.0.1', '192.0.2.66, \t ', 1, '10.0.0.1'],
  ['10.0.0.1', '1', 1, '10.0.0.1'],
  ['10.0.0.1', '0x7f.0.0.1', 1, '10.0.0.1'],
  ['10.0.0.1', '198.51.100.1:', 1, '10.0.0.1'],
  ['10.0.0.1', '198.51.100.1:123456', 1, '10.0.0.1'],
  ['10.0.0.1', '198.51.100.256', 1, '10.0.0.1'],
  ['10.0.0.1', '[198.51.100.1]', 1, '198.51.100.1'],
  ['10.0.0.1', '[]', 1, '10.0.0.1'],
  [undefined, 'unknown', 1, undefined],
  [undefined, '198.51.100.1', 0, undefined],
  [undefined, '198.51.100.1', 1, '198.51.100.1'],
  ['2001:db8:1:2:3:4:5:6', null, 0, '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', null, 0, '2001:db8:1:2::/64'],
])('peer %s, X-Forwarded-For %j, %d proxies: %s', (peer, forwarded, proxies, address) => {
  expect(toClientAddress(peer, forwarded, proxies)).toBe(address);
});

test('the client address does not depend on the port in X-Forwarded-For', () => {
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6().map((ipv6) => `[${ipv6}]`),
  );
  fc.assert(
    fc.property(address, fc.nat(65_535), (hop, port) => {
      const counted = toClientAddress('10.0.0.1', hop, 1);
      expect(counted).not.toBe('10.0.0.1');
      expect(toClientAddress('10.0.0.1', `${hop}:${port}`, 1)).toBe(counted);
    }),
  );
});

test('text that the client puts into X-Forwarded-For does not change its address', () => {
  const hop = fc.ipV4().map((address) => address);
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(hop, { minLength: 1, maxLength: 4 }),
      hop,
      (written, added, peer) => {
        const forged = [written, ...added].join(',');
        const unforged = added.join(',');
        expect(toClientAddress(peer, forged, added.length)).toBe(
          toClientAddress(peer, unforged, added.length),
        );
        expect(toClientAddress(peer, forged, 0)).toBe(peer);
      },
    ),
    { numRuns: 5_000 },
  );
});
