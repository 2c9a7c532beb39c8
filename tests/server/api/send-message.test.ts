import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { hourMs, secondMs } from '@/tests/simulator/clock';
import { toBytes } from '@/tests/support/response-bytes';
import { codeOf, startSendingServer, withShopper } from '@/tests/support/sending-server';

async function start(overrides: Record<string, string> = {}) {
  const server = await startSendingServer(overrides);
  onTestFinished(server.close);
  return server;
}

test('a sent message is returned as the thread shows it and appears at the next poll', async () => {
  const { open, send, lastMessage, posts } = await start();
  await open('shopping');
  const response = await send('  Oat milk is fine.\r\nThanks! ');
  expect([response.status, response.headers.get('cache-control')]).toEqual([
    201,
    'private, no-store',
  ]);
  const { message } = await response.json();
  expect(message).toEqual({
    id: expect.stringMatching(/^\d+$/),
    at: '2026-11-20T18:00:00.000Z',
    from: 'customer',
    body: 'Oat milk is fine.\nThanks!',
    read: false,
  });
  // The clock is frozen, so the cached order would still be fresh.
  expect(await lastMessage()).toEqual(message);
  expect(posts()).toBe(1);
});

test('a read that began before a send is not reused for the next poll', async () => {
  const { control, mint, open, post } = await start();
  control.putOrder('small', { script: withShopper });
  // Connect composes this response before the send, and its last byte arrives after the send.
  control.fault({ route: 'order_messages', kind: 'drip', intervalMs: 1, times: 1 });
  const reading = open('small');
  await vi.waitFor(() => expect(control.calls({ route: 'order_messages' })).toHaveLength(1));
  const input = { clientMessageId: randomUUID(), body: 'Hello' };
  expect((await post(await mint('small'), input)).status).toBe(201);
  expect((await (await reading).json()).chat.messages).toEqual([]);
  expect((await (await open('small')).json()).chat.messages).toMatchObject([{ body: 'Hello' }]);
});

test('an order that cannot be read after a send is returned as stale', async () => {
  const { control, open, send } = await start();
  await open('shopping');
  await send('Hello');
  control.fault({ route: 'order_messages', kind: 'html' });
  expect(await (await open('shopping')).json()).toMatchObject({ stale: true });
});

test('the poll interval is 5 s for two minutes after the customer’s own message', async () => {
  const { clock, open, send } = await start();
  const pace = async () => (await (await open('shopping')).json()).pollAfterMs;
  await pace();
  clock.advance(hourMs / 2);
  expect(await pace()).toBe(10_000);
  await send('Are you still there?');
  expect(await pace()).toBe(5_000);
  clock.advance(119 * secondMs);
  expect(await pace()).toBe(5_000);
  clock.advance(secondMs);
  expect(await pace()).toBe(10_000);
});

test('a repeated id and text gets the same response without a second send', async () => {
  const { send, posts, clock } = await start();
  const id = randomUUID();
  const first = await toBytes(await send('Hello\nyou', id));
  expect(first.status).toBe(201);
  for (const [body, again] of [
    ['Hello\nyou', id],
    ['Hello\r\nyou ', id.toUpperCase()],
  ])
    expect(await toBytes(await send(body, again))).toEqual(first);
  clock.advance(23 * hourMs);
  expect(await toBytes(await send('Hello\nyou', id))).toEqual(first);
  expect(posts()).toBe(1);
});

test('a repeated id with another text gets 409 and is not sent', async () => {
  const { send, posts } = await start();
  const id = randomUUID();
  await send('Hello', id);
  expect(await codeOf(await send('Hallo', id))).toEqual([409, 'conflict']);
  expect(posts()).toBe(1);
});

