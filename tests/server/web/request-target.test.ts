import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAuthority, readRequestTarget } from '@/lib/server/web/request-target';

const token = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..ERERERERERERERER.Y70x_fOz-5Kq.rp2Pnf7zmTTI';
const invalid = { kind: 'invalid' };
const toPath = (path: string) => ({ kind: 'path', path });
const toRedirect = (location: string) => ({ kind: 'redirect', location });

test.each([
  ['/api/links', '/api/links'],
  ['/api/links?a=/../b', '/api/links'],
  ['*', '*'],
  ['/', '/'],
  ['?', undefined],
  ['', undefined],
  ['http://localhost/api/links', '/api/links'],
  ['HTTPS://orders.example:8080/api/links?x', '/api/links'],
  ['http://[::1]:3000/healthz', '/healthz'],
  ['http://orders.example', '/'],
  ['http://orders.example?x', '/'],
  ['http://localhost/x/../api/links', '/x/../api/links'],
  ['http://localhost/x/%2e%2e/api/links', '/x/%2e%2e/api/links'],
  ['http://localhost/x\\..\\api\\links', '/x\\..\\api\\links'],
  ['http://localhost\\api\\links', '/\\api\\links'],
  ['http://localhost//api/links', '//api/links'],
  ['http://localhost/./api/links', '/./api/links'],
  ['http://localhost/api/lin\tks', '/api/lin\tks'],
  ['/x/../api/links', '/x/../api/links'],
  ['//localhost/api/links', '//localhost/api/links'],
  ['/%61pi/links', '/%61pi/links'],
  ['/API/links', '/API/links'],
])('the path of target %s is %s, without normalization', (target, path) => {
  expect(readRequestTarget(target)).toEqual(path === undefined ? invalid : toPath(path));
});

test.each([
  'file:///api/links',
  'ws://localhost/api/links',
  'wss://localhost/api/links',
  'ftp://localhost/api/links',
  'javascript:/api/links',
  'http:/api/links',
  'http:api/links',
  'http:///api/links',
  'http://user@localhost/api/links',
  'http://user:pass@localhost/api/links',
  'http://[/api/links',
  'http://a b/api/links',
  'http://localhost:x/api/links',
  'localhost:3000',
  'api/links',
  ' /api/links',
])('target %s is refused', (target) => {
  expect(readRequestTarget(target)).toEqual(invalid);
});

test.each([
  ['/order', '/order'],
  ['/order/', '/order'],
  ['/Order', '/order'],
  ['/ORDER/', '/order'],
  ['/s/', '/s'],
  ['/S', '/s'],
  ['/embed/', '/embed'],
  ['/Embed', '/embed'],
  ['/embed/check/', '/embed/check'],
  ['/order/?theme=dark', '/order'],
  ['http://localhost/Order/', '/order'],
  ['/order//', '/order//'],
  ['//order', '//order'],
  ['/order/.', '/order/.'],
  ['/order/x', '/order/x'],
  ['/orders', '/orders'],
  ['/%6frder', '/%6frder'],
  ['/Healthz/', '/Healthz/'],
  ['/embed.JS', '/embed.JS'],
  // The long s (U+017F) has an ASCII letter as its upper case.
  ['/\u017f', '/\u017f'],
])('target %s has the path %s', (target, path) => {
  expect(readRequestTarget(target)).toEqual(toPath(path));
});

test.each([
  [`/order%23${token}`, `/order#${token}`],
  [`/order%2523${token}`, `/order#${token}`],
  [`/order#${token}`, `/order#${token}`],
  [`/Order/%23${token}`, `/order#${token}`],
  [`/embed%23${token}`, `/embed#${token}`],
  ['/s%23AAAAAAAAAAAAAAAAAAAAAA', '/s#AAAAAAAAAAAAAAAAAAAAAA'],
  [`http://localhost/order%23${token}?utm_source=sms`, `/order#${token}`],
  [`/order%23${token}&utm_source=sms`, `/order#${token}`],
  [`/order%23${token}%3Futm_source=sms`, `/order#${token}`],
  [`/order%23%20${token}%20`, `/order#${token}`],
  [`/order%23/${token}/`, `/order#${token}`],
  [`/order%23${token}...`, `/order#${token}`],
  [`/order%23${token})`, `/order#${token}`],
  ['/order%23', '/order'],
  ['/order%23%0d%0aset-cookie:a=b', '/order#set-cookie'],
  ['/order%23//evil.example', '/order#evil.example'],
  ['/order%23javascript:alert(1)', '/order#javascript'],
])('target %s is redirected to %s', (target, location) => {
  expect(readRequestTarget(target)).toEqual(toRedirect(location));
});

test.each(['/embed/check%23x', '/nowhere%23x', '/%23x', '//evil.example%23x', '/order%2f%23x'])(
  'target %s is not redirected to a page',
  (target) => expect(readRequestTarget(target)).toEqual(toPath(target)),
);

test('every redirect leads to a page of this server with at most a token as its fragment', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '/order',
      '/s',
      '/embed',
      '%23',
      '#',
      '%2523',
      '//',
      '\\',
      '..',
      '%0d%0a',
      '.',
      '-',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('https://evil.example', 'evil.example/a?b#c', 'javascript:alert(1)'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const target = readRequestTarget(`/order${pieces.join('')}`);
      if (target.kind === 'redirect')
        expect(target.location).toMatch(/^\/(?:order|s|embed)(?:#[\w.-]*[\w-])?$/);
      else if (target.kind === 'path') expect(target.path).toMatch(/^\//);
    }),
    { numRuns: 2_000 },
  );
}, 30_000);

test('a target of 60,000 characters is parsed in linear time', () => {
  const units = ['.', '%20', '/', '%25', '%23', '#', '-', 'a.', '%'];
  const work = (count: number) => {
    const startedAt = process.cpuUsage().user;
    for (const unit of units)
      for (const target of [`/order%23${unit.repeat(count)}`, `/order${unit.repeat(count)}`])
        readRequestTarget(target);
    return process.cpuUsage().user - startedAt;
  };
  work(1_000);
  // Quadratic time would be seconds.
  expect(work(60_000)).toBeLessThan(500_000);
});

test.each([
  ['', true],
  ['shop.example:65535', true],
  ['shop.example:65536', false],
])('the Host field %j is valid: %s', (host, expected) => {
  expect(isAuthority(host)).toBe(expected);
});
