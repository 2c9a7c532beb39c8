import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRouter, startRouterServer } from '@/tests/support/router-server';
import { startHaproxy } from '@/tests/support/haproxy';

// Responses that are sent before the body of their request has arrived.

const EARLY_CLIENTS = 4;
const READERS = 10;
const REQUESTS = 200;

type RouterServer = Awaited<ReturnType<typeof startRouterServer>>;

let first: RouterServer;
let second: Awaited<ReturnType<typeof startRouter>>;
let haproxy: Awaited<ReturnType<typeof startHaproxy>>;

beforeAll(async () => {
  first = await startRouterServer({ LIMITS: 'off', LINKS_API_KEY: 'retailer-back-end-key' });
  second = await startRouter(first.services);
  haproxy = await startHaproxy([first.port, second.port]);
}, 40_000);

afterAll(async () => {
  await haproxy.close();
  second.close();
  await first.close();
});

const heads = [
  'POST /api/links HTTP/1.1',
  'POST /api/order/messages HTTP/1.1\r\nauthorization: Bearer wrong',
  'PUT /api/order/messages HTTP/1.1',
  'POST /order HTTP/1.1',
];

/** Returns the response to a request whose body of 10 bytes is not sent yet. */
async function sendHead(socket: Socket, head: string): Promise<string> {
  const answered = once(socket, 'data');
  socket.write(
    `${head}\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n`,
  );
  const [answer] = await answered;
  return String(answer);
}

test('a response sent before the request body closes the connection, and a later one does not', async () => {
  for (const head of heads) {
    const socket = connect(first.port, '127.0.0.1');
    expect(await sendHead(socket, head)).toMatch(
      /^HTTP\/1\.1 4\d\d [^]*\r\nconnection: close\r\n/i,
    );
    const ended = once(socket, 'end');
    socket.write('0123456789');
    // The server sends FIN instead of destroying the socket, so no byte of the response is lost.
    await ended;
    socket.destroy();
  }
  const authorization = `Bearer ${await first.mint('shopping')}`;
  const { status, headers } = await fetch(`${first.url}/api/order/messages`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: '0123456789',
  });
  expect([status, headers.get('connection')]).toEqual([400, 'keep-alive']);
});

test('a request without a body keeps its connection, even if it is refused', async () => {
  for (const [method, path] of [
    ['GET', '/api/order/messages'],
    ['DELETE', '/api/order/messages'],
    ['GET', '/order'],
    ['POST', '/order'],
  ] as const) {
    const { headers } = await fetch(`${first.url}${path}`, { method });
    expect(headers.get('connection')).not.toBe('close');
  }
});

test('a request after an unfinished request gets no response', async () => {
  const socket = connect(first.port, '127.0.0.1');
  let answers = await sendHead(socket, heads[0] ?? '');
  socket.on('data', (piece) => (answers += piece));
  const ended = once(socket, 'end');
  socket.write('0123456789GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n');
  await ended;
  socket.destroy();
  expect(answers.match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(first.router.busyCount()).toBe(0);
});

test('behind HAProxy no request of another customer fails because of a late body', async () => {
  // Slow responses for separate orders keep every connection in use nearly all the time.
  first.simulator.control.fault({ route: 'order_messages', kind: 'delay', delayMs: 250 });
  let isOver = false;
  let earlyCount = 0;

  async function answerEarly(index: number): Promise<void> {
    while (!isOver) {
      const socket = connect(haproxy.port, '127.0.0.1').on('error', () => undefined);
      await sendHead(socket, heads[(index + earlyCount) % heads.length] ?? '');
      earlyCount += 1;
      socket.write('01234');
      // The rest of the body follows after the early response.
      await sleep(20);
      socket.end('56789');
    }
  }

  const outcomes: Record<string, number> = {};
  let requestCount = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: READERS });

  async function read(index: number): Promise<string> {
    const authorization = `Bearer ${await first.mint(`nowhere-${index}`)}`;
    const url = `${haproxy.url}/api/order/messages`;
    return new Promise((resolve) => {
      httpRequest(url, { agent, headers: { authorization } }, (answer) => {
        answer.resume().on('end', () => resolve(String(answer.statusCode)));
      })
        .on('error', (cause: NodeJS.ErrnoException) => resolve(cause.code ?? cause.message))
        .end();
    });
  }

  async function readRepeatedly(): Promise<void> {
    while (requestCount < REQUESTS) {
      const outcome = await read((requestCount += 1));
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  }

  const early = Array.from({ length: EARLY_CLIENTS }, (_, index) => answerEarly(index));
  await Promise.all(Array.from({ length: READERS }, readRepeatedly));
  isOver = true;
  await Promise.all(early);
  agent.destroy();
  expect(outcomes).toEqual({ 404: REQUESTS });
  expect(earlyCount).toBeGreaterThan(EARLY_CLIENTS);
}, 60_000);