test('concurrent requests with one id and text send once, and another text gets 409', async () => {
  const { send, posts } = await start();
  const id = randomUUID();
  const requests = Array.from({ length: 10 }, () => send('Hello', id));
  const other = send('Hallo', id);
  const answers = await Promise.all((await Promise.all(requests)).map(toBytes));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.status).toBe(201);
  expect(await codeOf(await other)).toEqual([409, 'conflict']);
  expect(posts()).toBe(1);
});

test('the same id can be used for another order and another customer', async () => {
  const { control, mint, post } = await start();
  control.putOrder('anns', { userId: 'ann', script: withShopper });
  const input = { clientMessageId: randomUUID(), body: 'Hello' };
  const tokens = [await mint('shopping'), await mint('live-1'), await mint('anns', { sub: 'ann' })];
  control.addMessage('live-1', { handOverTo: 'zelma' });
  const responses = await Promise.all(tokens.map((token) => post(token, input)));
  expect(responses.map(({ status }) => status)).toEqual([201, 201, 201]);
});

const thumbs = '👍🏽';
test.each([
  ['1 letter', 'x', 'x'],
  ['1,000 letters', 'x'.repeat(1_000), 'x'.repeat(1_000)],
  ['emoji of 1,000 UTF-16 units', thumbs.repeat(250), thumbs.repeat(250)],
  ['letters with combining marks', 'e\u0301'.repeat(500), 'e\u0301'.repeat(500)],
  ['a letter with twenty marks', `a${'\u0301'.repeat(20)}`, `a${'\u0301'.repeat(20)}`],
  ['many blank lines', 'a\n\n\n\n\nb', 'a\n\n\n\n\nb'],
  ['line breaks of three kinds', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
  ['text that only CRLF makes too long', 'a\r\n'.repeat(500), 'a\n'.repeat(500).trim()],
  ['control characters', 'a\u0000b\u001b[2Jc\u202Ed\u2066e\u0085f', 'ab[2Jcde\nf'],
  ['an unpaired surrogate', 'a\ud83d', 'a\ufffd'],
  ['Arabic with a joiner', 'مرحبا\u200dبك', 'مرحبا\u200dبك'],
  ['a family emoji', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
])('%s: the normalized text is sent', async (_, body, sent) => {
  const { send, control, posts } = await start();
  const response = await send(body);
  expect(response.status).toBe(201);
  expect((await response.json()).message.body).toBe(sent);
  expect(control.calls({ route: 'send' })).toMatchObject([{ status: 200, message: sent }]);
  expect(posts()).toBe(1);
});

test('each send logs one line with its outcome and with references instead of ids', async () => {
  const { logLines, send, control } = await start();
  const id = randomUUID();
  await send('Canary', id);
  await send('Canary', id);
  control.fault({ route: 'send', kind: 'drop-answer', times: 1 });
  await send('Canary');
  await send('Other', id);
  await send('');
  const common = {
    level: 'info',
    event: 'request',
    route: 'send_message',
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    ms: 0,
    at: '2026-11-20T18:00:00.000Z',
    linkRef: expect.stringMatching(/^[0-9a-f]{8}$/),
    orderRef: expect.stringMatching(/^[0-9a-f]{8}$/),
  };
  expect(logLines.map((line) => JSON.parse(line))).toEqual([
    { ...common, status: 201, outcome: 'posted', upstreamCalls: 2, upstreamStatus: 200 },
    { ...common, status: 201, outcome: 'repeated' },
    { ...common, status: 201, outcome: 'confirmed', upstreamCalls: 2, upstreamStatus: 200 },
    { ...common, status: 409, code: 'conflict' },
    { ...common, status: 400, code: 'invalid_request' },
  ]);
});

test('an unexpected error gets 504 and its message is not logged', async () => {
  const { send, logLines } = await start();
  const broken = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    throw new TypeError('canary');
  });
  onTestFinished(() => broken.mockRestore());
  expect(await codeOf(await send('Hello'))).toEqual([504, 'send_unconfirmed']);
  expect(logLines.join('')).not.toContain('canary');
});
