import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toTextParts, type TextPart } from '@/lib/order/text-parts';

function links(text: string): TextPart[] {
  return toTextParts(text).filter(({ kind }) => kind !== 'text');
}

const address = (href: string, text = href) => ({ kind: 'link', text, href });
const phone = (text: string, href: string) => ({ kind: 'phone', text, href });

test('an https address becomes a link without the punctuation behind it', () => {
  expect(toTextParts('See https://example.com/a?b=1&c=2#d, please.')).toEqual([
    { kind: 'text', text: 'See ' },
    address('https://example.com/a?b=1&c=2#d'),
    { kind: 'text', text: ', please.' },
  ]);
  expect(links('(https://example.com/list)…')).toEqual([address('https://example.com/list')]);
  expect(links('HTTPS://EXAMPLE.COM')).toEqual([
    address('https://example.com/', 'https://example.com'),
  ]);
});

test('a look-alike host is shown as the browser will follow it', () => {
  expect(links('https://exаmple.com/login')).toEqual([address('https://xn--exmple-4nf.com/login')]);
  expect(links('https://xn--80ak6aa92e.com')).toMatchObject([{ text: /^https:\/\/xn--/ }]);
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
  'https://user@example.com/',
  'https://www.instacart.com:pass@evil.example/',
  'www.example.com',
  'mail@example.com',
])('%s does not become a link', (text) => {
  expect(toTextParts(text)).toEqual([{ kind: 'text', text }]);
});

test.each([
  ['+14155550123', 'tel:+14155550123'],
  ['+442079460958', 'tel:+442079460958'],
  ['+1 (415) 555-0123', 'tel:+14155550123'],
  ['(415) 555-0123', 'tel:4155550123'],
  ['(415)555-0123', 'tel:4155550123'],
  ['415-555-0123', 'tel:4155550123'],
  ['415.555.0123', 'tel:4155550123'],
  ['1-415-555-0123', 'tel:14155550123'],
])('%s can be called', (text, href) => {
  expect(links(`Call ${text}, please.`)).toEqual([phone(text, href)]);
});

test.each([
  '4155550123',
  '2 x 12.99 = 25.98',
  '2026-11-21 14:41',
  'order 1234-555-0123-99',
  'A415-555-0123',
  '415-555-01234',
  '+0123456789',
])('%s is no phone number', (text) => {
  expect(toTextParts(text)).toEqual([{ kind: 'text', text }]);
});

test('an empty text has no parts', () => {
  expect(toTextParts('')).toEqual([]);
});

test('any text comes back whole, and every link is an https address or a phone number', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.webUrl({ validSchemes: ['https', 'http', 'javascript', 'data'], withQueryParameters: true }),
    fc.constantFrom('https://', 'tel:', '@', ' ', '.', '+1 (415) 555-0123', '415-555-0123', '\n'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      let rest = text;
      for (const part of toTextParts(text)) {
        if (part.kind === 'link') {
          const url = new URL(part.href);
          expect(url.protocol).toBe('https:');
          expect(url.username + url.password).toBe('');
          expect(part.text).toContain(url.host);
          // What stands in the text is the same address, perhaps not in normal form.
          const written = longestAddress(rest, part.href);
          expect(written).toBeGreaterThan(0);
          rest = rest.slice(written);
        } else {
          if (part.kind === 'phone') expect(part.href).toMatch(/^tel:\+?\d{8,15}$|^tel:\d{10}$/);
          expect(rest.startsWith(part.text)).toBe(true);
          rest = rest.slice(part.text.length);
        }
      }
      expect(rest).toBe('');
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

/** How much of the start of `text` is an address whose normal form is `href`. */
function longestAddress(text: string, href: string): number {
  const candidate = /^\S+/.exec(text)?.[0] ?? '';
  for (let length = candidate.length; length > 0; length--) {
    const head = candidate.slice(0, length);
    if (!/[.,;:!?)\]…]$/u.test(head) && URL.canParse(head) && new URL(head).href === href)
      return length;
  }
  return 0;
}

test('hostile text of full length is read in no time', () => {
  for (const piece of ['.', '…', '(', '1', '+1', 'https://', 'https://a)', '415-555-', '🙂']) {
    const startedAtMs = performance.now();
    toTextParts(`https://a${piece.repeat(20_000 / piece.length)}b`);
    expect(performance.now() - startedAtMs).toBeLessThan(250);
  }
});
