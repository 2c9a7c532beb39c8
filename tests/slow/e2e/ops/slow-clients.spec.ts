import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { readSamples } from '@/tests/support/metric-samples';
import { expect, test } from '@/tests/e2e/support/site-test';

// Clients that send a request slowly and never finish it.

const SLOW_CLIENTS = 1_000;
const REQUESTS = 100;

/** Connects and sends the first part of a request. */
function sendFirstPart(url: string, firstPart: string): Socket {
  const { port } = new URL(url);
  const socket = connect(Number(port), 'localhost', () => socket.write(firstPart));
  return socket.on('error', () => undefined);
}

/**
 * The status line and Cache-Control of the answer. A byte that arrives after the server has closed resets the
 * connection after the answer (RFC 9112, 9.6).
 */
async function readAnswer(socket: Socket): Promise<string> {
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  await finished(socket).catch(() => undefined);
  return answer
    .split('\r\n')
    .filter((line) => /^(HTTP|cache-control)/i.test(line))
    .join(' ');
}

test.use({ siteEnv: { LIMITS: 'off' } });
test.setTimeout(90_000);

test('a thousand unfinished requests are ended by the server, which answers other requests meanwhile', async ({
  site,
}) => {
  const headers = { authorization: `Bearer ${await site.token('shopping')}` };
  const target = '/api/order/messages HTTP/1.1\r\nhost: a\r\n';
  const firstParts = [
    `GET ${target}x-slow: `,
    `POST ${target}authorization: ${headers.authorization}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"body":"`,
  ];

  async function countConnections(): Promise<number> {
    const samples = readSamples(await site.readMetrics());
    return samples.get('nodejs_active_resources{type="TCPSocketWrap"}') ?? 0;
  }

  const sockets: Socket[] = [];
  // Clients connect in groups, because the kernel's backlog drops connections that arrive all at once.
  while (sockets.length < SLOW_CLIENTS) {
    const group = Array.from({ length: 50 }, (_, index) =>
      sendFirstPart(site.url, firstParts[index % firstParts.length] ?? ''),
    );
    await Promise.all(group.map((socket) => once(socket, 'connect')));
    sockets.push(...group);
  }
  const answers = sockets.map(readAnswer);
  // Each client sends one byte per second, so that no connection is idle.
  let byteCount = 0;
  const drip = setInterval(() => {
    for (const end = byteCount + SLOW_CLIENTS / 100; byteCount < end; byteCount++) {
      const socket = sockets[byteCount % SLOW_CLIENTS];
      if (socket?.writable) socket.write('a');
    }
  }, 10);
  await expect.poll(countConnections).toBeGreaterThan(SLOW_CLIENTS);
  for (let count = 0; count < REQUESTS; count++) {
    const response = await fetch(`${site.url}/api/order/messages`, { headers });
    await response.arrayBuffer();
    expect(response.status).toBe(200);
  }
  // On a very slow machine, the header timeout may have closed the connections of half of the clients by now.
  expect(await countConnections()).toBeGreaterThan(SLOW_CLIENTS / 2);
  // The clients never close, so the server ends every connection.
  const ends = await Promise.all(answers);
  clearInterval(drip);
  expect([...new Set(ends)]).toEqual([
    'HTTP/1.1 408 Request Timeout cache-control: private, no-store',
  ]);
  expect(site.simulator.control.calls({ route: 'send' })).toEqual([]);
  expect(site.output.join('\n')).not.toMatch(/error/i);
});
