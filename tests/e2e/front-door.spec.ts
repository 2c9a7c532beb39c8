import { request as plainRequest, type IncomingHttpHeaders } from 'node:http';
import { expect, test } from './site-test';

// What stands at the door, as any HTTP client finds it.

const everywhere = {
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'x-robots-tag': 'noindex, nofollow',
};
const closed = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };
const neverStored = { 'cache-control': 'private, no-store' };

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Without a browser's manners: any header goes, and nothing is added. */
function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = plainRequest(url, { method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    outgoing.on('error', reject).end();
  });
}

function toPolicy(imageSource: string, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' https://${imageSource} http://${imageSource}`,
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

for (const [path, status] of [
  ['/order', 200],
  ['/nothing-here', 404],
  ['/', 404],
  ['/order/extra', 404],
  ['/missing.js', 404],
] as const) {
  test(`${path} is a page with the page’s own policy`, async ({ site }) => {
    const { headers, body, ...answer } = await ask(`${site.url}${path}`);
    expect(answer.status).toBe(status);
    const policy = String(headers['content-security-policy']);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(policy).toBe(toPolicy(new URL(site.simulator.url).host, nonce));
    expect(headers).toMatchObject(everywhere);
    expect(headers['cache-control']).toContain('no-store');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    const scripts = [...body.matchAll(/<(script|style)\b[^>]*>/g)];
    expect(scripts.length).toBeGreaterThan(3);
    for (const [script] of scripts) expect(script).toContain(`nonce="${nonce}"`);
  });
}

test('a nonce of the client’s own choice is worth nothing, prefetching or not', async ({
  site,
}) => {
  const evil = { 'content-security-policy': "script-src 'nonce-EVIL'", 'x-nonce': 'EVIL' };
  for (const more of [{}, { purpose: 'prefetch' }, { 'next-router-prefetch': '1', rsc: '1' }]) {
    const { headers, body } = await ask(`${site.url}/order`, { ...evil, ...more });
    expect(body).not.toContain('EVIL');
    expect(headers['content-security-policy']).not.toContain('EVIL');
    expect(headers['content-security-policy']).toContain("'strict-dynamic'");
  }
});

test('a static file may be kept, and is no place for scripts', async ({ site }) => {
  const { body } = await ask(`${site.url}/order`);
  const path = /\/_next\/static\/[^"]+\.js/.exec(body)?.[0] ?? '';
  const { status, headers } = await ask(`${site.url}${path}`);
  expect(status).toBe(200);
  expect(headers).toMatchObject({ ...everywhere, ...closed });
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
});

for (const path of ['/embed.js', '/embed.d.ts']) {
  test(`${path} is for every site to load, for an hour`, async ({ site }) => {
    const { status, headers } = await ask(`${site.url}${path}`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      ...everywhere,
      ...closed,
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    });
  });
}

test('an unknown static file is not there, under the same headers', async ({ site }) => {
  const { status, headers } = await ask(`${site.url}/_next/static/nothing.js`);
  expect(status).toBe(404);
  expect(headers).toMatchObject(everywhere);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
});

for (const path of ['/healthz', '/readyz']) {
  test(`${path} says that all is well, and is never stored`, async ({ site }) => {
    const { status, headers, body } = await ask(`${site.url}${path}`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ ...everywhere, ...closed, ...neverStored });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body)).toHaveProperty('status');
  });
}

test('the order over HTTP: private, tagged, and not sent twice', async ({ site }) => {
  const authorization = `Bearer ${await site.token('documented')}`;
  const url = `${site.url}/api/order/messages`;
  const { status, headers, body } = await ask(url, { authorization });
  expect(status).toBe(200);
  expect(headers).toMatchObject({ ...everywhere, ...closed, ...neverStored });
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  expect(JSON.parse(body)).toHaveProperty('chat.state', 'open');
  const etag = String(headers.etag);
  const again = await ask(url, { authorization, 'if-none-match': etag });
  expect(again).toMatchObject({ status: 304, body: '', headers: { ...neverStored, etag } });
});

test('whatever is wrong with a link, the answer is the same to the byte', async ({ site }) => {
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
    ...wrong.map((headers) => ask(url, headers)),
    ask(`${url}?token=${token}`),
  ]);
  expect(site.simulator.control.calls()).toHaveLength(callsBefore);
  const [first] = answers;
  expect(first).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  for (const { status, headers, body } of answers) {
    expect({ status, body }).toEqual({ status: first?.status, body: first?.body });
    expect({ ...headers, date: '' }).toEqual({ ...first?.headers, date: '' });
  }
});

test('a request from another site is refused before its link is looked at', async ({ site }) => {
  const authorization = `Bearer ${await site.token('documented')}`;
  for (const siteHeader of ['cross-site', 'same-site', 'none']) {
    const { status, body } = await ask(`${site.url}/api/order/messages`, {
      authorization,
      'sec-fetch-site': siteHeader,
    });
    expect(status).toBe(403);
    expect(JSON.parse(body)).toHaveProperty('error.code', 'cross_site');
  }
});

test('other doors are shut', async ({ site }) => {
  const image = `/_next/image?url=${encodeURIComponent(`${site.simulator.url}/pictures/photo/bread.svg`)}&w=64&q=75`;
  expect((await ask(`${site.url}${image}`)).status).toBe(404);
  expect((await ask(`${site.url}/api/nothing`)).status).toBe(404);
  for (const method of ['PUT', 'DELETE', 'PATCH'])
    expect((await ask(`${site.url}/api/order/messages`, {}, method)).status).toBe(405);
  const preflight = await ask(
    `${site.url}/api/order/messages`,
    { origin: 'https://evil.example' },
    'OPTIONS',
  );
  expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
});

test('minting over HTTP is closed where no key is set', async ({ site }) => {
  const response = await fetch(`${site.url}/api/links`, { method: 'POST', body: '{}' });
  expect([response.status, await response.text()]).toEqual([404, '']);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
});
