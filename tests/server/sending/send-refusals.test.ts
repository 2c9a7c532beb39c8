import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { FaultEffect } from '@/tests/simulator/faults';
import { secondMs } from '@/tests/simulator/clock';
import { toBytes } from '@/tests/support/response-bytes';
import { codeOf, startSendingServer } from '@/tests/support/sending-server';

async function start(overrides: Record<string, string> = {}) {
  const server = await startSendingServer(overrides);
  onTestFinished(server.close);
  return server;
}

const id = randomUUID();
test.each([
  ['a missing body', { clientMessageId: id }, 'must be text'],
  ['a numeric body', { clientMessageId: id, body: 5 }, 'must be text'],
  ['an empty body', { clientMessageId: id, body: '' }, 'empty'],
  ['a body of spaces', { clientMessageId: id, body: ' \r\n\t\u00a0 ' }, 'empty'],
  ['an invisible body', { clientMessageId: id, body: '\u200b\u2060\u0000\u202e' }, 'empty'],
  ['a body of 1,001 letters', { clientMessageId: id, body: 'x'.repeat(1_001) }, '1,000'],
  ['a body of 501 emoji', { clientMessageId: id, body: '👍'.repeat(501) }, '1,000'],
  ['a body of 501 marked letters', { clientMessageId: id, body: 'e\u0301'.repeat(501) }, '1,000'],
  ['a missing id', { body: 'Hello' }, 'clientMessageId'],
  ['a short id', { clientMessageId: id.slice(1), body: 'Hello' }, 'clientMessageId'],
  ['an id in braces', { clientMessageId: `{${id}}`, body: 'Hello' }, 'clientMessageId'],
  ['a numeric id', { clientMessageId: 7, body: 'Hello' }, 'clientMessageId'],
  ['a JSON list', [], 'JSON object'],
  ['JSON null', 'null', 'JSON object'],
])('%s gets 400 with the reason and is not sent', async (_, input, words) => {
  const { post, token, control } = await start();
  const response = await post(token, input);
  const { error } = await response.json();
  expect([response.status, error.code]).toEqual([400, 'invalid_request']);
  expect(error.message).toContain(words);
  expect(control.calls()).toEqual([]);
});

test('ids of every UUID version are accepted, and unknown fields are ignored', async () => {
  const { post, token } = await start();
  for (const version of '012345678')
    for (const variant of '08c') {
      const clientMessageId = `0190a5b6-7c8d-${version}abc-${variant}def-0123456789ab`;
      const input = { clientMessageId, body: 'Hello', orderId: 'waiting', more: [1] };
      const headers = { 'idempotency-key': 'the-same-for-all' };
      expect((await post(token, input, headers)).status).toBe(201);
    }
});

test('a request with a wrong type, invalid JSON, over 8 KiB or from another site is not sent', async () => {
  const { post, token, control } = await start();
  const input = { clientMessageId: randomUUID(), body: 'Hello' };
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])
    expect(await codeOf(await post(token, input, { 'content-type': type }))).toEqual([
      415,
      'unsupported_media_type',
    ]);
  expect(await codeOf(await post(token, '{"body'))).toEqual([400, 'invalid_request']);
  const tooMuch = { ...input, more: 'x'.repeat(8_192) };
  expect(await codeOf(await post(token, tooMuch))).toEqual([413, 'too_large']);
  for (const site of ['cross-site', 'same-site', 'none'])
    expect(await codeOf(await post(token, input, { 'sec-fetch-site': site }))).toEqual([
      403,
      'cross_site',
    ]);
  expect(control.calls()).toEqual([]);
  expect((await post(token, input, { 'sec-fetch-site': 'same-origin' })).status).toBe(201);
});

test('a link that may not send is refused before the body is read and without a call to Connect', async () => {
  const { clock, mint, post, request, control } = await start();
  const readOnly = await mint('shopping', { scp: 'read' });
  const expired = await mint('shopping', { exp: clock.nowMs() / 1_000 - 3_600 });
  const refused = await toBytes(await request('x'));
  for (const token of [undefined, 'x', `${readOnly}x`])
    expect(await toBytes(await post(token, '{'))).toEqual(refused);
  expect(await codeOf(await post(expired, '{'))).toEqual([410, 'link_expired']);
  expect(await codeOf(await post(readOnly, '{'))).toEqual([403, 'read_only_link']);
  expect(control.calls()).toEqual([]);
});

test('with MESSAGING=retailer a message gets 403 without a call to Connect', async () => {
  const { send, control } = await start({ MESSAGING: 'retailer' });
  expect(await codeOf(await send('Hello'))).toEqual([403, 'chat_closed']);
  expect(control.calls()).toEqual([]);
});

test.for<[string, number, FaultEffect]>([
  ['chat_closed', 403, { kind: 'status', status: 403 }],
  ['order_not_found', 404, { kind: 'status', status: 404 }],
  ['invalid_request', 400, { kind: 'status', status: 400 }],
  ['upstream_unavailable', 503, { kind: 'unauthorized' }],
  ['upstream_unavailable', 503, { kind: 'status', status: 429, retryAfter: '9' }],
])(
  '%s (%d) is returned if Connect did not accept a message, and its id can be retried',
  async ([code, status, effect]) => {
    const { control, send, posts, clock } = await start();
    control.fault({ route: 'send', ...effect });
    const id = randomUUID();
    const refusal = await send('Hello', id);
    expect(refusal.headers.get('retry-after')).toBe('retryAfter' in effect ? '9' : null);
    expect(await codeOf(refusal)).toEqual([status, code]);
    const before = posts();
    control.clearFaults();
    clock.advance(60 * secondMs);
    expect(await codeOf(await send('Other', id))).toEqual([409, 'conflict']);
    expect((await send('Hello', id)).status).toBe(201);
    expect(posts()).toBe(before + 1);
  },
);

test('a message gets 503 while Connect is unreachable, and its id can be retried', async () => {
  const { control, send, posts, open } = await start();
  await open('shopping');
  const id = randomUUID();
  await control.stop();
  expect(await codeOf(await send('Hello', id))).toEqual([503, 'upstream_unavailable']);
  await control.restart();
  expect((await send('Hello', id)).status).toBe(201);
  expect(posts()).toBe(1);
});

test('a message to an order without an open chat gets 403 chat_closed', async () => {
  const { mint, post } = await start();
  for (const orderId of ['waiting', 'delivered', 'no-shopper-info'])
    expect(
      await codeOf(
        await post(await mint(orderId), { clientMessageId: randomUUID(), body: 'Hello' }),
      ),
    ).toEqual([403, 'chat_closed']);
});
