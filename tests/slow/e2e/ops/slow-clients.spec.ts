import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { findFreePort } from '@/tests/support/local-server';
import { readSamples } from '@/tests/support/metric-samples';
import { startSite } from '@/tests/support/site';
import { expect, test } from '@/tests/e2e/support/site-test';

// Clients that never finish what they say.

const SLOW_CLIENTS = 1_000;
const ROUNDS = 5;
const REQUESTS = 100;
const MOST_SLOWER = 1.2;
/** By how much the slowest twentieth differs on a busy machine when nothing else does. */
const NOISE_MS = 25;

function dial(url: string, words: string): Socket {
  const { port } = new URL(url);
  const socket = connect(Number(port), 'localhost', () => socket.write(words));
  return socket.on('error', () => undefined);
}

/** Its first line and its Cache-Control. A byte that met the closed connection resets it behind the answer (RFC 9112, 9.6). */
async function hear(socket: Socket): Promise<string | undefined> {
  let heard = '';
  socket.on('data', (piece) => (heard += piece.toString()));
  await finished(socket).catch(() => undefined);
  return heard
    .split('\r\n')
    .filter((line) => /^(HTTP|cache-control)/i.test(line))
    .join(' ');
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Infinity;
}

test.setTimeout(90_000);

test('a thousand requests and messages that never end are cut off, and keep nobody waiting meanwhile', async () => {
  const metricsPort = await findFreePort(0, '127.0.0.1');
  const site = await startSite({ LIMITS: 'off', METRICS_PORT: String(metricsPort) });
  const headers = { authorization: `Bearer ${await site.token('shopping')}` };
  const begun = '/api/order/messages HTTP/1.1\r\nhost: a\r\n';
  const halves = [
    `GET ${begun}x-slow: `,
    `POST ${begun}authorization: ${headers.authorization}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"body":"`,
  ];

  async function timeRequest(): Promise<number> {
    const startedAtMs = performance.now();
    const response = await fetch(`${site.url}/api/order/messages`, { headers });
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    return performance.now() - startedAtMs;
  }

  /** The 95th percentile of a round, of the round in the middle. */
  async function readP95(): Promise<number> {
    const rounds: number[] = [];
    while (rounds.length < ROUNDS) {
      const times: number[] = [];
      while (times.length < REQUESTS) times.push(await timeRequest());
      rounds.push(quantile(times, 0.95));
    }
    return quantile(rounds, 0.5);
  }

  /** As the server counts them, not those who still knock. */
  async function countConnections(): Promise<number> {
    const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    const samples = readSamples(await metrics.text());
    return samples.get('nodejs_active_resources{type="TCPSocketWrap"}') ?? 0;
  }

  const before = await readP95();
  const sockets: Socket[] = [];
  // All at once, a hundred of them would have to knock again, some for seconds.
  while (sockets.length < SLOW_CLIENTS) {
    const some = Array.from({ length: 50 }, (_, index) =>
      dial(site.url, halves[index % halves.length] ?? ''),
    );
    await Promise.all(some.map((socket) => once(socket, 'connect')));
    sockets.push(...some);
  }
  const answers = sockets.map(hear);
  // One byte a second from each, so that none of them is ever idle.
  let turn = 0;
  const drip = setInterval(() => {
    for (const end = turn + SLOW_CLIENTS / 100; turn < end; turn++) {
      const socket = sockets[turn % SLOW_CLIENTS];
      if (socket?.writable) socket.write('a');
    }
  }, 10);
  await expect.poll(countConnections).toBeGreaterThan(SLOW_CLIENTS);
  const during = await readP95();
  // On a very slow machine the first half have been cut off by now, never those within a message.
  expect(await countConnections()).toBeGreaterThan(SLOW_CLIENTS / 2);
  // Nobody here hangs up: it is the server who does.
  const ends = await Promise.all(answers);
  clearInterval(drip);
  const after = await readP95();
  expect([...new Set(ends)]).toEqual([
    'HTTP/1.1 408 Request Timeout cache-control: private, no-store',
  ]);
  expect(site.simulator.control.calls({ route: 'send' })).toEqual([]);
  expect(during).toBeLessThan(MOST_SLOWER * Math.max(before, after) + NOISE_MS);
  expect(site.output.join('\n')).not.toMatch(/error/i);
  await site.close();
});
