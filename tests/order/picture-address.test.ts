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
