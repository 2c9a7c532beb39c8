import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { hourMs, minuteMs, secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { shortenedWait } from '@/tests/support/order-server';
import { toBytes } from '@/tests/support/response-bytes';
import { codeOf, startSendingServer } from '@/tests/support/sending-server';

vi.setConfig({ testTimeout: 15_000 });

const unconfirmed = [504, 'send_unconfirmed'];

async function start(wait = shortenedWait) {
  const server = await startSendingServer({}, wait);
  onTestFinished(server.close);
  const { control } = server;
  return {
    ...server,
    reads: () => control.calls({ route: 'order_messages' }).length,
    addFault: (effect: FaultEffect, times = 1) =>
      control.fault({ route: 'send', times, ...effect }),
  };
}

async function idOf(response: Response): Promise<string> {
  return (await response.json()).message.id;
}

test.for<[string, FaultEffect]>([
  ['that is dropped', { kind: 'drop-answer' }],
  ['that is cut off', { kind: 'reset-mid-body' }],
  ['with invalid JSON', { kind: 'invalid-json' }],
  ['without an id', { kind: 'missing-field', path: 'id' }],
  ['without a readable time', { kind: 'invalid-dates' }],
  ['that stalls after its headers', { kind: 'headers-then-hang' }],
])('after a response %s the message is found in the thread, not reposted', async ([, effect]) => {
  const { send, posts, lastMessage, addFault } = await start();
  const id = randomUUID();
  addFault(effect);
  const response = await send('Hello\r\nyou\u0007', id);
  expect(response.status).toBe(201);
  const { message } = await response.clone().json();
  expect(message).toEqual(await lastMessage());
  expect(message.body).toBe('Hello\nyou');
  expect(await toBytes(await send('Hello\nyou', id))).toEqual(await toBytes(response));
  expect(posts()).toBe(1);
});

test.for<[string, FaultEffect]>([
  ['a reset connection', { kind: 'reset' }],
  ['a 500', { kind: 'status', status: 500 }],
  ['a 503', { kind: 'status', status: 503 }],
  ['a 408', { kind: 'status', status: 408 }],
  ['an HTML page', { kind: 'html' }],
  ['a body of another shape', { kind: 'wrong-shape' }],
  ['a redirect', { kind: 'redirect' }],
])('after %s, a message missing from the thread is never posted again', async ([, effect]) => {
  const { send, posts, addFault, clock } = await start();
  const id = randomUUID();
  addFault(effect);
  expect(await codeOf(await send('Hello', id))).toEqual(unconfirmed);
  clock.advance(hourMs);
  expect(await codeOf(await send('Hello', id))).toEqual(unconfirmed);
  expect(await codeOf(await send('Other', id))).toEqual([409, 'conflict']);
  expect(posts()).toBe(1);
});

test('an unconfirmed send reads the thread three times: at once, after 1 s and after 2.5 s', async () => {
  const wait = vi.fn(async () => undefined);
  const { send, addFault, reads } = await start(wait);
  addFault({ kind: 'reset' });
  expect(await codeOf(await send('Hello'))).toEqual(unconfirmed);
  expect(wait.mock.calls).toEqual([[1_000], [1_500]]);
  expect(reads()).toBe(3);
});

test('a message that appears late in the thread is found by a later read', async () => {
  const { control, send, addFault, posts } = await start(async (delayMs) => {
    if (delayMs === 1_500) control.addMessage('shopping', { from: 'user', body: 'Hello' });
  });
  addFault({ kind: 'reset' });
  expect((await send('Hello')).status).toBe(201);
  expect(posts()).toBe(1);
});

test('a message that appears after an unconfirmed response is found when the page retries', async () => {
  const { control, clock, send, addFault, posts } = await start();
  const id = randomUUID();
  addFault({ kind: 'reset' });
  expect(await codeOf(await send('Hello', id))).toEqual(unconfirmed);
  clock.advance(5 * secondMs);
  control.addMessage('shopping', { from: 'user', body: 'Hello' });
  const { message } = await (await send('Hello', id)).json();
  expect(message).toMatchObject({ body: 'Hello', at: '2026-11-20T18:00:05.000Z' });
  expect(posts()).toBe(1);
});

test('a message stays unconfirmed while the thread is unreadable, and a later retry confirms it', async () => {
  const { control, send, addFault, posts } = await start();
  const id = randomUUID();
  addFault({ kind: 'drop-answer' });
  control.fault({ route: 'order_messages', kind: 'status', status: 403, body: '<p>' });
  expect(await codeOf(await send('Hello', id))).toEqual(unconfirmed);
  control.clearFaults();
  expect((await send('Hello', id)).status).toBe(201);
  expect(posts()).toBe(1);
});

test('a message with another time, sender or text does not confirm a send', async () => {
  const { control, clock, send, addFault } = await start();
  control.addMessage('shopping', { from: 'user', body: 'Yes' });
  clock.advance(61 * secondMs);
  control.addMessage('shopping', { from: 'driver', body: 'Yes' });
  control.addMessage('shopping', { from: 'user', body: 'Yes!' });
  control.addMessage('shopping', { from: 'user', body: 'yes' });
  addFault({ kind: 'reset' });
  expect(await codeOf(await send('Yes'))).toEqual(unconfirmed);
});

test('a send is confirmed even if the clock of Connect is 59 seconds behind', async () => {
  const { control, clock, send, addFault } = await start();
  control.addMessage('shopping', { from: 'user', body: 'Yes' });
  clock.advance(59 * secondMs);
  addFault({ kind: 'reset' });
  expect((await send('Yes')).status).toBe(201);
});

test('a message is recognized if Connect stores other whitespace and Unicode normalization', async () => {
  const { control, send, addFault } = await start();
  addFault({ kind: 'reset' });
  control.addMessage('shopping', { from: 'user', body: ' Cafe\u0301\r\n\r\n\r\nplease ' });
  expect((await send('Café\n\n\n\nplease')).status).toBe(201);
});

test('equal texts with different ids are posted separately, in sequence and concurrently', async () => {
  const { send, posts } = await start();
  const ids = [
    await idOf(await send('Yes')),
    await idOf(await send('Yes')),
    ...(await Promise.all([send('Yes'), send('Yes')].map(async (sent) => idOf(await sent)))),
  ];
  expect(new Set(ids).size).toBe(4);
  expect(posts()).toBe(4);
});

test('two equal messages whose responses are lost are confirmed as two', async () => {
  const { send, addFault, posts } = await start();
  addFault({ kind: 'drop-answer' }, 2);
  const ids = await Promise.all([send('Yes'), send('Yes')].map(async (sent) => idOf(await sent)));
  expect(new Set(ids).size).toBe(2);
  expect(posts()).toBe(2);
});

test.each([1, 2])(
  'of two equal messages, only one is confirmed if request number %d is lost',
  async (lost) => {
    const { control, send, posts } = await start();
    control.fault({ route: 'send', kind: 'drop-answer' });
    control.fault({ route: 'send', kind: 'reset', everyNth: lost, times: 1 });
    const [first, second] = [randomUUID(), randomUUID()];
    const responses = await Promise.all([send('Yes', first), send('Yes', second)]);
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 504]);
    control.clearFaults();
    const again = await Promise.all([send('Yes', first), send('Yes', second)]);
    expect(again.map(({ status }) => status).sort()).toEqual([201, 504]);
    // The customer sends the text once more, which is a separate message.
    const third = await idOf(await send('Yes'));
    const known = await Promise.all(again.filter(({ ok }) => ok).map(idOf));
    expect(known).not.toContain(third);
    expect(posts()).toBe(3);
  },
);

