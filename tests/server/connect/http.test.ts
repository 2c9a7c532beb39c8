import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createRawServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createConnectHttp, parseRetryAfter } from '@/lib/server/connect/http';

const nowMs = Date.parse('2026-11-20T18:00:00Z');

test('Retry-After is seconds or a date and is limited to 1 to 30 seconds', () => {
  expect(parseRetryAfter('7', nowMs)).toBe(7_000);
  expect(parseRetryAfter('0', nowMs)).toBe(1_000);
  expect(parseRetryAfter('31', nowMs)).toBe(30_000);
  expect(parseRetryAfter('Fri, 20 Nov 2026 18:00:12 GMT', nowMs)).toBe(12_000);
  expect(parseRetryAfter('Fri, 20 Nov 2026 17:00:00 GMT', nowMs)).toBe(1_000);
  expect(parseRetryAfter('Sat, 20 Nov 2027 18:00:00 GMT', nowMs)).toBe(30_000);
});

test.each(['99999999999999999999', '9'.repeat(400)])(
  'a very large Retry-After is limited to 30 seconds',
  (header) => {
    expect(parseRetryAfter(header, nowMs)).toBe(30_000);
  },
);

test.for([undefined, '', 'soon', 'NaN', '1e3x', ['1', '2']])('%j is no Retry-After', (header) => {
  expect(parseRetryAfter(header, nowMs)).toBeUndefined();
});

test('the wait is between 1 and 30 seconds for any Retry-After', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.float().map(String), fc.date().map(String)), (header) => {
      const waitMs = parseRetryAfter(header, nowMs) ?? 1_000;
      expect(waitMs).toBeGreaterThanOrEqual(1_000);
      expect(waitMs).toBeLessThanOrEqual(30_000);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

async function startUpstream(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/connect/`;
  const http = createConnectHttp({ baseUrl, retailerId: undefined, now: () => nowMs });
  return {
    server,
    get: (signal = AbortSignal.timeout(4_000), knownDigest?: string) =>
      http.send({ method: 'GET', path: '/v2/x', signal, knownDigest }),
  };
}

test('the path is appended to a base URL with a trailing slash', async () => {
  const { get } = await startUpstream(({ url }, response) => {
    response.setHeader('content-type', 'application/problem+json');
    response.end(JSON.stringify({ url }));
  });
  expect(await get()).toMatchObject({ status: 200, body: { url: '/connect/v2/x' } });
});

test.each(['text/html', 'text/plain', 'application/jsonp', 'application/x-json'])(
  'a response of type %s is not read as JSON',
  async (type) => {
    const { get } = await startUpstream((_, response) => {
      response.setHeader('content-type', type);
      response.end('{}');
    });
    await expect(get()).rejects.toMatchObject({ code: 'upstream_invalid' });
  },
);

test('JSON that is nested deeper than the stack is refused', async () => {
  const { get } = await startUpstream((_, response) => {
    response.end(`${'[9999999999999999,'.repeat(50_000)}1${']'.repeat(50_000)}`);
  });
  await expect(get()).rejects.toMatchObject({ code: 'upstream_invalid' });
});

test('an unsupported encoding is refused, and its connection is closed at once', async () => {
  const { server, get } = await startUpstream((_, response) => {
    response.setHeader('content-encoding', 'zstd');
    response.write('x');
  });
  await expect(get()).rejects.toMatchObject({ code: 'upstream_invalid' });
  await expect
    .poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count))))
    .toBe(0);
});

test.each(['gzip', 'deflate', 'br'])('a body that is not valid %s is refused', async (encoding) => {
  const { get } = await startUpstream((_, response) => {
    response.setHeader('content-encoding', encoding);
    response.end('{"not": "compressed"}');
  });
  await expect(get()).rejects.toMatchObject({ code: 'upstream_invalid' });
});

test('a response with the known digest is not parsed again, and a changed one is', async () => {
  let body = '{"a": 1}';
  const { get } = await startUpstream((_, response) => void response.end(body));
  const signal = AbortSignal.timeout(4_000);
  const first = await get(signal);
  expect(first).toMatchObject({ body: { a: 1 }, digest: expect.stringMatching(/^[\w-]{43}$/) });
  expect(await get(signal, first.digest)).toEqual({ ...first, body: undefined });
  body = '{"a": 2}';
  const changed = await get(signal, first.digest);
  expect(changed.body).toEqual({ a: 2 });
  expect(changed.digest).not.toBe(first.digest);
});

test.each([
  [
    'Connection: close and Content-Length',
    (length: number) => `connection: close\r\ncontent-length: ${length}`,
  ],
  ['Connection: close only', () => 'connection: close'],
  ['Content-Length only', (length: number) => `content-length: ${length}`],
])('a large response is complete when the connection closes: %s', async (_, toHeaders) => {
  const text = JSON.stringify(Array.from({ length: 60_000 }, (__, index) => index * 7_919));
  for (const [encoding, bytes] of [
    ['identity', Buffer.from(text)],
    ['gzip', gzipSync(text)],
  ] as const) {
    const server = createRawServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        const headers = `content-encoding: ${encoding}\r\n${toHeaders(bytes.length)}`;
        socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`), bytes]));
      });
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}`;
    const http = createConnectHttp({ baseUrl, retailerId: undefined, now: () => nowMs });
    for (const ownConnection of [true, false]) {
      const signal = AbortSignal.timeout(4_000);
      const answer = await http.send({
        method: 'GET',
        path: '/x',
        signal,
        newConnection: ownConnection,
      });
      expect(answer).toMatchObject({ status: 200, body: JSON.parse(text) });
    }
  }
});
