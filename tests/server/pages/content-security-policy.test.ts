import { expect, test } from 'vitest';
import { createNonce, toContentSecurityPolicy } from '@/lib/server/pages/content-security-policy';
import { parseEnv } from '@/lib/server/config/env';

const env = (overrides: Record<string, string> = {}) =>
  parseEnv({
    LINK_KEYS: `a:${Buffer.alloc(32, 1).toString('base64url')}`,
    CONNECT_ACCESS_TOKEN: 't',
    PUBLIC_URL: 'https://orders.example.com',
    ...overrides,
  });

function compose(page: Partial<Parameters<typeof toContentSecurityPolicy>[0]>): string {
  return toContentSecurityPolicy({
    pathname: '/order',
    nonce: 'N',
    env: env(),
    isDevelopment: false,
    ...page,
  });
}

test('the production policy has exactly these directives', () => {
  expect(compose({ nonce: 'N0nce==', env: env(), isDevelopment: false }).split('; ')).toEqual([
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

test('the origins of the logos and of the icon are added to img-src', () => {
  const branded = env({
    IMAGE_HOSTS: 'images.example.com',
    RETAILER_LOGO_URL: "https://www.example.com:8443/logo.svg?;script-src 'unsafe-inline'",
    RETAILER_LOGO_DARK_URL: 'https://dark.example.com/logo.svg',
    RETAILER_ICON_URL: 'https://icons.example.com/icon.png',
  });
  const policy = compose({ nonce: 'N', env: branded, isDevelopment: false });
  expect(policy).toContain(
    "img-src 'self' https://images.example.com https://www.example.com:8443 https://dark.example.com https://icons.example.com;",
  );
  expect(policy).not.toContain('unsafe-inline');
});

test('only the development policy allows eval, inline styles and WebSockets', () => {
  const unsafe = /unsafe-eval|unsafe-inline|ws:/;
  expect(compose({ nonce: 'N', env: env(), isDevelopment: false })).not.toMatch(unsafe);
  expect(compose({ nonce: 'N', env: env(), isDevelopment: true })).toMatch(unsafe);
});

test('a nonce has 128 bits and is unique', () => {
  const nonces = new Set(Array.from({ length: 1_000 }, createNonce));
  expect(nonces.size).toBe(1_000);
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w+/]{22}==$/);
});

test('only /embed may be framed, and only by EMBED_ORIGINS', () => {
  const embedding = env({ EMBED_ORIGINS: 'https://shop.example http://localhost:8080' });
  const ancestors = (pathname: string, from = embedding) =>
    compose({ pathname, env: from }).match(/frame-ancestors ([^;]*)/)?.[1];
  expect(ancestors('/embed')).toBe('https://shop.example http://localhost:8080');
  expect(ancestors('/embed', env())).toBe("'none'");
  for (const pathname of ['/order', '/s', '/', '/embed/', '/embed/check/', '/Embed', '/nowhere'])
    expect(ancestors(pathname)).toBe("'none'");
});

test('/embed/check may be framed by every origin', () => {
  const policy = compose({ pathname: '/embed/check' });
  expect(policy).toContain('frame-ancestors *;');
  expect(policy.replace('frame-ancestors *', "frame-ancestors 'none'")).toBe(compose({}));
});

test('violations are reported only if CSP_REPORT_URL is set, which must be a safe https URL', () => {
  const CSP_REPORT_URL = 'https://reports.example/csp?project=1';
  expect(compose({ env: env({ CSP_REPORT_URL }) })).toBe(
    `${compose({})}; report-uri ${CSP_REPORT_URL}`,
  );
  expect(compose({})).not.toContain('report');
  for (const wrong of [
    'https://a.example/;script-src *',
    'https://a.example/x,y',
    'a',
    'http://a.b',
  ])
    expect(() => env({ CSP_REPORT_URL: wrong })).toThrow('CSP_REPORT_URL');
});
