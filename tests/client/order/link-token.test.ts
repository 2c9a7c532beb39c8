import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toEarlyRequestScript } from '@/lib/client/order/early-request-script';
import { readLinkToken } from '@/lib/client/order/use-link-token';
import { mintTestToken } from '@/tests/support/test-link';
import { copy } from '@/lib/order/copy/en-US/order-page';

const token = await mintTestToken({ oid: 'shopping' }, { nowMs: Date.now() });

const runEarlyScript = new Function(
  ...['location', 'self', 'fetch', 'AbortSignal', 'addEventListener'],
  toEarlyRequestScript(copy),
);

/** The token that the page's inline script sends with the early request. */
function readEarlyToken(hash: string): string {
  let authorization = 'Bearer ';
  const fetch = (_path: string, init: { headers: { authorization: string } }) => {
    authorization = init.headers.authorization;
    return new Promise(() => undefined);
  };
  const nothing = () => undefined;
  runEarlyScript({ hash }, {}, fetch, { timeout: nothing }, nothing);
  return authorization.slice('Bearer '.length);
}

/** `location.hash` of an address whose fragment is `fragment`, percent-encoded as browsers do it. */
function toHash(fragment: string): string {
  return new URL(`https://orders.example.com/order#${fragment}`).hash;
}

function expectToken(fragment: string, expected: string) {
  const hash = toHash(fragment);
  expect(readLinkToken(hash), hash.replace(expected, 'TOKEN')).toBe(expected);
  expect(readEarlyToken(hash), hash.replace(expected, 'TOKEN')).toBe(expected);
}

test.each([
  'TOKEN',
  'TOKEN?utm_source=sms&utm_medium=text',
  'TOKEN&utm_source=sms',
  'TOKEN?fbclid=abc123',
  '?TOKEN',
  '/TOKEN',
  '/TOKEN/',
  '%2FTOKEN',
  '%20TOKEN',
  ' TOKEN ',
  '%20%09TOKEN%20%0A',
  '+TOKEN',
  '%2520TOKEN%2520',
  '#TOKEN',
  '%23TOKEN',
  '%2523TOKEN',
  'TOKEN#TOKEN',
  'TOKEN%23other',
  '/#/TOKEN',
  'TOKEN.',
  'TOKEN...',
  'TOKEN…',
  'TOKEN。',
  'TOKEN،',
  'TOKEN।',
  'TOKEN)',
  'TOKEN%29.',
  '“TOKEN”',
  '«TOKEN»',
  '「TOKEN」',
  '<TOKEN>',
  '%3CTOKEN%3E',
  '*TOKEN*',
  '_TOKEN_',
  '*TOKEN_*',
  '~TOKEN~',
  '__TOKEN__',
  '*_TOKEN_*',
  '%20_TOKEN_%20',
  'TOKEN%20%E2%80%9D',
  'TOKEN\u200b',
  '\u200b\ufeffTOKEN\u2060',
  'TOKEN%25E2%2580%25A6',
  'TOKEN🙂',
  'TOKEN&#x200b;',
])('the token is found in the fragment %s', (fragment) => {
  expectToken(fragment.replaceAll('TOKEN', token), token);
  const id = randomBytes(16).toString('base64url');
  // A leading underscore may be the first character of a short link's id.
  if (!fragment.includes('_TOKEN')) expectToken(fragment.replaceAll('TOKEN', id), id);
});

test('a leading underscore belongs to a short link’s id', () => {
  for (const id of ['_abcdefghijklmnopqrstA', '_eyJdefghijklmnopqrstA', '__yJdefghijklmnopqrstA'])
    for (const fragment of [id, `/${id}`, `${id}.`]) expectToken(fragment, id);
});

test('invisible characters within a token are removed', () => {
  for (const invisible of ['\u200b', '\u200c', '\u200d', '\u200e', '\u2060', '\ufeff', '\u00ad'])
    expectToken(`${token.slice(0, 70)}${invisible}${token.slice(70)}`, token);
});

test.each(['', '#', '/', '%20', '?', '…', '%25', '%2520', '%E2%80%8B', '....', '%', '%2'])(
  'the fragment %s holds no token',
  (fragment) => {
    const hash = toHash(fragment);
    expect(readLinkToken(hash)).toBe(fragment === '%2' ? '2' : '');
    expect(readEarlyToken(hash)).toBe(readLinkToken(hash));
  },
);

test('page and inline script read the same token from any fragment, with token characters only', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('%', '%2', '%20', '%25', '.', '..', '-', '_', '#', '?', '&', token, 'abc'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const hash = toHash(pieces.join(''));
      const found = readLinkToken(hash);
      expect(found).toMatch(/^[\w.-]*$/);
      expect(readEarlyToken(hash)).toBe(found);
    }),
    { numRuns: 3_000 },
  );
}, 30_000);

test('punctuation and white space around a token are ignored', () => {
  const around = fc.array(
    fc.constantFrom('/', '#', '?', '&', ' ', '%20', '%2520', '.', ',', ')', '”', '。', '\u200b'),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(around, around, (before, after) =>
      expectToken(`${before.join('')}${token}${after.join('')}`, token),
    ),
    { numRuns: 2_000 },
  );
}, 30_000);

// A quadratic pattern takes hours for a million characters; the time limit of a test ends it.
test.each([
  '.',
  '-',
  '_',
  '_eyJ',
  '*_eyJ',
  'a',
  'a.',
  '..',
  '%',
  '%2',
  '%25',
  '%20',
  '25',
  '#',
  '\u200b',
  'a..',
])('a fragment of a million characters, made of %s, is read', (piece) => {
  const hash = toHash(piece.repeat(1_000_000 / piece.length));
  for (const text of [hash, `${hash}!`, `${hash}%`, `#${token}${hash}`, `#${token}${hash}!`])
    expect(readLinkToken(text)).toMatch(/^[\w.-]*$/);
});
