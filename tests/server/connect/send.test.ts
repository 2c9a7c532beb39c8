import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createAdaptiveRateLimiter } from '@/lib/server/connect/adaptive-rate';
import { createConnectClient } from '@/lib/server/connect/client';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { demoUserId } from '@/tests/simulator/people';
import { startSimulator } from '@/tests/simulator/simulator';

vi.setConfig({ testTimeout: 15_000 });

const demoAccount = { clientId: 'demo-client', clientSecret: 'demo-secret' };

async function start(account: Account = demoAccount) {
  const clock = createFrozenClock();
  const simulator = await startSimulator({ clock });
  onTestFinished(simulator.close);
  const { control } = simulator;
  const wait = vi.fn(async (delayMs: number) => clock.advance(delayMs));
  const connect = connectTo(simulator.url, account, clock.nowMs, wait);
  return {
    clock,
    control,
    wait,
    send: (body = 'Hello', orderId = 'shopping') => connect.sendMessage(orderId, demoUserId, body),
    posts: () => control.calls({ route: 'send' }).length,
    mints: () => control.calls({ route: 'token' }).length,
    async thread() {
      const answer = await connect.getOrderMessages('shopping', demoUserId);
      if (answer.kind !== 'messages') throw new Error('no thread');
      return answer.messages.chatMessages;
    },
  };
}

type Account = Parameters<typeof createConnectClient>[0]['account'];

function connectTo(
  baseUrl: string,
  account: Account = { accessToken: 'x' },
  now = Date.now,
  wait: (delayMs: number) => Promise<unknown> = async () => undefined,
) {
  return createConnectClient({
    baseUrl,
    retailerId: undefined,
    account,
    now,
    random: () => 0.5,
    wait,
    adaptiveRate: createAdaptiveRateLimiter(now),
    sharedTokens: undefined,
  });
}

test('a sent message is returned with the id and the time that the thread has', async () => {
  const { send, thread, posts } = await start();
  const outcome = await send('Oat milk is fine\n👍');
  const message = (await thread()).at(-1);
  expect(outcome).toEqual({ kind: 'sent', id: message?.id, at: message?.created_at });
  expect(message?.body).toBe('Oat milk is fine\n👍');
  expect(posts()).toBe(1);
});

test.for<[string, FaultEffect, object]>([
  ['400', { kind: 'status', status: 400 }, { kind: 'refused', code: 'invalid_request' }],
  ['403', { kind: 'status', status: 403 }, { kind: 'refused', code: 'chat_closed' }],
  ['404', { kind: 'status', status: 404 }, { kind: 'refused', code: 'order_not_found' }],
  [
    '403 of an intermediate proxy',
    { kind: 'status', status: 403, body: '<p>' },
    { kind: 'unavailable' },
  ],
  [
    '404 of an intermediate proxy',
    { kind: 'status', status: 404, body: '<p>' },
    { kind: 'unavailable' },
  ],
  ['408', { kind: 'status', status: 408 }, { kind: 'unknown' }],
  ['500', { kind: 'status', status: 500 }, { kind: 'unknown' }],
  ['503', { kind: 'status', status: 503, retryAfter: '1' }, { kind: 'unknown' }],
  ['a redirect', { kind: 'redirect' }, { kind: 'unknown' }],
  ['an HTML page', { kind: 'html' }, { kind: 'unknown' }],
  ['200 without an id', { kind: 'missing-field', path: 'id' }, { kind: 'unknown' }],
  ['200 without a time', { kind: 'invalid-dates' }, { kind: 'unknown' }],
  ['invalid JSON', { kind: 'invalid-json' }, { kind: 'unknown' }],
  ['a reset connection', { kind: 'reset' }, { kind: 'unknown' }],
  ['a response with a reset in its body', { kind: 'reset-mid-body' }, { kind: 'unknown' }],
  ['a dropped response', { kind: 'drop-answer' }, { kind: 'unknown' }],
  ['a hanging response', { kind: 'hang' }, { kind: 'unknown' }],
])('a message that gets %s is posted once', async ([, effect, outcome]) => {
  const { control, send, posts, mints } = await start();
  control.fault({ route: 'send', ...effect });
  expect(await send()).toMatchObject(outcome);
  expect([posts(), mints()]).toEqual([1, 1]);
});

