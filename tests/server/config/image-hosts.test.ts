import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseImageHost, toImageSources, toImageUrl } from '@/lib/server/config/image-hosts';

function hosts(...texts: string[]) {
  return texts.map((text) => {
    const host = parseImageHost(text);
    if (!host) throw new Error(`no host: ${text}`);
    return host;
  });
}

const production = hosts('*.instacart.com', 'images.example.com');

test('an https URL on a listed host is allowed and normalized', () => {
  expect(toImageUrl('https://d.instacart.com/a.png?w=2#x', production)).toBe(
    'https://d.instacart.com/a.png?w=2#x',
  );
  expect(toImageUrl('HTTPS://IMAGES.EXAMPLE.COM:443/a b.png', production)).toBe(
    'https://images.example.com/a%20b.png',
  );
  expect(toImageUrl('https://a.b.instacart.com/', production)).toBe('https://a.b.instacart.com/');
});

test.each([
  ['a text that is not a URL', 'SomeURL'],
  ['an empty text', ''],
  ['a javascript: URL', 'javascript:alert(1)//d.instacart.com'],
  ['a data: URL', 'data:image/svg+xml,<svg onload="alert(1)"/>'],
  ['an http URL', 'http://d.instacart.com/a.png'],
  ['a URL without a scheme', '//d.instacart.com/a.png'],
  ['a foreign host', 'https://evil.example/a.png'],
  ['the bare domain behind a wildcard', 'https://instacart.com/a.png'],
  ['a host with the same ending', 'https://evilinstacart.com/a.png'],
  ['a host with the same beginning', 'https://d.instacart.com.evil.example/a.png'],
  ['a subdomain of an exact host', 'https://a.images.example.com/a.png'],
  ['a host in Cyrillic letters', 'https://d.inѕtаcart.com/a.png'],
  ['a host with a dot at its end', 'https://d.instacart.com./a.png'],
  ['a URL with a user', 'https://user@d.instacart.com/a.png'],
  ['a URL with a password', 'https://:secret@d.instacart.com/a.png'],
  ['a URL with a port', 'https://d.instacart.com:8443/a.png'],
  ['a backslash before an @', 'https://evil.example\\@d.instacart.com/a.png'],
  ['a loopback host that is not listed', 'http://localhost:4010/a.png'],
  ['a URL that is too long', `https://d.instacart.com/${'a'.repeat(2_048)}`],
])('%s is not allowed', (_, text) => {
  expect(toImageUrl(text, production)).toBeUndefined();
});

test('loopback hosts may use http and a port, but no other port than a listed one', () => {
  const local = hosts('localhost:4010', '127.0.0.1');
  expect(toImageUrl('http://localhost:4010/a.png', local)).toBe('http://localhost:4010/a.png');
  expect(toImageUrl('http://localhost:4011/a.png', local)).toBeUndefined();
  expect(toImageUrl('http://127.0.0.1:9/a.png', local)).toBe('http://127.0.0.1:9/a.png');
  expect(toImageUrl('ftp://127.0.0.1/a.png', local)).toBeUndefined();
});

test.each([
  '',
  '*',
  'https://a.com',
  'a.com/x',
  'a.com:443',
  '*.*.com',
  'a b.com',
  '-a.com',
  "'*'",
])('"%s" is not accepted as a host', (text) => {
  expect(parseImageHost(text)).toBeUndefined();
});

test('the sources of the policy use https, and http for loopback hosts only', () => {
  expect(toImageSources(hosts('*.Instacart.com', 'localhost:4010', 'localhost'))).toEqual([
    'https://*.instacart.com',
    'https://localhost:4010',
    'http://localhost:4010',
    'https://localhost:*',
    'http://localhost:*',
  ]);
});

test('every URL that is allowed is https on a listed host', () => {
  const scheme = fc.constantFrom(
    'https:',
    'http:',
    'javascript:',
    'data:',
    'HTTPS:',
    'blob:https:',
  );
  const host = fc.oneof(
    fc.domain(),
    fc.constantFrom('instacart.com', 'd.instacart.com', 'images.example.com', '10.0.0.1', '[::1]'),
    fc.constantFrom('d.instacart.com.evil.example', 'xinstacart.com', 'd。instacart。com', '%2e'),
  );
  const separators = fc.string({
    unit: fc.constantFrom(
      '/',
      '\\',
      '@',
      ':',
      '?',
      '#',
      '.',
      'a',
      '\t',
      '\n',
      ' ',
      '%2f',
      '8',
      '*',
    ),
    maxLength: 6,
  });
  const url = fc
    .tuple(
      scheme,
      fc.constantFrom('//', '/\\', '', '/', '////'),
      separators,
      host,
      separators,
      fc.webPath(),
    )
    .map((parts) => parts.join(''));
  let passed = 0;
  fc.assert(
    fc.property(fc.oneof(url, fc.webUrl(), fc.string({ unit: 'binary' })), (text) => {
      const result = toImageUrl(text, production);
      if (result === undefined) return;
      passed += 1;
      const { protocol, hostname, port, username, password, href } = new URL(result);
      expect([protocol, port, username, password, href]).toEqual(['https:', '', '', '', result]);
      expect(hostname).toMatch(/^images\.example\.com$|\.instacart\.com$/);
    }),
    { numRuns: 50_000 },
  );
  expect(passed).toBeGreaterThan(100);
}, 30_000);
