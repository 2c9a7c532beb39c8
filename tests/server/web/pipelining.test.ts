import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDoor } from '@/tests/support/router-server';
import { plainRequest } from '@/tests/support/plain-request';

let door: Awaited<ReturnType<typeof startDoor>>;
beforeAll(async () => void (door = await startDoor({ LINKS_API_KEY: 'sixteen-characters' })));
afterAll(() => door.close());

async function connectToDoor(): Promise<[client: Socket, serverSide: Socket]> {
  const connected = once(door.server, 'connection');
  const socket = connect(door.port, '127.0.0.1');
  socket.on('error', () => undefined);
  const [serverSide] = await connected;
  return [socket, serverSide];
}

test('pipelined requests are not processed after their connection closes', async () => {
  door.pages.length = 0;
  const [socket, serverSide] = await connectToDoor();
  const closed = once(serverSide, 'close');
  socket.write('GET /order HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(2_000));
  await once(socket, 'data');
  socket.destroy();
  await closed;
  const count = door.pages.length;
  expect(count).toBeLessThan(1_000);
  expect((await plainRequest(`${door.url}/order`)).status).toBe(200);
  expect(door.pages).toHaveLength(count + 1);
  await expect.poll(door.door.busyCount).toBe(0);
});

test('pipelined requests to pages and the API are answered in order', async () => {
  const [socket] = await connectToDoor();
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
  door.simulator.control.fault({ route: 'order_messages', kind: 'delay', delayMs: 300 });
  const [socket] = await connectToDoor();
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = once(socket, 'close');
  const authorization = `authorization: Bearer ${await door.mint('shopping')}`;
  socket.write(
    `GET /api/order/messages HTTP/1.1\r\nhost: a\r\n${authorization}\r\n\r\nGARBAGE\r\n\r\n`,
  );
  await closed;
  expect(text).not.toContain(' 400 ');
});
