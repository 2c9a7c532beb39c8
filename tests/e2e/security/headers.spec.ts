import {
  commonHeaders,
  noStoreHeaders,
  nonPageHeaders,
  publicFileHeaders,
} from '@/lib/server/api/security-headers';
import { plainRequest } from '@/tests/support/plain-request';
import { expect, test } from '@/tests/e2e/support/site-test';

// Every header of every kind of answer, by name and value. A change of the headers needs a change here.

const shop = 'https://shop.example';
test.use({ siteEnv: { EMBED_ORIGINS: shop, LINKS_API_KEY: 'of-a-retailers-back-end' } });

const packable = { vary: 'accept-encoding' };
const json = { 'content-type': 'application/json; charset=utf-8' };
const api = { ...commonHeaders, ...nonPageHeaders, ...noStoreHeaders };
const page = {
  ...commonHeaders,
  'cache-control': 'private, no-store, no-transform',
  'content-type': 'text/html; charset=utf-8',
  vary: 'accept-encoding, accept-language, user-agent',
};

type Row = { status: number; headers: Record<string, string>; ancestors?: string };

const embedTypes: Row = {
  status: 200,
  headers: { ...commonHeaders, ...packable, ...publicFileHeaders.hostTypes },
};

const kinds: Record<string, Row> = {
  '/order': { status: 200, headers: page, ancestors: "'none'" },
  '/s': { status: 200, headers: page, ancestors: "'none'" },
  '/embed': { status: 200, headers: page, ancestors: shop },
  '/embed/check': { status: 200, headers: page, ancestors: '*' },
  '/nowhere': { status: 404, headers: page, ancestors: "'none'" },
  '/robots.txt': {
    status: 200,
    headers: {
      ...commonHeaders,
      ...nonPageHeaders,
      ...packable,
      'cache-control': 'public, max-age=0',
      'content-type': 'text/plain; charset=UTF-8',
    },
  },
  '/icon.svg': {
    status: 200,
    headers: {
      ...commonHeaders,
      ...nonPageHeaders,
      ...packable,
      'cache-control': 'public, max-age=0',
      'content-type': 'image/svg+xml',
    },
  },
  '/embed.js': {
    status: 200,
    headers: {
      ...commonHeaders,
      ...publicFileHeaders.hostScript,
      ...packable,
      'content-type': 'text/javascript; charset=utf-8',
    },
  },
  '/embed.d.ts': embedTypes,
  '/embed-react.d.ts': embedTypes,
  '/embed-vue.d.ts': embedTypes,
  '/_next/static/nothing.js': {
    status: 404,
    headers: api,
  },
  '/healthz': { status: 200, headers: { ...api, ...json } },
  '/readyz': { status: 200, headers: { ...api, ...json } },
  '/api/links': { status: 405, headers: { ...api, allow: 'POST, OPTIONS' } },
};

/** Removes headers that differ in each answer and headers of the connection. */
function comparable(headers: Record<string, unknown>): Record<string, unknown> {
  const passing = ['date', 'connection', 'transfer-encoding', 'content-length', 'keep-alive'];
  const each = ['etag', 'last-modified'];
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => ![...passing, ...each].includes(name)),
  );
}

