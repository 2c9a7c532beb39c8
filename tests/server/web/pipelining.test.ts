import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRouterServer } from '@/tests/support/router-server';
import { plainRequest } from '@/tests/support/plain-request';

let server: Awaited<ReturnType<typeof startRouterServer>>;
beforeAll(
  async () => void (server = await startRouterServer({ LINKS_API_KEY: 'sixteen-characters' })),
);
afterAll(() => server.close());

async function connectToServer(): Promise<[client: Socket, serverSide: Socket]> {
  const connected = once(server.http, 'connection');
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  const [serverSide] = await connected;
  return [socket, serverSide];
}

test('pipelined requests are not processed after their connection closes', async () => {
  server.pages.length = 0;
  const [socket, serverSide] = await connectToServer();
  const closed = once(serverSide, 'close');
  socket.write('GET /order HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(2_000));
  await once(socket, 'data');
  socket.destroy();
  await closed;
  const count = server.pages.length;
  expect(count).toBeLessThan(1_000);
  expect((await plainRequest(`${server.url}/order`)).status).toBe(200);
  expect(server.pages).toHaveLength(count + 1);
  await expect.poll(server.router.busyCount).toBe(0);
});

test('pipelined requests to pages and the API are answered in order', async () => {
  const [socket] = await connectToServer();
  const paths = ['/order', '/healthz', '/nowhere', '/api/links', '/order%23abc'];
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`).join(''));
  await expect
    .poll(() => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status))
    .toEqual(['200', '200', '200', '405', '302']);
  socket.destroy();
});

test('invalid bytes after a pending request cause no 400 in place of its response', async () => {
  server.simulator.control.fault({ route: 'order_messages', kind: 'delay', delayMs: 300 });
  const [socket] = await connectToServer();
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = once(socket, 'close');
  const authorization = `authorization: Bearer ${await server.mint('shopping')}`;
  socket.write(
    `GET /api/order/messages HTTP/1.1\r\nhost: a\r\n${authorization}\r\n\r\nGARBAGE\r\n\r\n`,
  );
  await closed;
  expect(text).not.toContain(' 400 ');
});
