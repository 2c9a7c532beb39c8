import { once } from 'node:events';
import { createServer } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStoredFile } from '@/lib/server/web/stored-file';
import { plainRequest } from '@/tests/support/plain-request';

const text = 'export const answer = 42;\n'.repeat(50);
const identity = Buffer.from(text);
const gzip = gzipSync(identity);
const br = brotliCompressSync(identity);
const server = createServer();
let url = '';

beforeAll(async () => {
  const serve = createStoredFile({ identity, gzip, br }, { 'content-type': 'text/javascript' });
  server.on('request', serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => void server.close());

test.each([
  ['gzip, deflate, br, zstd', 'br', br],
  ['gzip', 'gzip', gzip],
  ['br;q=0, gzip;q=0.5', 'gzip', gzip],
  ['zstd', undefined, identity],
  [undefined, undefined, identity],
])('a file for Accept-Encoding %s is sent as %s', async (accepted, coding, body) => {
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
  const answer = await plainRequest(url, headers);
  expect(answer.headers['content-encoding']).toBe(coding);
  expect(answer.headers['content-length']).toBe(String(body.length));
  expect(answer.headers.vary).toBe('accept-encoding');
  expect(await (await fetch(url, { headers })).text()).toBe(text);
});

test('a file with a matching ETag gets 304 in every content coding', async () => {
  const etag = String((await plainRequest(url)).headers.etag);
  for (const coding of ['br', 'gzip', 'identity']) {
    const headers = { 'accept-encoding': coding, 'if-none-match': etag };
    expect(await plainRequest(url, headers)).toMatchObject({ status: 304, body: '' });
  }
  expect((await plainRequest(url, { 'if-none-match': 'W/"other"' })).status).toBe(200);
});

test('the response to HEAD has the headers of GET and no body', async () => {
  const { status, headers, body } = await plainRequest(url, {}, 'HEAD');
  expect([status, headers['content-length'], body]).toEqual([200, String(identity.length), '']);
});

test.each(['bytes=0-3', 'bytes=5-1', 'bytes=9999-', 'nonsense'])(
  'a file for Range %s is sent as a whole',
  async (range) => {
    expect(await plainRequest(url, { range })).toMatchObject({ status: 200, body: text });
  },
);