function policyFor(policy: string, imageHost: string, ancestors: string): string {
  const nonce = /'nonce-([\w+/]{22}==)'/.exec(policy)?.[1] ?? 'NONE';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' https://${imageHost} http://${imageHost}`,
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    `frame-ancestors ${ancestors}`,
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

for (const [path, { status, headers, ancestors }] of Object.entries(kinds)) {
  test(`${path} has exactly these headers`, async ({ site }) => {
    const answer = await plainRequest(`${site.url}${path}`);
    const policy = String(answer.headers['content-security-policy']);
    const imageHost = new URL(site.simulator.url).host;
    expect(answer.status).toBe(status);
    expect(comparable(answer.headers)).toEqual({
      ...headers,
      ...(ancestors && { 'content-security-policy': policyFor(policy, imageHost, ancestors) }),
    });
  });
}

test('a file of the build has exactly these headers in each compression and is cached for a year', async ({
  site,
}) => {
  const { body } = await plainRequest(`${site.url}/order`);
  const paths = [/\/_next\/static\/[^"]+\.js/, /\/_next\/static\/[^"]+\.css/].map(
    (kind) => kind.exec(body)?.[0],
  );
  for (const [index, path] of paths.entries())
    for (const encoding of ['identity', 'gzip', 'br']) {
      const url = `${site.url}${path}`;
      const answer = await plainRequest(url, { 'accept-encoding': `${encoding}, zstd` });
      expect(answer.status).toBe(200);
      expect(comparable(answer.headers)).toEqual({
        ...commonHeaders,
        ...nonPageHeaders,
        ...packable,
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': ['text/javascript', 'text/css'][index],
        ...(encoding !== 'identity' && { 'content-encoding': encoding }),
      });
      const again = await plainRequest(url, {
        'accept-encoding': encoding,
        'if-none-match': String(answer.headers.etag),
      });
      expect([again.status, again.body]).toEqual([304, '']);
    }
});

test('a compressed file of the build is smaller and has the same content', async ({ site }) => {
  const { body } = await plainRequest(`${site.url}/order`);
  const path = /\/_next\/static\/[^"]+\.css/.exec(body)?.[0];
  const [plain, gzip, br] = await Promise.all(
    ['identity', 'gzip', 'br'].map(async (encoding) => {
      const answer = await fetch(`${site.url}${path}`, {
        headers: { 'accept-encoding': encoding },
      });
      return {
        text: await answer.text(),
        bytes: Number(answer.headers.get('content-length')),
      };
    }),
  );
  expect(gzip?.text).toBe(plain?.text);
  expect(br?.text).toBe(plain?.text);
  expect(gzip?.bytes).toBeLessThan((plain?.bytes ?? 0) / 3);
  expect(br?.bytes).toBeLessThan(gzip?.bytes ?? 0);
});

const packed = { vary: 'accept-encoding' };

test('every answer of the API has exactly these headers', async ({ site }) => {
  const url = `${site.url}/api/order/messages`;
  const read = `${site.url}/api/order/read`;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const good = bearer(await site.token('documented'));
  const pickup = bearer(await site.token('pickup-ready'));
  const arrival = `${site.url}/api/order/arrival`;
  const vehicle = `${site.url}/api/order/vehicle`;
  const seen = await plainRequest(url, good);
  const requested: [number, Promise<Awaited<typeof seen>>, object?][] = [
    [200, Promise.resolve(seen), { ...json, ...packed }],
    [304, plainRequest(url, { ...good, 'if-none-match': String(seen.headers.etag) }), packed],
    [400, plainRequest(url, { ...good, ...json }, 'POST', { body: '{}' }), json],
    [401, plainRequest(url), { ...json, 'www-authenticate': 'Bearer' }],
    [403, plainRequest(url, { ...good, 'sec-fetch-site': 'cross-site' }), json],
    [404, plainRequest(url, bearer(await site.token('nowhere'))), json],
    [405, plainRequest(url, good, 'DELETE'), { allow: 'GET, HEAD, POST, OPTIONS' }],
    [410, plainRequest(url, bearer(await site.token('documented', { exp: 1_700_000_000 }))), json],
    [415, plainRequest(url, good, 'POST', { body: '{}' }), json],
    [204, plainRequest(url, good, 'OPTIONS'), { allow: 'GET, HEAD, POST, OPTIONS' }],
    [204, plainRequest(read, { ...good, ...json }, 'POST', { body: '{}' })],
    [405, plainRequest(read, good), { allow: 'POST, OPTIONS' }],
    [405, plainRequest(`${site.url}/api/order/replacements`, good), { allow: 'POST, OPTIONS' }],
    [400, plainRequest(arrival, { ...pickup, ...json }, 'POST', { body: '[]' }), json],
    [200, plainRequest(arrival, { ...pickup, ...json }, 'POST', { body: '{}' }), json],
    [200, plainRequest(vehicle, { ...pickup, ...json }, 'PUT', { body: '{}' }), json],
    [409, plainRequest(vehicle, { ...good, ...json }, 'PUT', { body: '{}' }), json],
    [405, plainRequest(vehicle, pickup, 'POST'), { allow: 'PUT, OPTIONS' }],
    [
      200,
      plainRequest(url, bearer(await site.token('documented', { loc: 'fr-CA' }))),
      { ...json, ...packed, 'content-language': 'fr-CA' },
    ],
  ];
  for (const [status, answering, more] of requested) {
    const answer = await answering;
    expect([answer.status, comparable(answer.headers)]).toEqual([status, { ...api, ...more }]);
  }
});

test('pages answer other methods with 405 and the headers of the API', async ({ site }) => {
  for (const path of ['/order', '/embed.js', '/nowhere', '/_next/static/nothing.js'])
    for (const method of ['POST', 'OPTIONS', 'TRACE']) {
      const answer = await plainRequest(`${site.url}${path}`, {}, method);
      expect(answer.status).toBe(405);
      expect(comparable(answer.headers)).toEqual({ ...api, allow: 'GET, HEAD' });
    }
});
