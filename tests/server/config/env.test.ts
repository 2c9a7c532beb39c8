import { readFileSync } from 'node:fs';
import { parseEnv as parseEnvFile } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EnvironmentError, parseEnv } from '@/lib/server/config/env';

const key = (byte: number, size = 32) => Buffer.alloc(size, byte).toString('base64url');
const needed = {
  PUBLIC_URL: 'https://orders.example.com',
  LINK_KEYS: `test:${key(1)}`,
  CONNECT_CLIENT_ID: 'client',
  CONNECT_CLIENT_SECRET: 'secret',
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

test('an unset or empty variable has its documented default', () => {
  const defaults = {
    LINK_MAX_DAYS: 14,
    PORT: 3_000,
    TRUSTED_PROXIES: 0,
    DRAIN_SECONDS: 10,
    LOG_LEVEL: 'info',
    METRICS_HOST: '127.0.0.1',
    CONNECT_BASE_URL: 'https://connect.instacart.com',
    MESSAGING: 'instacart',
    ORDER_DETAILS: true,
    IMAGE_HOSTS: [
      { pattern: '*.instacart.com', isLocal: false },
      { pattern: '*.cloudfront.net', isLocal: false },
    ],
  };
  expect(parseEnv(needed)).toMatchObject(defaults);
  const empty = { LINK_MAX_DAYS: ' ', MESSAGING: '', RETAILER_COLOR: '' };
  expect(parseEnv({ ...needed, ...empty })).toMatchObject(defaults);
});

test('.env.example is a valid environment without changes', () => {
  const example = parseEnvFile(readFileSync('.env.example', 'utf8'));
  const env = parseEnv(example as Record<string, string>);
  expect(env).toMatchObject({
    CONNECT_BASE_URL: 'http://localhost:4010',
    RETAILER_NAME: 'Greenfield Market',
    LINK_KEYS: [{ kid: 'demo' }],
  });
});

test('the error lists every faulty variable by name', () => {
  const message = faults({
    PUBLIC_URL: 'https://shop.example/path',
    LINK_MAX_DAYS: '400',
    PORT: '70000',
    TRUSTED_PROXIES: 'all',
    DRAIN_SECONDS: '1.5',
    LOG_LEVEL: 'verbose',
    METRICS_HOST: 'metrics.example.com',
    METRICS_PORT: '-1',
    REDIS_URL: 'localhost:6379',
    CONNECT_BASE_URL: 'http://connect.example',
    CONNECT_RETAILER_ID: 'two words',
    IMAGE_HOSTS: 'https://a.com',
    RETAILER_NAME: 'x'.repeat(81),
    RETAILER_LOGO_URL: 'javascript:alert(1)',
    RETAILER_LOGO_DARK_URL: 'javascript:alert(1)',
    RETAILER_ICON_URL: 'icon.png',
    RETAILER_COLOR: 'red;}body{display:none',
    SUPPORT_URL: 'data:text/html,x',
    LOCALES: 'en-US xx',
    MESSAGING: 'shop',
    ORDER_DETAILS: 'no',
    LIMITS: 'no',
  });
  const names = message.split('\n').slice(1);
  expect(names.map((line) => /^ {2}- (\w+) /.exec(line)?.[1])).toEqual([
    'PUBLIC_URL',
    'LINK_KEYS',
    'LINK_MAX_DAYS',
    'REDIS_URL',
    'CONNECT_BASE_URL',
    'CONNECT_RETAILER_ID',
    'IMAGE_HOSTS',
    'RETAILER_NAME',
    'RETAILER_LOGO_URL',
    'RETAILER_LOGO_DARK_URL',
    'RETAILER_ICON_URL',
    'RETAILER_COLOR',
    'SUPPORT_URL',
    'LOCALES',
    'MESSAGING',
    'ORDER_DETAILS',
    'TRUSTED_PROXIES',
    'PORT',
    'METRICS_PORT',
    'METRICS_HOST',
    'LOG_LEVEL',
    'DRAIN_SECONDS',
    'LIMITS',
    'CONNECT_CLIENT_ID',
    'CONNECT_CLIENT_SECRET',
  ]);
  expect(message).toContain('LINK_KEYS is required');
});

test('CONNECT_ACCESS_TOKEN replaces the client id and its secret', () => {
  const { PUBLIC_URL, LINK_KEYS } = needed;
  const source = { PUBLIC_URL, LINK_KEYS, CONNECT_ACCESS_TOKEN: 't' };
  expect(parseEnv(source)).toMatchObject({ CONNECT_ACCESS_TOKEN: 't' });
});

test('several keys are read in their order, with any spaces between them', () => {
  const { LINK_KEYS } = parseEnv({ ...needed, LINK_KEYS: ` b:${key(2)} , a:${key(1)} ` });
  expect(LINK_KEYS.map(({ kid, key: [first] }) => [kid, first])).toEqual([
    ['b', 2],
    ['a', 1],
  ]);
});

test.each([
  ['a key that is too short', `a:${key(1, 31)}`, 'key 1 of 1 must have 32 bytes'],
  ['a key that is too long', `a:${key(1)},b:${key(1, 33)}`, 'key 2 of 2 must have 32 bytes'],
  [
    'a key outside the base64url alphabet',
    `a:${'!'.repeat(43)}`,
    'key 1 of 1 must be kid:base64url-of-32-bytes',
  ],
  ['a key followed by other characters', `a:${key(1)}!?`, 'must be kid:base64url-of-32-bytes'],
  ['a kid without a key', 'a', 'key 1 of 1 must have 32 bytes'],
  ['an empty kid', `:${key(1)}`, 'must be kid:base64url-of-32-bytes'],
  ['a third part', `a:${key(1)}:c`, 'must be kid:base64url-of-32-bytes'],
  ['a trailing comma', `a:${key(1)},`, 'key 2 of 2 must be'],
  ['a repeated kid', `a:${key(1)},a:${key(2)}`, 'LINK_KEYS has a kid twice'],
])('LINK_KEYS with %s is refused', (_, LINK_KEYS, words) => {
  expect(faults({ ...needed, LINK_KEYS })).toContain(words);
});

test.each([
  ['PUBLIC_URL', 'http://shop.example'],
  ['PUBLIC_URL', 'https://user:pass@shop.example'],
  ['PUBLIC_URL', 'https://shop.example/?a=1'],
  ['PUBLIC_URL', 'https://shop.example/#top'],
  ['PUBLIC_URL', 'shop.example'],
  ['LINK_MAX_DAYS', '0'],
  ['LINK_MAX_DAYS', '-1'],
  ['LINK_MAX_DAYS', 'soon'],
  ['LINK_MAX_DAYS', 'Infinity'],
  ['REDIS_URL', 'localhost:6379'],
  ['REDIS_URL', 'https://redis.example'],
  ['REDIS_URL', 'redis:redis.example'],
  ['REDIS_URL', 'redis:///0'],
  ['REDIS_URL', 'redis://redis.example/orders'],
  ['REDIS_URL', 'redis://redis.example?enableOfflineQueue=true'],
  ['REDIS_URL', 'redis://redis.example/0#1'],
  ['REDIS_URL', 'redis://redis.example:port'],
  ['REDIS_URL', 'redis://user:50%off@redis.example'],
  ['CONNECT_BASE_URL', 'https://connect.example/?a=1'],
  ['CONNECT_BASE_URL', 'ftp://connect.example'],
  ['CONNECT_ACCESS_TOKEN', 'a\r\nx-evil: 1'],
  ['LINKS_API_KEY', '123456789012345'],
  ['SUPPORT_URL', 'javascript:alert(1)'],
  ['IMAGE_HOSTS', '*'],
  ['RETAILER_COLOR', 'rgb(0'],
  ['RETAILER_COLOR', 'x(0y'],
  ['IMAGE_HOSTS', "a.com; script-src 'unsafe-inline'"],
])('%s=%s is refused', (name, value) => {
  expect(faults({ ...needed, [name]: value })).toContain(`- ${name} `);
});

test('origins lose a trailing slash, loopback addresses may use http, and tel: is accepted', () => {
  expect(
    parseEnv({
      ...needed,
      PUBLIC_URL: 'https://shop.example/',
      CONNECT_BASE_URL: 'http://[::1]:1',
    }),
  ).toMatchObject({ PUBLIC_URL: 'https://shop.example', CONNECT_BASE_URL: 'http://[::1]:1' });
  expect(parseEnv({ ...needed, SUPPORT_URL: 'tel:+14155550123' })).toMatchObject({
    SUPPORT_URL: 'tel:+14155550123',
  });
});

test.each([
  'redis://localhost:6379',
  'redis://10.0.0.7/2',
  'redis://[::1]:6379/',
  'rediss://user:p%40ss@redis.example:6380/0',
  'rediss://:secret@redis.example',
])('REDIS_URL=%s is accepted unchanged', (REDIS_URL) => {
  expect(parseEnv({ ...needed, REDIS_URL })).toMatchObject({ REDIS_URL });
  expect(parseEnv(needed).REDIS_URL).toBeUndefined();
});

test('metrics are off without METRICS_PORT, which must differ from PORT', () => {
  expect(parseEnv(needed).METRICS_PORT).toBeUndefined();
  expect(parseEnv({ ...needed, METRICS_PORT: '9464' }).METRICS_PORT).toBe(9_464);
  expect(faults({ ...needed, METRICS_PORT: '3000' })).toContain('METRICS_PORT must not be PORT');
  expect(faults({ ...needed, METRICS_PORT: '80', PORT: '80' })).toContain('must not be PORT');
  expect(parseEnv({ ...needed, METRICS_PORT: '0', PORT: '0' }).METRICS_PORT).toBe(0);
});

test('limits are on unless LIMITS is off', () => {
  expect(parseEnv(needed).LIMITS).toBe(true);
  expect(parseEnv({ ...needed, LIMITS: 'on' }).LIMITS).toBe(true);
  expect(parseEnv({ ...needed, LIMITS: 'off' }).LIMITS).toBe(false);
});

test('PUBLIC_URL may be omitted only if CONNECT_BASE_URL is on localhost', () => {
  const { PUBLIC_URL, ...others } = needed;
  expect(PUBLIC_URL).toBeDefined();
  for (const CONNECT_BASE_URL of ['', ' ', 'https://connect.instacart.com', 'https://10.0.0.7'])
    for (const left of [{}, { PUBLIC_URL: ' ' }])
      expect(faults({ ...others, CONNECT_BASE_URL, ...left })).toContain(
        '- PUBLIC_URL is required, unless CONNECT_BASE_URL is on localhost',
      );
  for (const CONNECT_BASE_URL of ['http://localhost:4010', 'http://127.0.0.1', 'http://[::1]:1'])
    expect(parseEnv({ ...others, CONNECT_BASE_URL })).toMatchObject({
      PUBLIC_URL: 'http://localhost:3000',
    });
});

test('the error message contains no value of a variable', () => {
  const names = [
    ...Object.keys(parseEnvFile(readFileSync('.env.example', 'utf8'))),
    'CONNECT_ACCESS_TOKEN',
    'CONNECT_RETAILER_ID',
    'REDIS_URL',
    'RETAILER_LOGO_URL',
  ];
  const canary = fc.string({ maxLength: 8 }).map((text) => `Canary7${text}Canary7`);
  fc.assert(
    fc.property(fc.record(Object.fromEntries(names.map((name) => [name, canary]))), (source) => {
      const message = faults(source);
      expect(message).toContain('LINK_KEYS');
      expect(message).not.toContain('Canary7');
    }),
    { numRuns: 5_000 },
  );
}, 30_000);