test('an id over 2^53 keeps every digit', async () => {
  const { control, send } = await start();
  control.fault({ route: 'send', kind: 'huge-ids' });
  const outcome = await send();
  expect(outcome).toMatchObject({ kind: 'sent', id: expect.stringMatching(/^90072\d{11}$/) });
});

test('an expired token is replaced, and the message is posted again', async () => {
  const { control, send, thread, posts, mints } = await start();
  const before = (await thread()).length;
  control.expireTokens();
  expect(await send()).toMatchObject({ kind: 'sent' });
  expect([posts(), mints()]).toEqual([2, 2]);
  expect(await thread()).toHaveLength(before + 1);
});

test('a second 401 is final, and the message is reported as not sent', async () => {
  const { control, send, posts } = await start();
  control.fault({ route: 'send', kind: 'unauthorized' });
  expect(await send()).toEqual({ kind: 'unavailable', retryAfterMs: undefined });
  expect(posts()).toBe(2);
});

test('a static token is not retried after a 401', async () => {
  const { control, send, posts } = await start({ accessToken: 'demo-static-token' });
  control.fault({ route: 'send', kind: 'unauthorized' });
  expect(await send()).toMatchObject({ kind: 'unavailable' });
  expect(posts()).toBe(1);
});

test('a throttled message is posted again after the Retry-After', async () => {
  const { control, send, thread, posts, wait } = await start();
  const before = (await thread()).length;
  control.fault({ route: 'send', kind: 'status', status: 429, retryAfter: '1', times: 1 });
  expect(await send()).toMatchObject({ kind: 'sent' });
  expect(wait.mock.calls).toEqual([[1_000]]);
  expect(posts()).toBe(2);
  expect(await thread()).toHaveLength(before + 1);
});

test('a Retry-After beyond the deadline is returned, and messages fail until it ends', async () => {
  const { clock, control, send, posts } = await start();
  control.fault({ route: 'send', kind: 'status', status: 429, retryAfter: '9', times: 1 });
  expect(await send()).toEqual({ kind: 'unavailable', retryAfterMs: 9_000 });
  clock.advance(4 * secondMs);
  expect(await send()).toEqual({ kind: 'unavailable', retryAfterMs: 5_000 });
  expect(posts()).toBe(1);
  clock.advance(5 * secondMs);
  expect(await send()).toMatchObject({ kind: 'sent' });
});

test('a message is not posted if no token is minted', async () => {
  const { control, send, posts } = await start();
  control.fault({ route: 'token', kind: 'unauthorized' });
  expect(await send()).toMatchObject({ kind: 'unavailable' });
  expect(posts()).toBe(0);
});

test('no message is posted while the breaker is open; a closed chat does not open it', async () => {
  const { control, send, posts } = await start();
  for (let count = 0; count < 12; count++)
    expect(await send('Hello', 'waiting')).toMatchObject({ code: 'chat_closed' });
  control.fault({ route: 'send', kind: 'status', status: 500 });
  for (let count = 0; count < 13; count++) await send();
  const before = posts();
  expect(await send()).toMatchObject({ kind: 'unavailable', retryAfterMs: 5_000 });
  expect(posts()).toBe(before);
});

test('a refused connection is retried, and the message is reported as not sent', async () => {
  const { control, send, thread, posts, wait } = await start();
  const before = (await thread()).length;
  await control.stop();
  expect(await send()).toEqual({ kind: 'unavailable', retryAfterMs: undefined });
  expect(wait).toHaveBeenCalledTimes(2);
  wait.mockImplementationOnce(control.restart);
  expect(await send()).toMatchObject({ kind: 'sent' });
  expect(posts()).toBe(1);
  expect(await thread()).toHaveLength(before + 1);
});

test('a message to an unknown host is reported as not sent', async () => {
  const connect = connectTo('http://connect.invalid');
  expect(await connect.sendMessage('shopping', demoUserId, 'Hello')).toEqual({
    kind: 'unavailable',
    retryAfterMs: undefined,
  });
});

// Connect may close a kept-alive connection during a send, and then it is unknown whether the
// message arrived.
test('each message uses a new connection', async () => {
  const ports = new Set<number | undefined>();
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort);
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id": 1, "created_at": "2026-11-20T18:00:00Z"}');
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connect = connectTo(`http://127.0.0.1:${port}`);
  for (let count = 0; count < 5; count++)
    expect(await connect.sendMessage('one', 'ann', 'Hello')).toMatchObject({
      kind: 'sent',
      id: '1',
    });
  expect(ports.size).toBe(5);
});
