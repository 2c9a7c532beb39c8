import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldParts, isLong } from '@/lib/order/fold-text';
import { linkify } from '@/lib/order/linkify';

const fold = (body: string) => foldParts(linkify(body));
const foldText = (body: string) =>
  fold(body)
    .map(({ text }) => text)
    .join('');

test('a text without spaces after its first line is folded at 2,000 characters', () => {
  const body = `你好\n${'字'.repeat(4_000)}`;
  expect(foldText(body)).toBe(`你好\n${'字'.repeat(1_997)}…`);
});

test('a short text is not folded', () => {
  expect([isLong('x'.repeat(2_000)), isLong('x'.repeat(2_001))]).toEqual([false, true]);
  expect([isLong('\n'.repeat(39)), isLong('x\n'.repeat(41))]).toEqual([false, true]);
});

test('many line breaks are folded after 40 lines', () => {
  expect(foldText('x\n'.repeat(500))).toBe(`${'x\n'.repeat(39)}x…`);
  expect(foldText(`https://example.com/\n${'x\n'.repeat(500)}`).split('\n')).toHaveLength(40);
});

test('a word at the fold is left out if it begins near the fold, else cut', () => {
  expect(foldText(`${'x'.repeat(1_950)} ${'y'.repeat(90)}`)).toBe(`${'x'.repeat(1_950)}…`);
  expect(foldText(`${'x'.repeat(1_000)} ${'y'.repeat(5_000)}`)).toHaveLength(2_001);
  expect(foldText(`${'word '.repeat(400)}more`)).toBe(`${'word '.repeat(400).trim()}…`);
});

test('an address at the fold is kept or left out as a whole', () => {
  const address = `https://example.com/${'a'.repeat(300)}`;
  expect(fold(`${'x '.repeat(900)}${address} and more`)).toHaveLength(1);
  const first = fold(`${address} ${'x '.repeat(2_000)}`);
  expect(first[0]).toMatchObject({ kind: 'link', text: address });
  const huge = fold(`https://example.com/${'a'.repeat(3_000)}`);
  expect(huge).toEqual([{ kind: 'text', text: `https://example.com/${'a'.repeat(1_980)}…` }]);
});

// Without series of flags and Indic conjuncts, whose boundaries depend on more than the adjacent characters.
const CHARACTERS = ['👩🏽‍🚀', 'é', 'e\u0301', '字', '🙂', '👍🏽', 'x', '❤️', '각'];

test('no character is cut in two', () => {
  const segmenter = new Intl.Segmenter();
  fc.assert(
    fc.property(fc.constantFrom(...CHARACTERS), fc.nat(40), (character, lead) => {
      const body = `${'x'.repeat(lead)}${character.repeat(2_100)}`;
      const kept = foldText(body).slice(0, -1);
      expect(kept.length).toBeGreaterThan(1_890);
      expect(kept.length).toBeLessThanOrEqual(2_000);
      expect(body.startsWith(kept)).toBe(true);
      expect(segmenter.segment(body).containing(kept.length)?.index).toBe(kept.length);
    }),
    { numRuns: 60 },
  );
});

test('a run of flags that is longer than the search range is cut between code points', () => {
  const kept = foldText(`x${'🇨🇦'.repeat(600)}`).slice(0, -1);
  expect(kept.length).toBeGreaterThan(1_890);
  expect(kept).not.toMatch(/[\ud800-\udbff]$/);
});

test('any folded text is a prefix of the text, and not longer than the fold', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.webUrl({ validSchemes: ['https'] }),
    fc.constantFrom(' ', '\n', 'x'.repeat(150), '字'.repeat(150), '🙂'.repeat(90)),
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 20, maxLength: 60 }), (pieces) => {
      const body = pieces.join('').trim();
      fc.pre(isLong(body));
      const shown = foldText(body);
      expect(shown.endsWith('…')).toBe(true);
      expect(body.startsWith(shown.slice(0, -1))).toBe(true);
      expect(shown.length).toBeLessThanOrEqual(2_001);
      expect(shown.split('\n').length).toBeLessThanOrEqual(40);
    }),
    { numRuns: 1_000 },
  );
}, 30_000);

const text = (length: number, character = 'x') =>
  ({ kind: 'text', text: character.repeat(length) }) as const;
const link = (length: number) => {
  const address = 'https://example.com/'.padEnd(length, 'p');
  return { kind: 'link', text: address, href: address } as const;
};

test('parts that fill the fold exactly are kept whole', () => {
  expect(foldParts([text(1_970), link(30), { kind: 'text', text: ' more' }])).toEqual([
    ...[text(1_970), link(30), { kind: 'text', text: '…' }],
  ]);
  const lines = { kind: 'text', text: `${'x\n'.repeat(39)}x` } as const;
  expect(foldParts([lines, link(30), { kind: 'text', text: '\nmore' }])).toEqual([
    ...[lines, link(30), { kind: 'text', text: '…' }],
  ]);
});

test('an address at the fold is left out if at most half of the fold is left, and a text is cut', () => {
  expect(foldParts([text(1_000), link(1_500)])).toEqual([
    { kind: 'text', text: `${'x'.repeat(1_000)}…` },
  ]);
  expect(foldParts([text(999), link(1_500)])).toEqual([
    ...[text(999), { kind: 'text', text: `${link(1_500).text.slice(0, 1_001)}…` }],
  ]);
  expect(foldParts([text(990), link(30), link(1_500)])).toEqual([
    ...[text(990), link(30), { kind: 'text', text: '…' }],
  ]);
  expect(foldParts([text(1_500), link(30), text(1_000, 'y')])).toEqual([
    ...[text(1_500), link(30), { kind: 'text', text: `${'y'.repeat(470)}…` }],
  ]);
  expect(foldParts([])).toEqual([]);
});

test('the fold is moved back by at most 100 UTF-16 units', () => {
  expect(foldText(`${'x'.repeat(1_900)} ${'y'.repeat(200)}`)).toBe(`${'x'.repeat(1_900)}…`);
  expect(foldText('🇨🇦'.repeat(600))).toHaveLength(1_901);
});

test('a character is not cut after its zero-width joiner', () => {
  // The fold at 2,000 is after the joiner of the 286th character.
  expect(foldText('👩🏽‍🚀'.repeat(300))).toBe(`${'👩🏽‍🚀'.repeat(285)}…`);
});