test('a lost message is not confirmed by an equal message that is still being sent', async () => {
  const { send, addFault, posts, control } = await start();
  control.fault({ route: 'send', kind: 'drip', intervalMs: 4 });
  addFault({ kind: 'reset' });
  const responses = await Promise.all([send('Yes'), send('Yes')]);
  // Either of the two requests can be the one that is reset.
  expect(responses.map(({ status }) => status).sort()).toEqual([201, 504]);
  expect(posts()).toBe(2);
});

test('messages with different texts are sent concurrently', async () => {
  const { control, send } = await start();
  control.fault({ route: 'send', kind: 'slow', delayMs: 1_000, times: 1 });
  let isDone = false;
  const slow = send('First').finally(() => (isDone = true));
  await vi.waitFor(() => expect(control.calls({ route: 'send' })).toHaveLength(1));
  expect((await send('Second')).status).toBe(201);
  expect(isDone).toBe(false);
  expect((await slow).status).toBe(201);
});

test('a message that times out behind a pending equal message gets 503 and is not sent', async () => {
  const { control, send, posts } = await start(async () => undefined);
  control.fault({ route: 'send', kind: 'slow', delayMs: 1_000, times: 1 });
  const slow = send('Yes');
  await vi.waitFor(() => expect(posts()).toBe(1));
  const id = randomUUID();
  expect(await codeOf(await send('Yes', id))).toEqual([503, 'upstream_unavailable']);
  expect((await slow).status).toBe(201);
  expect((await send('Yes', id)).status).toBe(201);
  expect(posts()).toBe(2);
});

test('a send record is kept for 24 hours', async () => {
  const { clock, send, addFault, posts } = await start();
  const id = randomUUID();
  addFault({ kind: 'reset' });
  expect(await codeOf(await send('Hello', id))).toEqual(unconfirmed);
  clock.advance(24 * hourMs - minuteMs);
  expect(await codeOf(await send('Hello', id))).toEqual(unconfirmed);
  expect(posts()).toBe(1);
});
