import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameText, toComparable } from '@/lib/order/same-text';

const piece = fc.constantFrom(
  ...[
    'a',
    '1',
    '’',
    "'",
    '…',
    '...',
    '.',
    '-',
    '—',
    '&rsquo;',
    '&eacute;',
    'é',
    '牛',
    '奶',
    '&',
    ';',
  ],
);
const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));

test('texts that are the same have equal keys, in both orders', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const isSame = isSameText(one, other);
      expect(isSameText(other, one)).toBe(isSame);
      if (isSame) expect(toComparable(one)).toBe(toComparable(other));
    }),
    { numRuns: 20_000 },
  );
}, 30_000);

test('different texts may have equal keys', () => {
  expect(toComparable('牛奶')).toBe(toComparable('鸡蛋'));
  expect(isSameText('牛奶', '鸡蛋')).toBe(false);
});

test.each([
  ['café', 'caf&eacute;'],
  ['a', '&amp;amp;#97;'],
  ['a---b', 'a—b'],
  ['\u{10ffff}', '&#1114111;'],
])('%j and %j are the same text, in both orders', (one, other) => {
  expect([isSameText(one, other), isSameText(other, one)]).toEqual([true, true]);
});

test.each([
  ['cafe', 'caf&eacute;'],
  ['a', '&amp;amp;amp;#97;'],
  ['👍', '!'],
  ['x', '&#1114112;'],
])('%j and %j are different texts, in both orders', (one, other) => {
  expect([isSameText(one, other), isSameText(other, one)]).toEqual([false, false]);
});

test('a key has "&" for each character that an entity may encode, and no white space', () => {
  expect(toComparable('Cr&egrave;me, 2 牛')).toBe('Cr&me&2&');
  expect(toComparable('Crème, 2 牛')).toBe('Cr&me&2&');
});
