import { readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES, PUBLIC_FILES } from '@/lib/server/config/site';
import { apiHeaders } from '@/tests/support/api-headers';
import { startRouterServer } from '@/tests/support/router-server';
import { plainRequest } from '@/tests/support/plain-request';

let server: Awaited<ReturnType<typeof startRouterServer>>;
beforeAll(
  async () => void (server = await startRouterServer({ LINKS_API_KEY: 'retailer-back-end-key' })),
);
afterAll(() => server.close());

async function pageFor(path: string, headers = {}, method = 'GET') {
  server.pages.length = 0;
  const answer = await plainRequest(server.url, headers, method, { path });
  return { answer, page: server.pages[0] };
}

test('API requests are answered without Next.js', async () => {
  const authorization = `Bearer ${await server.mint('documented')}`;
  const url = `${server.url}/api/order/messages?anything`;
  const order = await plainRequest(url, { authorization });
  expect(order).toMatchObject({ status: 200, headers: apiHeaders });
  expect(order.headers['content-length']).toBe(String(Buffer.byteLength(order.body)));
  expect(JSON.parse(order.body)).toHaveProperty('chat.state', 'open');
  const etag = String(order.headers.etag);
  expect(await plainRequest(url, { authorization, 'if-none-match': etag })).toMatchObject({
    status: 304,
    body: '',
    headers: { ...apiHeaders, etag },
  });
  expect(await plainRequest(url, { authorization }, 'HEAD')).toMatchObject({
    status: 200,
    body: '',
  });
  expect((await plainRequest(`${server.url}/healthz`)).status).toBe(200);
  expect((await plainRequest(`${server.url}/api/links`, {}, 'POST')).status).toBe(401);
  expect(server.pages).toHaveLength(0);
});

