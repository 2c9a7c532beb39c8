import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiHeaders } from '@/tests/support/api-headers';
import { startRouterServer } from '@/tests/support/router-server';
import { plainRequest } from '@/tests/support/plain-request';
import { rawRequest } from '@/tests/support/raw-request';

let server: Awaited<ReturnType<typeof startRouterServer>>;
beforeAll(
  async () => void (server = await startRouterServer({ LINKS_API_KEY: 'retailer-back-end-key' })),
);
afterAll(() => server.close());

const last = 'connection: close\r\n\r\n';

test.each([
  ['a line that is no request', 'hello\r\n\r\n', 400],
  ['a space in the target', `GET /order /x HTTP/1.1\r\nhost: a\r\n${last}`, 400],
  [
    'two Content-Length fields',
    `POST /order HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n${last}`,
    400,
  ],
  [
    'Content-Length with Transfer-Encoding',
    `POST /order HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n${last}`,
    400,
  ],
  [
    'headers of 70,000 bytes',
    `GET /order HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(70_000)}\r\n${last}`,
    431,
  ],
  [
    'chunk extensions of 20,000 bytes',
    `POST /api/links HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}\r\na\r\n`,
    413,
  ],
  ['an unknown Expect', `GET /order HTTP/1.1\r\nhost: a\r\nexpect: tea\r\n${last}`, 417],
  [
    'an unknown Expect with a body',
    `POST /api/links HTTP/1.1\r\nhost: a\r\nexpect: tea\r\ncontent-length: 3\r\n\r\nabc`,
    417,
  ],
  [
    'an unknown Expect with chunks',
    `POST /api/links HTTP/1.1\r\nhost: a\r\nexpect: tea\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n`,
    417,
  ],
  ['a CONNECT request', `CONNECT a.example:443 HTTP/1.1\r\nhost: a.example:443\r\n\r\n`, 405],
  ['a request without Host', `GET /order HTTP/1.1\r\n${last}`, 400],
  ['a request with two Host fields', `GET /order HTTP/1.1\r\nhost: a\r\nHost: a\r\n${last}`, 400],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
])('%s is refused with the API headers, without a page', async (_, bytes, status) => {
  server.pages.length = 0;
  const answer = await rawRequest(server.port, bytes);
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject(apiHeaders);
  expect(server.pages).toEqual([]);
});

test('HTTP/1.0 needs no Host, and an Upgrade header is ignored', async () => {
  expect((await rawRequest(server.port, 'GET /readyz HTTP/1.0\r\n\r\n')).status).toBe(200);
  const upgrade = `GET /healthz HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade, close\r\n\r\n`;
  expect((await rawRequest(server.port, upgrade)).status).toBe(200);
});

test.each([
  '[',
  ']',
  'a b',
  'a/b',
  'a@b',
  'user:pass@a',
  'a:b',
  'a:99999',
  'a?b',
  'a#b',
  'a\\b',
  '1.2.3.4.5',
  '%zz',
  '[::1',
  '[::g]',
  '<a>',
])('Host: %s gets 400 for every path', async (host) => {
  for (const path of ['/order', '/nowhere', '/embed.js', '/api/order/messages', '/readyz'])
    expect(await plainRequest(server.url, { host }, 'GET', { path })).toMatchObject({
      status: 400,
      body: '',
      headers: apiHeaders,
    });
});

test.each([
  'a',
  'orders.example:8080',
  '127.0.0.1:3000',
  '[::1]',
  '[2001:db8::1]:443',
  'xn--mnchen-3ya.example',
  'a_b.example',
  '',
])('Host: %s is accepted', async (host) => {
  const bytes = `GET /readyz HTTP/1.1\r\nhost: ${host}\r\n${last}`;
  expect((await rawRequest(server.port, bytes)).status).toBe(200);
});

test.each([
  'bytes=5-1',
  'bytes=0-0,5-1',
  'bytes=',
  'bytes=a-b',
  'bytes',
  'bytes=-',
  'BYTES=9-2',
  `bytes=${'0-1,'.repeat(40)}0-1`,
])('Range: %s gets 416', async (range) => {
  for (const path of ['/order', '/embed.js', '/_next/static/x.js', '/readyz'])
    expect(await plainRequest(server.url, { range }, 'GET', { path })).toMatchObject({
      status: 416,
      body: '',
      headers: apiHeaders,
    });
});

test.each(['bytes=0-0', 'bytes=5-', 'bytes=-5', 'bytes=0-1, 4-9', 'lines=5-1'])(
  'Range: %s is accepted',
  async (range) => {
    expect((await plainRequest(`${server.url}/readyz`, { range })).status).toBe(200);
  },
);
