import { readFileSync } from 'node:fs';
import { parseEnv as parseEnvFile } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EnvironmentError, parseEnv } from '@/lib/server/env';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
const needed = { LINK_KEYS: `test:${key(1)}`, CONNECT_ACCESS_TOKEN: 't' };

function faults(source: Record<string, string>): string {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return '';
}

test('the example’s key, which everybody knows, mints no links for a page of the open web', () => {
  const example = parseEnvFile(readFileSync('.env.example', 'utf8')) as Record<string, string>;
  const open = { ...example, PUBLIC_URL: 'https://orders.example.com' };
  expect(faults(open)).toContain('LINK_KEYS must not have the key of .env.example');
  expect(faults({ ...open, LINK_KEYS: `a:${key(1)},b:${key(2)}` })).toBe('');
  expect(faults({ ...open, LINK_KEYS: `a:${key(1)},${example['LINK_KEYS']}=` })).not.toBe('');
});

test('no host name is one that would end its directive of the policy, or begin another', () => {
  for (const host of ['a.example;sandbox', 'a.example,', "a.example'", 'a.example;', '*.a.example'])
    expect(faults({ ...needed, EMBED_ORIGINS: `https://${host}` })).toContain('EMBED_ORIGINS');
  for (const host of ['a.example;sandbox', 'a,b.example', "'self'", '*'])
    expect(faults({ ...needed, RETAILER_LOGO_URL: `https://${host}/logo.svg` })).toContain(
      'RETAILER_LOGO_URL',
    );
  const fine = ['https://a-1.example', 'https://xn--mnchen-3ya.example', 'http://localhost:4000'];
  expect(faults({ ...needed, EMBED_ORIGINS: fine.join(' ') })).toBe('');
});

test('whatever is named as a site that may frame, the policy gets exact origins alone', () => {
  const piece = fc.oneof(
    fc.constantFrom('https:', 'http:', '//', '*', '.', ';', ',', "'", '"', ':', '/', '?', '#', '@'),
    fc.constantFrom('a.example', 'localhost', '443', 'javascript:', 'data:', '\u00e9', 'none'),
    fc.webUrl(),
    fc.domain().map((domain) => `https://${domain}`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
      const EMBED_ORIGINS = pieces.join('');
      if (faults({ ...needed, EMBED_ORIGINS })) return;
      for (const origin of parseEnv({ ...needed, EMBED_ORIGINS }).EMBED_ORIGINS)
        expect(origin).toMatch(/^(https:\/\/[a-z\d._-]+|http:\/\/([a-z\d-]+\.)*localhost)(:\d+)?$/);
    }),
    { numRuns: 5_000 },
  );
});
