import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkify, type TextPart } from '@/lib/order/linkify';

function links(text: string): TextPart[] {
  return linkify(text).filter(({ kind }) => kind !== 'text');
}

const address = (href: string, text = href) => ({ kind: 'link', text, href });

test('an https address becomes a link without the punctuation after it', () => {
  expect(linkify('See https://example.com/a?b=1&c=2#d, please.')).toEqual([
    { kind: 'text', text: 'See ' },
    address('https://example.com/a?b=1&c=2#d'),
    { kind: 'text', text: ', please.' },
  ]);
  expect(links('(https://example.com/list)…')).toEqual([address('https://example.com/list')]);
  expect(links('HTTPS://EXAMPLE.COM')).toEqual([
    address('https://example.com/', 'HTTPS://EXAMPLE.COM'),
  ]);
});

test.each([
  ['Is https://en.wikipedia.org/wiki/Date_(fruit) what you mean?', 'Date_(fruit)'],
  ['(https://en.wikipedia.org/wiki/Date_(fruit)).', 'Date_(fruit)'],
  ['看这个 https://example.com/milk。可以吗', '/milk'],
  ['看这个https://example.com/milk，谢谢', '/milk'],
  ['“https://example.com/a”', '/a'],
  ['„https://example.com/a“', '/a'],
  ['«https://example.com/a»', '/a'],
  ['‹https://example.com/a›', '/a'],
  ['「https://example.com/a」', '/a'],
  ['（https://example.com/a）', '/a'],
  ['《https://example.com/a》', '/a'],
  ['هل هذا https://example.com/a؟', '/a'],
  ['https://example.com/a، شكرا', '/a'],
  ['https://example.com/a।', '/a'],
  ['https://example.com/a።', '/a'],
  ['https://example.com/a։', '/a'],
  ['‘https://example.com/a’', '/a'],
  ["'https://example.com/a'", '/a'],
  ["'https://example.com/a', 'https://example.com/b'", '/a'],
  ['"https://example.com/a"', '/a'],
  ['_https://example.com/a_', '/a'],
  ['_see https://example.com/a_', '/a'],
  ['__https://example.com/a__', '/a'],
  ['___https://example.com/a___', '/a'],
  ['**__https://example.com/a__**', '/a'],
  ['__see https://example.com/a__ now', '/a'],
  ['https://example.com/__init__', '/__init__'],
  ['*https://example.com/a*', '/a'],
  ['**https://example.com/a**', '/a'],
  ['*_https://example.com/a_*', '/a'],
  ['~https://example.com/a~', '/a'],
  ['`https://example.com/a`', '/a'],
  ['[milk](https://example.com/a)', '/a'],
  ['[https://example.com/a](https://example.com/a)', '/a'],
  ['[https://example.com/a]', '/a'],
  ['<https://example.com/a>', '/a'],
  ['{https://example.com/a}', '/a'],
  ['https://example.com/a(see below)', '/a'],
  ['https://example.com/a👍', '/a'],
  ['https://example.com/a…', '/a'],
  ['https://example.com/a?!', '/a'],
  ['https://example.com/a;', '/a'],
  ['https://example.com/a\u200b', '/a'],
  ['https://example.com/a\u202e', '/a'],
  ['https://example.com/a\u3000b', '/a'],
  ['https://example.com/a_b_', '/a_b_'],
  ['https://example.com/a/', '/a/'],
  ["https://example.com/Bob's_Burgers", "/Bob's_Burgers"],
  ['https://example.com/?q[]=1&r=(2)', '/?q[]=1&r=(2)'],
  ['https://example.com/牛奶', '/牛奶'],
  ['https://example.com/Bose–Einstein', '/Bose–Einstein'],
  ['https://example.com/Bose–', '/Bose'],
  ['https://example.com/a—yes', '/a'],
  ['https://example.com/a―yes', '/a'],
  ['https://example.com/a——可以', '/a'],
  ['https://example.com/a,b;c:d@e!f', '/a,b;c:d@e!f'],
  ['https://web.archive.org/https://example.com/a', 'archive.org/https://example.com/a'],
  ['https://example.com:8443/a.', ':8443/a'],
])('%s links to the address that ends in %s', (text, end) => {
  const [link] = links(text);
  expect(link?.text.endsWith(end), link?.text).toBe(true);
  expect(text).toContain(link?.text);
  expect(link).toMatchObject({ kind: 'link', href: new URL(link?.text ?? '').href });
  expect(link).not.toHaveProperty('host');
});

