import { readFileSync } from 'node:fs';
import { parseEnv as parseEnvFile } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import vectors from '@/docs/link-vectors.json';
import { EnvironmentError, findMisspeltSettings, parseEnv } from '@/lib/server/config/env';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
const needed = {
  PUBLIC_URL: 'https://orders.example.com',
  LINK_KEYS: `test:${key(1)}`,
  CONNECT_ACCESS_TOKEN: 't',
};

function faults(source: Record<string, string>): string {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return '';
}

test('a key that is published with this software is refused except on localhost', () => {
  const example = parseEnvFile(readFileSync('.env.example', 'utf8')) as Record<string, string>;
  const places = [
    { PUBLIC_URL: 'https://orders.example.com' },
    { CONNECT_BASE_URL: '' },
    { CONNECT_BASE_URL: 'https://connect.instacart.com' },
    { CONNECT_BASE_URL: '', PUBLIC_URL: '' },
  ];
  const exampleKey = example['LINK_KEYS'] ?? '';
  const publicKeys = [
    exampleKey,
    `a:${key(1)},${exampleKey}=`,
    // The last letter carries two bits that are not part of the key.
    `other : ${exampleKey.split(':')[1]?.replace(/I$/, 'J')}`.replaceAll(' ', ''),
    vectors.linkKeys,
  ];
  expect(faults(example)).toBe('');
  for (const place of places)
    for (const LINK_KEYS of publicKeys)
      expect(faults({ ...example, ...place, LINK_KEYS })).toContain(
        '- LINK_KEYS must not have a key',
      );
  const own = { ...example, PUBLIC_URL: 'https://orders.example.com', CONNECT_BASE_URL: '' };
  expect(faults({ ...own, LINK_KEYS: `a:${key(1)},b:${key(2)}` })).toBe('');
});

test.each([
  ['EMBED_ORIGIN', 'EMBED_ORIGINS'],
  ['LINK_KEY', 'LINK_KEYS'],
  ['LINKS_KEYS', 'LINK_KEYS'],
  ['LINK_API_KEY', 'LINKS_API_KEY'],
  ['LOGLEVEL', 'LOG_LEVEL'],
  ['public_url', 'PUBLIC_URL'],
  ['PUBLIC_URI', 'PUBLIC_URL'],
  ['REDIS_URI', 'REDIS_URL'],
  ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
  ['TRUSTED_PROXIE', 'TRUSTED_PROXIES'],
  ['RETAILER_COLOUR', 'RETAILER_COLOR'],
  ['CONNECT_CLIENT-SECRET', 'CONNECT_CLIENT_SECRET'],
  ['IMAGE_HOST', 'IMAGE_HOSTS'],
])('%s is reported as a misspelt %s, without its value', (name, meant) => {
  const sentences = findMisspeltSettings({ ...needed, [name]: 'secret-value' });
  expect(sentences).toEqual([`${name} is not a setting and has no effect. Did you mean ${meant}?`]);
});

test('environment variables of other programs are not reported', () => {
  const names =
    'PATH HOME HOSTNAME LANG TZ PORT PORTS HOST NODE_ENV NODE_OPTIONS NEXT_RUNTIME REDIS_PORT REDIS_HOST ' +
    'REDIS_SERVICE_HOST KUBERNETES_PORT KUBERNETES_SERVICE_PORT LOGNAME PUBLIC_HOST PUBLIC_IP EMAIL MAIL ' +
    'LIMIT LOCALES npm_config_registry npm_package_name CONNECT_TIMEOUT IMAGE_TAG METRICS_PATH SUPPORT_EMAIL';
  const source = Object.fromEntries(names.split(' ').map((name) => [name, 'x']));
  expect(findMisspeltSettings({ ...source, ...needed })).toEqual([]);
});

test('a host that would end a directive of the policy or start another is refused', () => {
  for (const host of ['a.example;sandbox', 'a.example,', "a.example'", 'a.example;', '*.a.example'])
    expect(faults({ ...needed, EMBED_ORIGINS: `https://${host}` })).toContain('EMBED_ORIGINS');
  for (const host of ['a.example;sandbox', 'a,b.example', "'self'", '*'])
    expect(faults({ ...needed, RETAILER_LOGO_URL: `https://${host}/logo.svg` })).toContain(
      'RETAILER_LOGO_URL',
    );
  const fine = ['https://a-1.example', 'https://xn--mnchen-3ya.example', 'http://localhost:4000'];
  expect(faults({ ...needed, EMBED_ORIGINS: fine.join(' ') })).toBe('');
});

test('every accepted value of EMBED_ORIGINS consists of exact origins', () => {
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
}, 60_000);

test('LINKS_API_KEY must have at least 16 characters', () => {
  const apiKey = '1234567890123456';
  expect(parseEnv({ ...needed, LINKS_API_KEY: apiKey })).toMatchObject({
    LINKS_API_KEY: apiKey,
  });
  expect(faults({ ...needed, LINKS_API_KEY: apiKey.slice(1) })).toMatch(/LINKS_API_KEY .*least 16/);
});
