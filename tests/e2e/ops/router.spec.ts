import { plainRequest } from '@/tests/support/plain-request';
import { expect, test } from '@/tests/e2e/support/site-test';

// Answers of the router to any HTTP client. The headers are in headers.spec.ts.

for (const path of [
  '/order',
  '/embed',
  '/embed/check',
  '/s',
  '/nothing-here',
  '/',
  '/missing.js',
]) {
  test(`every script and style of ${path} has the nonce of its answer`, async ({ site }) => {
    const { headers, body } = await plainRequest(`${site.url}${path}`);
    const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
    const scripts = [...body.matchAll(/<(script|style)\b[^>]*>/g)];
    expect(scripts.length).toBeGreaterThan(3);
    for (const [script] of scripts) expect(script).toContain(`nonce="${nonce}"`);
    expect(body).not.toMatch(/<[^>]* (style|on\w+)=/i);
  });
}

// Next acts, or once acted, on some of these headers: CVE-2025-29927, CVE-2026-44581, CVE-2026-64642 and others.
const forgedHeaders = { 'content-security-policy': "script-src 'nonce-EVIL'", 'x-nonce': 'EVIL' };
const internalHeaders: Record<string, string>[] = [
  {},
  { purpose: 'prefetch' },
  { 'sec-purpose': 'prefetch' },
  { 'content-security-policy-report-only': "script-src 'nonce-EVIL'" },
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  { rsc: '1', 'next-router-state-tree': '%5B%22EVIL%22%5D' },
  { rsc: '1', 'next-url': '/EVIL' },
  { 'next-action': 'EVIL' },
  { 'next-resume': '1', 'x-matched-path': '/embed/check' },
  { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
  { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy' },
  { 'x-middleware-next': '1', 'x-middleware-rewrite': '/embed/check' },
  { 'x-middleware-override-headers': 'x-nonce', 'x-middleware-request-x-nonce': 'EVIL' },
  { 'x-invoke-path': '/embed/check', 'x-invoke-status': '500', 'x-invoke-output': '/EVIL' },
  { 'x-nextjs-data': '1' },
  { 'x-prerender-revalidate': 'EVIL', 'x-next-revalidated-tags': 'EVIL' },
  { 'x-forwarded-host': 'EVIL.example', 'x-forwarded-proto': 'EVIL' },
  { host: 'EVIL.example' },
  { 'x-original-url': '/embed/check', 'x-rewrite-url': '/embed/check' },
  { cookie: '__prerender_bypass=EVIL; __next_preview_data=EVIL' },
];

test('a request with internal headers of Next gets the same page as any other request', async ({
  site,
}) => {
  const toComparable = ({ status, headers, body }: Awaited<ReturnType<typeof plainRequest>>) => {
    const policy = String(headers['content-security-policy']);
    const nonce = /'nonce-([\w+/]{22}==)'/.exec(policy)?.[1] ?? 'NONE';
    const text = JSON.stringify({ status, headers: { ...headers, date: '' }, body });
    return text.replaceAll(nonce, 'NONCE');
  };
  for (const path of ['/order', '/embed', '/nowhere']) {
    const usual = toComparable(await plainRequest(`${site.url}${path}`));
    for (const internalHeader of internalHeaders) {
      const answer = await plainRequest(`${site.url}${path}`, {
        ...forgedHeaders,
        ...internalHeader,
      });
      expect(toComparable(answer), JSON.stringify(internalHeader)).toBe(usual);
    }
  }
});

test('all invalid links get byte-identical answers', async ({ site }) => {
  const token = await site.token('documented');
  const url = `${site.url}/api/order/messages`;
  const wrong: Record<string, string>[] = [
    {},
    { authorization: 'Bearer ' },
    { authorization: 'Basic dXNlcjpwYXNz' },
    { authorization: 'Bearer garbage' },
    { authorization: `Bearer ${token.slice(0, -1)}` },
    { authorization: `Bearer ${token.slice(0, -6)}AAAAAA` },
    { authorization: `Bearer ${'A'.repeat(20_000)}` },
    { cookie: `token=${token}` },
  ];
  const callsBefore = site.simulator.control.calls().length;
  const answers = await Promise.all([
    ...wrong.map((headers) => plainRequest(url, headers)),
    plainRequest(`${url}?token=${token}`),
  ]);
  expect(site.simulator.control.calls()).toHaveLength(callsBefore);
  const [first] = answers;
  expect(first).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  for (const { status, headers, body } of answers) {
    expect({ status, body }).toEqual({ status: first?.status, body: first?.body });
    expect({ ...headers, date: '' }).toEqual({ ...first?.headers, date: '' });
  }
});

test('a request from another site is rejected before its link is read', async ({ site }) => {
  const authorization = `Bearer ${await site.token('documented')}`;
  for (const siteHeader of ['cross-site', 'same-site', 'none']) {
    const { status, body } = await plainRequest(`${site.url}/api/order/messages`, {
      authorization,
      'sec-fetch-site': siteHeader,
    });
    expect(status).toBe(403);
    expect(JSON.parse(body)).toHaveProperty('error.code', 'cross_site');
  }
});

test('paths of Next’s development server and of internal files answer 404', async ({ site }) => {
  const picture = encodeURIComponent(`${site.simulator.url}/pictures/photo/bread.svg`);
  for (const path of [
    `/_next/image?url=${picture}&w=64&q=75`,
    '/_next/data/build/order.json',
    '/_next/webpack-hmr',
    '/__nextjs_original-stack-frames',
    '/__nextjs_source-map',
    '/_next/static/../../package.json',
    '/_next/static/chunks/',
    '/.env',
    '/.git/config',
    '/.next/BUILD_ID',
    '/package.json',
    '/api/nothing',
    '/metrics',
    '//evil.example/%2f..',
    '/\\evil.example',
  ])
    expect(await plainRequest(site.url, {}, 'GET', { path })).toMatchObject({ status: 404 });
  for (const method of ['PUT', 'DELETE', 'PATCH'])
    expect((await plainRequest(`${site.url}/api/order/messages`, {}, method)).status).toBe(405);
  const preflight = await plainRequest(
    `${site.url}/api/order/messages`,
    { origin: 'https://evil.example' },
    'OPTIONS',
  );
  expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
});

test('the build serves no source maps', async ({ site }) => {
  const { body } = await plainRequest(`${site.url}/order`);
  const scripts = [...new Set(body.match(/\/_next\/static\/[^"\\]+\.js/g))];
  expect(scripts.length).toBeGreaterThan(3);
  for (const path of scripts) {
    expect((await plainRequest(`${site.url}${path}.map`)).status).toBe(404);
    expect((await plainRequest(`${site.url}${path}`)).body).not.toContain('sourceMappingURL');
  }
});

test('POST /api/links answers 404 without LINKS_API_KEY', async ({ site }) => {
  const response = await fetch(`${site.url}/api/links`, { method: 'POST', body: '{}' });
  expect([response.status, await response.text()]).toEqual([404, '']);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
});
