import { existsSync, readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES, PUBLIC_FILES } from '@/lib/server/config/site';
import { apiHeaders } from '@/tests/support/api-headers';
import { startDoor } from '@/tests/support/router-server';
import { plainRequest } from '@/tests/support/plain-request';

let door: Awaited<ReturnType<typeof startDoor>>;
beforeAll(async () => void (door = await startDoor({ LINKS_API_KEY: 'retailer-back-end-key' })));
afterAll(() => door.close());

async function pageFor(path: string, headers = {}, method = 'GET') {
  door.pages.length = 0;
  const answer = await plainRequest(door.url, headers, method, { path });
  return { answer, page: door.pages[0] };
}

test('the API is answered without Next', async () => {
  const authorization = `Bearer ${await door.mint('documented')}`;
  const url = `${door.url}/api/order/messages?anything`;
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
  expect((await plainRequest(`${door.url}/healthz`)).status).toBe(200);
  expect((await plainRequest(`${door.url}/api/links`, {}, 'POST')).status).toBe(401);
  expect(door.pages).toHaveLength(0);
});

test('an order is sent compressed to those who take it so', async () => {
  const authorization = `Bearer ${await door.mint('shopping')}`;
  const url = `${door.url}/api/order/messages`;
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
  ['/api/links', 'POST, OPTIONS'],
  ['/readyz', 'GET, HEAD, OPTIONS'],
])('%s says what may be done with it, and refuses the rest', async (path, allow) => {
  const others = ['PUT', 'DELETE', 'PATCH', 'TRACE', ...(allow.includes('GET') ? [] : ['GET'])];
  for (const method of others)
    expect(await plainRequest(`${door.url}${path}`, {}, method)).toMatchObject({
      status: 405,
      body: '',
      headers: { ...apiHeaders, allow },
    });
  const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
  const { status, headers } = await plainRequest(`${door.url}${path}`, preflight, 'OPTIONS');
  expect([status, headers.allow]).toEqual([204, allow]);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('pages are found by their path alone, without the query', async () => {
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
])('%s is nowhere, however it is spelled', async (path) => {
  expect((await pageFor(path)).page).toBe('/not-found');
});

test.each([
  '/_next/static/../../order',
  '/_next/static/%2e%2e/%2e%2e/order',
  '/_next/static/x/..\\..\\order',
  '/_next/static//x.js',
  '/_next/static/.env',
  '/_next/static/',
])('%s is no file of the build, and gets no page', async (path) => {
  const { answer, page } = await pageFor(path);
  expect([answer.status, answer.body, page]).toEqual([404, '', undefined]);
});

test('a whole address in the place of a path is understood', async () => {
  expect((await pageFor('http://orders.example/order?x')).page).toBe('/order');
  const { answer } = await pageFor('http://orders.example/healthz');
  expect(answer.status).toBe(200);
});

test.each(['/order/', '/Order', '/s/', '/Embed/', '/embed/check/'])(
  '%s leads to its page',
  async (path) => {
    const { answer, page } = await pageFor(path);
    expect([answer.status, page]).toEqual([
      path === '/s/' ? 500 : 200,
      path.toLowerCase().replace(/\/$/, ''),
    ]);
  },
);

test('a link whose # was encoded is redirected to the page, and its token goes nowhere else', async () => {
  const token = await door.mint('shopping');
  door.logLines.length = 0;
  for (const page of ['/order', '/embed']) {
    const { answer, page: asked } = await pageFor(`${page}%23${token}?utm_source=sms`);
    expect(answer).toMatchObject({ status: 302, body: '', headers: apiHeaders });
    expect(answer.headers.location).toBe(`${page}#${token}`);
    expect(asked).toBeUndefined();
  }
  expect((await pageFor(`/order%23${token}`, {}, 'POST')).answer.status).toBe(405);
  expect(door.logLines.join()).not.toContain(token.slice(-20));
});

test.each(['file:///api/links', 'ws://localhost/healthz', 'http://u@a/healthz'])(
  '%s as a target is a bad request',
  async (path) => {
    const { answer, page } = await pageFor(path);
    expect(answer).toMatchObject({ status: 400, body: '', headers: apiHeaders });
    expect(page).toBeUndefined();
  },
);

test('an absolute target reaches no more than its path as it stands', async () => {
  for (const path of [
    '/x/../api/links',
    '/x/%2e%2e/api/links',
    '/x\\..\\api\\links',
    '//api/links',
  ])
    expect((await pageFor(`http://localhost${path}`, {}, 'GET')).page).toBe('/not-found');
});

test('pages are for reading', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'TRACE', 'OPTIONS'])
    for (const path of ['/order', '/nothing']) {
      const { answer, page } = await pageFor(path, {}, method);
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
      expect(page).toBeUndefined();
    }
});

test('a page that breaks is a 500, and the door stays open', async () => {
  const { answer } = await pageFor('/s');
  expect(answer).toMatchObject({ status: 500, body: '', headers: apiHeaders });
  expect((await pageFor('/order')).answer.status).toBe(200);
  expect(door.door.busyCount()).toBe(0);
});

test('a file is being answered until its last byte', async () => {
  const file = await fetch(`${door.url}/_next/static/slow.js`);
  expect(door.door.busyCount()).toBe(1);
  door.slowFiles[0]?.end();
  await file.text();
  await expect.poll(door.door.busyCount).toBe(0);
});

test('every page and public file of the product is in the site map', () => {
  const pages = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file.replace(/\/page\.tsx$/, '')}`);
  const files = [...readdirSync('public'), 'icon.svg'].map((file) => `/${file}`);
  expect(existsSync('app/icon.svg')).toBe(true);
  expect(PAGES.map(({ path }) => path).sort()).toEqual(pages.sort());
  expect(PUBLIC_FILES.map(({ path }) => path).sort()).toEqual(files.sort());
});

test('more than 8 KiB are refused, not read on, and not waited for', async () => {
  const authorization = `Bearer ${await door.mint('shopping')}`;
  let sentBytes = 0;
  const outgoing = httpRequest(`${door.url}/api/order/messages`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'content-length': 104_857_600 },
  });
  const closed = new Promise((resolve) => outgoing.on('close', resolve));
  // It is hung up on while it still sends, which is the point.
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

test('who is about to stop says so, and still answers, once a connection', async () => {
  const stopping = await startDoor();
  stopping.services.health.drain();
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