test.each([
  ['https://example.com.', 'https://example.com'],
  ['https://example.com)', 'https://example.com'],
  ['https://example.com(ok)', 'https://example.com'],
  ['https://example.com,https://example.org', 'https://example.com'],
  ['https://example.com: yes', 'https://example.com'],
  ['https://example.com。', 'https://example.com'],
  ['https://example.com_', 'https://example.com'],
  ['https://example.com👍', 'https://example.com'],
  ['https://example.com’s', 'https://example.com'],
])('in %s the host ends the address', (text, written) => {
  expect(links(text)[0]).toEqual(address('https://example.com/', written));
});

test.each([
  ['https://exаmple.com/login', 'xn--exmple-4nf.com'],
  ['https://münchen.example/', 'xn--mnchen-3ya.example'],
  ['https://ｅxample.com/', 'example.com'],
  ['https://%65xample.com/', 'example.com'],
  ['https://0x7f.1/', '127.0.0.1'],
  ['https://例え.jp/', 'xn--r8jz45g.jp'],
])('%s is shown as written, with the host that the browser opens', (text, host) => {
  expect(links(text)).toEqual([
    { kind: 'link', text, href: `https://${host}${new URL(text).pathname}`, host },
  ]);
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)//https:',
  'data:text/html;base64,PHNjcmlwdD4=',
  'http://example.com/plain',
  'ftp://example.com',
  'file:///etc/passwd',
  'vbscript:x',
  'xhttps://example.com',
  'https://',
  'https://...',
  'https:example.com',
  'https://localhost/',
  'https://example。com',
  'https://.com',
  'https://example.com@evil.example/',
  `https://${'a.'.repeat(150)}example/`,
  'https://user@example.com/',
  'https://www.instacart.com:pass@evil.example/',
  'www.example.com',
  'mail@example.com',
])('%s does not become a link', (text) => {
  expect(linkify(text)).toEqual([{ kind: 'text', text }]);
});

test('an empty text has no parts', () => {
  expect(linkify('')).toEqual([]);
});

test('the parts of any text are the whole text, and every link is an https address or a phone number', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.webUrl({ validSchemes: ['https', 'http', 'javascript', 'data'], withQueryParameters: true }),
    fc.constantFrom('https://', 'tel:', '@', ' ', '.', '+1 (415) 555-0123', '415-555-0123', '\n'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      const parts = linkify(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const part of parts) {
        if (part.kind === 'phone') expect(part.href).toMatch(/^tel:\+?\d{8,15}$|^tel:\d{10}$/);
        if (part.kind !== 'link') continue;
        const url = new URL(part.href);
        expect([url.protocol, url.username, url.password]).toEqual(['https:', '', '']);
        expect(new URL(part.text).href).toBe(part.href);
        expect(part.text.toLowerCase().includes(url.host)).toBe(part.host === undefined);
      }
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

const HOSTILE = [
  ...['.', '…', '(', ')', '()', '[', '1', '+1', '1 ', '(1', '415 ', '415-555-', '+4', '+4 (', '🙂'],
  ...['https://', 'https://a.b', 'https://a.b/', 'https://a)', 'https://a.b/(', "'https://a.b/'"],
  ...[
    '_https://a.b/_',
    'https://a.b/a_',
    'a.',
    'é',
    '@',
    '%',
    'order ',
    '# ',
    '*',
    '–',
    '。',
    '\u0301',
  ],
];

// Quadratic parsing would take minutes and exceed the time limit of the test.
test.each(HOSTILE)('100,000 characters of “%s” are parsed in linear time', (piece) => {
  for (const start of ['', 'https://a.b/']) {
    const text = `${start}${piece.repeat(100_000 / piece.length)}b`;
    const length = linkify(text).reduce((sum, part) => sum + part.text.length, 0);
    expect(length).toBe(text.length);
  }
});

test('an address with a path of 4,000 UTF-16 units or more is not a link', () => {
  const address = (length: number) => `https://a.example/${'x'.repeat(length - 1)}`;
  expect(linkify(address(3_999))).toMatchObject([{ kind: 'link', text: address(3_999) }]);
  for (const length of [4_000, 4_001])
    expect(linkify(address(length))).toEqual([{ kind: 'text', text: address(length) }]);
});

test('an address in single quotes ends at the quote, also in a long text', () => {
  const rest = `c' ${'more '.repeat(100)}`;
  expect(linkify(`'https://a.example/b'${rest}`)).toMatchObject([
    ...[{ text: "'" }, { kind: 'link', text: 'https://a.example/b' }, { text: `'${rest}` }],
  ]);
  expect(linkify("it’s 'here' https://a.example/b'c")[1]).toMatchObject({
    text: "https://a.example/b'c",
  });
});

test('the default port and an empty port do not make the host differ', () => {
  for (const port of [':', ':443'])
    expect(linkify(`https://a.example${port}/x`)).toEqual([
      { kind: 'link', text: `https://a.example${port}/x`, href: 'https://a.example/x' },
    ]);
});
