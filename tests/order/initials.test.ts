import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toColorIndex, toInitials } from '@/lib/order/initials';

test.each([
  ['Zelma', 'Z'],
  ['zelma fitzgerald', 'ZF'],
  ['Ana María de la Cruz', 'AC'],
  ['  Jean-Luc  ', 'J'],
  ['O’Brien', 'O'],
  ['👩🏽‍🚀 Ada (she/her)', 'AH'],
  ['É\u0301mile', 'É\u0301'],
  ['עמית לוי', 'על'],
  ['', '?'],
  ['123 :-)', '?'],
])('the initials of "%s" are %s', (name, initials) => {
  expect(toInitials(name)).toBe(initials);
});

test('any name has initials of at most two letters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const initials = toInitials(name);
      expect(initials).toMatch(/^(\?|[\p{L}\p{M}ʼ]+)$/u);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('one id always has the same colour, and ids use all colours evenly', () => {
  const counts = Array.from({ length: 6 }, () => 0);
  for (let id = 0; id < 6_000; id++) {
    const index = toColorIndex(String(55_655_000 + id), 6);
    expect(toColorIndex(String(55_655_000 + id), 6)).toBe(index);
    counts[index] = (counts[index] ?? NaN) + 1;
  }
  for (const count of counts) expect(count).toBeGreaterThan(600);
});

test('the colour is the FNV-1a hash of the id, modulo the number of colours', () => {
  // Test vectors of the FNV-1a specification, 32 bits: "" 0x811c9dc5, "a" 0xe40c292c, "foobar" 0xbf9cf968.
  expect(toColorIndex('', 1_000)).toBe(0x811c9dc5 % 1_000);
  expect(toColorIndex('a', 1_000)).toBe(0xe40c292c % 1_000);
  expect(toColorIndex('foobar', 1_000)).toBe(0xbf9cf968 % 1_000);
});
