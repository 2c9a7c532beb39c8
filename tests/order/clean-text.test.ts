import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanDraft, cleanText, isBlank } from '@/lib/order/clean-text';
import { hostileTexts } from '@/tests/simulator/hostile-scenario';

const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;
const NINE_MARKS = /\p{M}{9}/u;

// Mostly characters that the function treats: controls, overrides, marks, lone surrogates, spaces.
const oddText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'\u0000\t\n\r\u001b\u0085\u202e\u2066\u2069\u0301\u0327\u0489 aé…\u00a0'),
    fc.constantFrom('\ud83d', '\ude42', '\u0958', '\u1100\u1161', '\u{1d15e}', '\u200d', '\ufe0f'),
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  ),
  maxLength: 60,
});

test('any cleaned text has no control, bidi override, lone surrogate or stack of nine marks', () => {
  fc.assert(
    fc.property(oddText, (text) => {
      const clean = cleanText(text);
      expect(clean).not.toMatch(UNSAFE);
      expect(clean).not.toMatch(NINE_MARKS);
      expect(clean.isWellFormed()).toBe(true);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('cleaning is idempotent at any length', () => {
  const longText = fc
    .tuple(oddText, fc.integer({ min: 1, max: 2_000 }))
    .map(([text, times]) => text.repeat(times).slice(0, 30_000));
  const isSettled = (text: string) => {
    const clean = cleanText(text);
    expect(cleanText(clean)).toBe(clean);
  };
  fc.assert(fc.property(oddText, isSettled), { numRuns: 5_000 });
  fc.assert(fc.property(longText, isSettled), { numRuns: 5_000 });
}, 30_000);

test.each([
  ['Arabic', hostileTexts.arabic],
  ['Hebrew', hostileTexts.hebrew],
  ['Hindi', 'नमस्ते, क्या ये केले ठीक हैं? क्षत्रिय'],
  ['Thai', 'สวัสดีค่ะ กล้วยแบบนี้ได้ไหม น้ำ'],
  ['Vietnamese', 'Chào bạn, chuối này được không?'],
  ['Korean', '안녕하세요, 이 바나나 괜찮으세요?'],
  ['emoji with joiners, skin tones and flags', hostileTexts.emoji],
  ['text with direction marks', 'abc \u200f(ב)\u200e def'],
  ['lines', 'first\nsecond\n\nfourth'],
])('%s is not changed', (_, text) => {
  expect(cleanText(text)).toBe(text);
});

test('every kind of line break becomes a line feed, tabs become spaces, edges are trimmed', () => {
  expect(cleanText(' \r\n a\r\nb\rc\td \n')).toBe('a\nb\nc d');
});

test('several empty lines become one', () => {
  expect(cleanText('a\r\n\r\n\u0000\r\nb\n\nc')).toBe('a\n\nb\n\nc');
});

test('a stack of marks keeps its first eight', () => {
  expect(cleanText(`q${'\u0301'.repeat(500)}r`)).toBe(`q${'\u0301'.repeat(8)}r`);
});

test('a stack of marks does not restart after an invisible joiner', () => {
  const stack = `q${`${'\u0301'.repeat(8)}\u200d`.repeat(60)}r`;
  expect([...cleanText(stack)].filter((letter) => letter === '\u0301')).toHaveLength(8);
});

test('marks in the wrong order are cut before they are normalised, so that n and 2n take the same time', () => {
  const cpuMs = (text: string) => {
    const startedAt = process.cpuUsage();
    for (let run = 0; run < 5; run++) expect(cleanText(text)).toMatch(/^q\p{M}{8}/u);
    const { user, system } = process.cpuUsage(startedAt);
    return (user + system) / 1_000;
  };
  for (const stack of [64, 12, 8]) {
    const half = `q${'\u0316\u0300'.repeat(stack / 2)}`.repeat(524_288 / (stack + 1));
    cpuMs(half);
    expect(cpuMs(half + half)).toBeLessThan(1.5 * cpuMs(half) + 60);
  }
});

test.each(['\v', '\f', '\u0085', '\u2028', '\u2029', '\r', '\r\n'])(
  'the line break %j stays a line break, in what is shown and in what is sent',
  (lineBreak) => {
    const text = `2 bananas${lineBreak}1 milk`;
    expect(cleanText(text)).toBe('2 bananas\n1 milk');
    expect(cleanDraft(text)).toBe('2 bananas\n1 milk');
  },
);

test.each([
  ...[
    '',
    ' ',
    '\u00a0',
    '\u3000',
    '\u200b',
    '\u200b\u200d\u2060\ufeff',
    '\u00ad',
    '\u034f',
    '\u061c',
  ],
  ...[
    '\u3164',
    '\u115f\u1160',
    '\uffa0',
    '\u2800',
    '\ufffc',
    '\ufff9\ufffa\ufffb',
    '\ufe0f',
    '\u180e',
  ],
  ...[
    '\u{e0041}\u{e007f}',
    '\u{e0100}',
    '\u{1d159}',
    '\u{1d173}',
    '\u17b4',
    '\uffff',
    '\u2028',
    '\u0000',
  ],
  ...[' \u2800\n\u200b ', '\u202e\u2066'],
])('text without a visible character is empty: %j', (text) => {
  expect(cleanText(text)).toBe('');
  expect(isBlank(cleanDraft(text))).toBe(true);
});

test.each([
  'a\u200b',
  '.',
  '0',
  '🙂',
  '👩‍🌾',
  '\u{1f3f4}\u{e0067}\u{e007f}',
  '한',
  '⠁',
  '\u0600',
  '\ufffd',
  '♥\ufe0f',
])('text with a visible character is not empty: %j', (text) => {
  expect(cleanText(text)).toBe(text);
  expect(isBlank(text)).toBe(false);
});

test('lone surrogates are replaced as String.prototype.toWellFormed does it', () => {
  const units = fc.constantFrom('\ud83d', '\ude42', 'a', '\u2028', '🙂');
  fc.assert(
    fc.property(fc.string({ unit: units, maxLength: 20 }), (text) => {
      const wellFormed = text.toWellFormed().replaceAll('\u2028', '\n');
      const { toWellFormed } = String.prototype;
      Reflect.deleteProperty(String.prototype, 'toWellFormed');
      const draft = cleanDraft(text);
      Object.defineProperty(String.prototype, 'toWellFormed', {
        value: toWellFormed,
        ...{ configurable: true, writable: true },
      });
      expect(draft).toBe(wellFormed.trim());
    }),
    { numRuns: 2_000 },
  );
});

test('text over 20,000 units is cut with an ellipsis, also if normalisation makes it longer', () => {
  expect(cleanText('x'.repeat(20_000))).toBe('x'.repeat(20_000));
  expect(cleanText('x'.repeat(20_001))).toBe(`${'x'.repeat(20_000)}…`);
  expect(cleanText('\u0958'.repeat(15_000))).toHaveLength(20_001);
});

test('a cleaned draft loses controls, overrides and the space around it, and no visible character', () => {
  expect(cleanDraft(' a\r\nb\rc\t\u0000d\u202e\u2066e\ud83d \n')).toBe('a\nb\nc de\ufffd');
  const marks = `a${'\u0301'.repeat(40)}`;
  for (const text of [marks, 'a\n\n\n\nb', 'x'.repeat(30_000), '👨‍👩‍👧‍👦', 'e\u0301'])
    expect(cleanDraft(text)).toBe(text);
  fc.assert(
    fc.property(oddText, (text) => {
      const draft = cleanDraft(text);
      expect(draft).not.toMatch(UNSAFE);
      expect(cleanDraft(draft)).toBe(draft);
      // The thread shows the same text, whether it was cleaned as a draft before or not.
      expect(cleanText(draft)).toBe(cleanText(text));
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('leading white space does not count for the limit, and removed characters do', () => {
  expect(cleanText(`${' '.repeat(40_001)}Hello`)).toBe('Hello');
  expect(cleanText(`a${'\u202e'.repeat(40_000)}b`)).toBe('a…');
});
