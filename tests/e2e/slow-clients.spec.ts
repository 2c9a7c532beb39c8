import { connect, type Socket } from 'node:net';
import { expect, test } from './site-test';

// Clients that never finish what they say.

function dial(url: string, words: string): Socket {
  const { port } = new URL(url);
  const socket = connect(Number(port), 'localhost', () => socket.write(words));
  return socket.on('error', () => undefined);
}

test.setTimeout(60_000);

test('a thousand half-written requests are dropped, and keep nobody waiting', async ({
  ownSite,
}) => {
  const half = 'GET /api/order/messages HTTP/1.1\r\nhost: a\r\nx-slow: ';
  const sockets = Array.from({ length: 1_000 }, () => dial(ownSite.url, half));
  const closed = sockets.map((socket) => new Promise((resolve) => socket.on('close', resolve)));
  // One byte a second, so that none of them is ever idle.
  const drip = setInterval(
    () => sockets.forEach((socket) => socket.writable && socket.write('a')),
    1_000,
  );
  const authorization = `Bearer ${await ownSite.token('shopping')}`;
  const headers = { authorization };
  for (let count = 0; count < 20; count++)
    expect((await fetch(`${ownSite.url}/api/order/messages`, { headers })).status).toBe(200);
  await Promise.all(closed);
  clearInterval(drip);
  expect(ownSite.output.join('\n')).not.toMatch(/error/i);
});