test('an order is compressed for a client that accepts gzip', async () => {
  const authorization = `Bearer ${await server.mint('shopping')}`;
  const url = `${server.url}/api/order/messages`;
  const plain = await fetch(url, { headers: { authorization, 'accept-encoding': 'identity' } });
  const zipped = await fetch(url, { headers: { authorization, 'accept-encoding': 'br, gzip' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  for (const { headers } of [plain, zipped]) expect(headers.get('vary')).toBe('accept-encoding');
  expect(zipped.headers.get('etag')).toBe(plain.headers.get('etag'));
  expect(Number(zipped.headers.get('content-length'))).toBeLessThan(
    Number(plain.headers.get('content-length')) / 2,
  );
  expect(await zipped.json()).toEqual(await plain.json());
});

test.each([
  ['/api/order/messages', 'GET, HEAD, POST, OPTIONS'],
  ['/api/order/read', 'POST, OPTIONS'],
  ['/api/order/replacements', 'POST, OPTIONS'],
  ['/api/order/arrival', 'POST, OPTIONS'],
  ['/api/order/vehicle', 'PUT, OPTIONS'],
  ['/api/links', 'POST, OPTIONS'],
  ['/readyz', 'GET, HEAD, OPTIONS'],
])('%s lists its methods in Allow and gets 405 for others', async (path, allow) => {
  const listed = allow.split(', ');
  const others = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'].filter(
    (method) => !listed.includes(method),
  );
  for (const method of others)
    expect(await plainRequest(`${server.url}${path}`, {}, method)).toMatchObject({
      status: 405,
      body: '',
      headers: { ...apiHeaders, allow },
    });
  const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
  const { status, headers } = await plainRequest(`${server.url}${path}`, preflight, 'OPTIONS');
  expect([status, headers.allow]).toEqual([204, allow]);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('a page is found by its path, without the query', async () => {
  for (const path of ['/order', '/s', '/embed', '/embed/check'])
    for (const target of [`${path}?theme=dark&token=abc`, `http://orders.example${path}?x`])
      expect((await pageFor(target)).page).toBe(path);
});

test.each([
  '/api/order/messages/',
  '/api//order/messages',
  '/%61pi/order/messages',
  '/api/order/messages;a',
  '//api/order/messages',
  '/API/links',
  '/_next/data/x.json',
  '/_next/image?url=x',
  '/nothing?token=abc',
  '*',
])('%s gets the not-found page', async (path) => {
  expect((await pageFor(path)).page).toBe('/not-found');
});

test.each([
  '/_next/static/../../order',
  '/_next/static/%2e%2e/%2e%2e/order',
  '/_next/static/x/..\\..\\order',
  '/_next/static//x.js',
  '/_next/static/.env',
  '/_next/static/',
])('%s gets 404 as a build file, without a page', async (path) => {
  const { answer, page } = await pageFor(path);
  expect([answer.status, answer.body, page]).toEqual([404, '', undefined]);
});

test('an absolute URL is accepted as request target', async () => {
  expect((await pageFor('http://orders.example/order?x')).page).toBe('/order');
  const { answer } = await pageFor('http://orders.example/healthz');
  expect(answer.status).toBe(200);
});

test.each(['/order/', '/Order', '/s/', '/Embed/', '/embed/check/'])(
  '%s is served as its normalized page',
  async (path) => {
    const { answer, page } = await pageFor(path);
    expect([answer.status, page]).toEqual([
      path === '/s/' ? 500 : 200,
      path.toLowerCase().replace(/\/$/, ''),
    ]);
  },
);

test('a link with an encoded # is redirected to its page, and the token is not logged', async () => {
  const token = await server.mint('shopping');
  server.logLines.length = 0;
  for (const page of ['/order', '/embed']) {
    const { answer, page: requestedPage } = await pageFor(`${page}%23${token}?utm_source=sms`);
    expect(answer).toMatchObject({ status: 302, body: '', headers: apiHeaders });
    expect(answer.headers.location).toBe(`${page}#${token}`);
    expect(requestedPage).toBeUndefined();
  }
  expect((await pageFor(`/order%23${token}`, {}, 'POST')).answer.status).toBe(405);
  expect(server.logLines.join()).not.toContain(token.slice(-20));
});

test.each(['file:///api/links', 'ws://localhost/healthz', 'http://u@a/healthz'])(
  'request target %s gets 400',
  async (path) => {
    const { answer, page } = await pageFor(path);
    expect(answer).toMatchObject({ status: 400, body: '', headers: apiHeaders });
    expect(page).toBeUndefined();
  },
);

test('the path of an absolute target is not normalized', async () => {
  for (const path of [
    '/x/../api/links',
    '/x/%2e%2e/api/links',
    '/x\\..\\api\\links',
    '//api/links',
  ])
    expect((await pageFor(`http://localhost${path}`, {}, 'GET')).page).toBe('/not-found');
});

test('a page accepts only GET and HEAD', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'TRACE', 'OPTIONS'])
    for (const path of ['/order', '/nothing']) {
      const { answer, page } = await pageFor(path, {}, method);
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
      expect(page).toBeUndefined();
    }
});

test('a page that fails gets 500, and the server keeps serving', async () => {
  const { answer } = await pageFor('/s');
  expect(answer).toMatchObject({ status: 500, body: '', headers: apiHeaders });
  expect((await pageFor('/order')).answer.status).toBe(200);
  expect(server.router.busyCount()).toBe(0);
});

test('a file counts as a running request until its last byte', async () => {
  const file = await fetch(`${server.url}/_next/static/slow.js`);
  expect(server.router.busyCount()).toBe(1);
  server.slowFiles[0]?.end();
  await file.text();
  await expect.poll(server.router.busyCount).toBe(0);
});

test('every page and public file is in the site map', () => {
  const pages = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file.replace(/\/page\.tsx$/, '')}`);
  const files = readdirSync('public').map((file) => `/${file}`);
  expect(PAGES.map(({ path }) => path).sort()).toEqual(pages.sort());
  expect(PUBLIC_FILES.map(({ path }) => path).sort()).toEqual(files.sort());
});

test('a body over 8 KiB gets 413 and is not read to its end', async () => {
  const authorization = `Bearer ${await server.mint('shopping')}`;
  let sentBytes = 0;
  const outgoing = httpRequest(`${server.url}/api/order/messages`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'content-length': 104_857_600 },
  });
  const closed = new Promise((resolve) => outgoing.on('close', resolve));
  // The server closes the connection while the client still sends.
  outgoing.on('error', () => undefined);
  const answered = new Promise<[number | undefined, string]>((resolve) => {
    outgoing.on('response', async (response) =>
      resolve([response.statusCode, await text(response)]),
    );
  });
  Readable.from(
    (function* () {
      for (; sentBytes < 104_857_600; sentBytes += 65_536) yield Buffer.alloc(65_536, 'a');
    })(),
  ).pipe(outgoing);
  const [status, body] = await answered;
  expect([status, JSON.parse(body).error.code]).toEqual([413, 'too_large']);
  await closed;
  expect(sentBytes).toBeLessThan(20_000_000);
});

test('a draining server reports it in /readyz and closes each connection after one response', async () => {
  const stopping = await startRouterServer();
  stopping.health.drain();
  const { status, headers, body } = await plainRequest(`${stopping.url}/readyz`);
  expect([status, JSON.parse(body), headers.connection]).toEqual([
    503,
    { status: 'draining' },
    'close',
  ]);
  const authorization = `Bearer ${await stopping.mint('documented')}`;
  const order = await plainRequest(`${stopping.url}/api/order/messages`, { authorization });
  expect([order.status, order.headers.connection]).toEqual([200, 'close']);
  expect((await plainRequest(`${stopping.url}/healthz`)).status).toBe(200);
  await stopping.close();
});
