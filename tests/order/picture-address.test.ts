import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasUnsupportedFormat, toPictureId, toUncachedUrl } from '@/lib/order/picture-address';

const SIGNED =
  'https://images.example.com/pic/d.png?X-Amz-Expires=900&X-Amz-Signature=8f%2Fab%3D%3D&v';

test('the id of a picture is its address without query and fragment', () => {
  expect(toPictureId(SIGNED)).toBe('https://images.example.com/pic/d.png');
  expect(toPictureId(SIGNED.replace('900', '901'))).toBe(toPictureId(SIGNED));
  expect(toPictureId('https://images.example.com/d.png#1')).toBe(
    'https://images.example.com/d.png',
  );
});

test.each([
  ['https://images.example.com/a.heic', true],
  ['https://images.example.com/a.HEIC?sig=a.png', true],
  ['https://images.example.com/a.tiff', true],
  ['https://images.example.com/a.tif', true],
  ['https://images.example.com/a.mov.png', false],
  ['https://images.example.com/a.png?name=a.heic', false],
  ['https://images.example.com/heic', false],
])('%s: unshowable %s', (url, expected) => {
  expect(hasUnsupportedFormat(url)).toBe(expected);
});

test('each attempt has a new address with equivalent parameters', () => {
  const attempts = [1, 2, 3].map((attempt) => toUncachedUrl(SIGNED, attempt));
  expect(new Set([SIGNED, ...attempts]).size).toBe(4);
  for (const url of attempts) {
    const [before, after] = [new URL(SIGNED), new URL(url)];
    expect([after.origin, after.pathname]).toEqual([before.origin, before.pathname]);
    expect([...after.searchParams]).toEqual([...before.searchParams]);
  }
  expect(toUncachedUrl('https://images.example.com/a.png', 2)).toBe(
    'https://images.example.com/a.png?retry=2',
  );
});

test('a new address for any address with a query keeps path and parameters', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.integer({ min: 1, max: 9 }),
      (url, attempt) => {
        fc.pre(new URL(url).search !== '');
        const [before, after] = [new URL(url), new URL(toUncachedUrl(url, attempt))];
        expect(after.pathname).toBe(before.pathname);
        expect([...after.searchParams]).toEqual([...before.searchParams]);
      },
    ),
    { numRuns: 1_000 },
  );
}, 60_000);

test.each([
  ['?sig=ab-9', 1, '?sig=ab-%39'],
  ['?sig=ab-9', 2, '?sig=a%62-9'],
  ['?sig=ab-9', 3, '?sig=%61b-9'],
  ['?sig=ab-9', 4, '?sig=ab-9'],
  ['?sig=ab-9#top', 1, '?sig=ab-%39#top'],
  ['#top', 1, '?retry=1'],
  ['?v=o', 1, '?v=%6F'],
  ['?v=x%2F', 1, '?v=%78%2F'],
  ['?a=1&b=2', 2, '?a=%31&b=2'],
  ['?a=1&flag', 1, '?a=%31&flag'],
  ['?flag', 1, '?flag'],
  ['', 3, '?retry=3'],
])('the query %j has at attempt %d the form %j', (query, attempt, expected) => {
  const address = 'https://images.example.com/size=2/a.png';
  expect(toUncachedUrl(address + query, attempt)).toBe(address + expected);
});
