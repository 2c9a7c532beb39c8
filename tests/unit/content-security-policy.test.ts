import { expect, test } from 'vitest';
import { createNonce, toContentSecurityPolicy } from '@/lib/server/content-security-policy';
import { parseEnv } from '@/lib/server/env';

const env = (overrides: Record<string, string> = {}) =>
  parseEnv({
    LINK_KEYS: `a:${Buffer.alloc(32, 1).toString('base64url')}`,
    CONNECT_ACCESS_TOKEN: 't',
    ...overrides,
  });

test('the policy of production, word by word', () => {
  expect(toContentSecurityPolicy('N0nce==', env(), false).split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'nonce-N0nce==' 'strict-dynamic'",
    "style-src 'self' 'nonce-N0nce=='",
    "img-src 'self' https://*.instacart.com https://*.cloudfront.net",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ]);
});

test('the logo’s origin is added to where pictures may come from', () => {
  const branded = env({
    IMAGE_HOSTS: 'images.example.com',
    RETAILER_LOGO_URL: "https://www.example.com:8443/logo.svg?;script-src 'unsafe-inline'",
  });
  const policy = toContentSecurityPolicy('N', branded, false);
  expect(policy).toContain(
    "img-src 'self' https://images.example.com https://www.example.com:8443;",
  );
  expect(policy).not.toContain('unsafe-inline');
});

test('only development may evaluate text, style inline and open sockets', () => {
  const unsafe = /unsafe-eval|unsafe-inline|ws:/;
  expect(toContentSecurityPolicy('N', env(), false)).not.toMatch(unsafe);
  expect(toContentSecurityPolicy('N', env(), true)).toMatch(unsafe);
});

test('a nonce has 128 bits and never comes twice', () => {
  const nonces = new Set(Array.from({ length: 1_000 }, createNonce));
  expect(nonces.size).toBe(1_000);
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w+/]{22}==$/);
});
