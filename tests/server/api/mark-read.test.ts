import { expect, onTestFinished, test } from 'vitest';
import type { Message } from '@/lib/order/order-view';
import { secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { openMetrics } from '@/tests/support/open-metrics';
import { readSamples } from '@/tests/support/metric-samples';
import { toBytes } from '@/tests/support/response-bytes';
import { codeOf, startSendingServer } from '@/tests/support/sending-server';

async function start(overrides: Record<string, string> = {}) {
  const server = await startSendingServer(overrides);
  onTestFinished(server.close);
  const { control, open } = server;
  return {
    ...server,
    marks: () => control.calls({ route: 'mark_read' }).length,
    async unread() {
      const messages: Message[] = (await (await open('shopping')).json()).chat.messages;
      return messages.filter(({ from, read }) => from === 'shopper' && !read).length;
    },
  };
}

test('the messages of the shopper are marked as read, and the next poll shows it', async () => {
  const { control, markRead, token, unread, marks } = await start();
  control.addMessage('shopping', { from: 'driver', body: 'Is oat milk fine?' });
  expect(await unread()).toBeGreaterThan(0);
  const response = await markRead(token);
  expect([response.status, await response.text()]).toEqual([204, '']);
  // The clock has not moved: without invalidation the cached order would be returned.
  expect(await unread()).toBe(0);
  expect(marks()).toBe(1);
  const [call] = control.calls({ route: 'mark_read' });
  expect(call).toMatchObject({ orderId: 'shopping', status: 200 });
  expect(call?.headers).not.toHaveProperty('content-type');
});

test('a message that another instance has shown is marked, even if the cached order lacks it', async () => {
  const { control, markRead, token, unread } = await start();
  await markRead(token);
  expect(await unread()).toBe(0);
  control.addMessage('shopping', { from: 'driver', body: 'Done.' });
  expect((await markRead(token)).status).toBe(204);
  expect(await unread()).toBe(0);
});

test.each(['read', 'share'])(
  'a link with the scope "%s" is refused before the body is read and without a call to Connect',
  async (scp) => {
    const { control, markRead, mint } = await start();
    const token = await mint('shopping', { scp });
    expect(await codeOf(await markRead(token, '{'))).toEqual([403, 'read_only_link']);
    expect(control.calls()).toEqual([]);
  },
);

test('a wrong link gets the bytes of a refused poll, and an expired one gets 410', async () => {
  const { clock, control, markRead, mint, request, token } = await start();
  const refused = await toBytes(await request('x'));
  for (const wrong of [undefined, 'x', `${token}x`])
    expect(await toBytes(await markRead(wrong, '{'))).toEqual(refused);
  const expired = await mint('shopping', { exp: clock.nowMs() / 1_000 - 3_600 });
  expect(await codeOf(await markRead(expired))).toEqual([410, 'link_expired']);
  expect(control.calls()).toEqual([]);
});

test.each(['', '{', '[]', 'null', '"{}"', '0', '{"messageId":1}', '{"":0}', '{"__proto__":{}}'])(
  'the body %j gets 400 without a call to Connect',
  async (body) => {
    const { control, markRead, token } = await start();
    expect(await codeOf(await markRead(token, body))).toEqual([400, 'invalid_request']);
    expect(control.calls()).toEqual([]);
  },
);

test('a request with a wrong type, over 8 KiB or from another site is refused', async () => {
  const { control, markRead, token } = await start();
  const refusals = [
    [await markRead(token, {}, { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
    [await markRead(token, `{${' '.repeat(8_192)}}`), 413, 'too_large'],
    [await markRead(token, {}, { 'sec-fetch-site': 'cross-site' }), 403, 'cross_site'],
    [await markRead(token, {}, { 'sec-fetch-site': 'none' }), 403, 'cross_site'],
  ] as const;
  for (const [response, status, code] of refusals)
    expect(await codeOf(response)).toEqual([status, code]);
  expect(control.calls()).toEqual([]);
  expect((await markRead(token, {}, { 'sec-fetch-site': 'same-origin' })).status).toBe(204);
});

test('with MESSAGING=retailer messages cannot be marked, and Connect is not called', async () => {
  const { control, markRead, token } = await start({ MESSAGING: 'retailer' });
  expect(await codeOf(await markRead(token))).toEqual([403, 'chat_closed']);
  expect(control.calls()).toEqual([]);
});

test.for<[string, number, FaultEffect]>([
  ['chat_closed', 403, { kind: 'status', status: 403 }],
  ['upstream_unavailable', 503, { kind: 'status', status: 403, body: 'no', contentType: 'a/b' }],
  ['order_not_found', 404, { kind: 'status', status: 404 }],
  ['upstream_unavailable', 503, { kind: 'status', status: 404, body: 'no', contentType: 'a/b' }],
  ['upstream_unavailable', 503, { kind: 'status', status: 400 }],
  ['upstream_unavailable', 503, { kind: 'status', status: 408 }],
  ['upstream_unavailable', 503, { kind: 'status', status: 429, retryAfter: '9' }],
  ['upstream_unavailable', 503, { kind: 'status', status: 500 }],
  ['upstream_unavailable', 503, { kind: 'reset' }],
  ['upstream_unavailable', 503, { kind: 'drop-answer' }],
  ['upstream_invalid', 502, { kind: 'html' }],
  ['upstream_invalid', 502, { kind: 'huge', sizeBytes: 1_048_577 }],
  // The deadline of an attempt is a real one of 4 s.
  ['upstream_timeout', 504, { kind: 'hang' }],
  ['upstream_invalid', 502, { kind: 'redirect' }],
])('%s (%d) is returned after a single call: %o', async ([code, status, effect]) => {
  const { control, markRead, token, marks } = await start();
  control.fault({ route: 'mark_read', ...effect });
  const response = await markRead(token);
  expect(response.headers.get('retry-after')).toBe('retryAfter' in effect ? '9' : null);
  expect(await codeOf(response)).toEqual([status, code]);
  expect(marks()).toBe(1);
});

test('a success whose count is missing or of another type gets 204', async () => {
  const { control, markRead, token } = await start();
  for (const body of [{}, { messages_read_count: 'all' }, []]) {
    control.fault({ route: 'mark_read', kind: 'wrong-shape', body, times: 1 });
    expect((await markRead(token)).status).toBe(204);
  }
});

test('after one 401 the call is repeated with a new token, and after two it is not', async () => {
  const { control, markRead, token, marks, open } = await start();
  await open('shopping');
  control.fault({ route: 'mark_read', kind: 'unauthorized', times: 1 });
  expect((await markRead(token)).status).toBe(204);
  expect(marks()).toBe(2);
  control.fault({ route: 'mark_read', kind: 'unauthorized' });
  expect(await codeOf(await markRead(token))).toEqual([503, 'upstream_unavailable']);
  expect(marks()).toBe(4);
});

test('an order without messages gets 204, and an unknown order 404', async () => {
  const { markRead, mint } = await start();
  expect((await markRead(await mint('waiting'))).status).toBe(204);
  expect(await codeOf(await markRead(await mint('nowhere')))).toEqual([404, 'order_not_found']);
  expect(await codeOf(await markRead(await mint('no-shopper-info')))).toEqual([
    ...[403, 'chat_closed'],
  ]);
});

test('equal concurrent requests are joined into one call, also if it fails', async () => {
  const { control, markRead, mint, token, marks } = await start();
  const another = await mint('shopping', { num: 'GM-1' });
  const markTen = async () => {
    const requests = Array.from({ length: 10 }, (_, n) => markRead(n % 2 ? token : another));
    return (await Promise.all(requests)).map(({ status }) => status);
  };
  expect(new Set(await markTen())).toEqual(new Set([204]));
  expect(marks()).toBe(1);
  control.fault({ route: 'mark_read', kind: 'status', status: 500, times: 1 });
  expect(new Set(await markTen())).toEqual(new Set([503]));
  expect(marks()).toBe(2);
  expect((await markRead(token)).status).toBe(204);
  expect(marks()).toBe(3);
});

test('requests for different orders or customers are not joined', async () => {
  const { control, markRead, mint, token, marks } = await start();
  control.putOrder('theirs', { userId: 'somebody', script: { ageMs: 0, steps: [] } });
  const others = [await mint('waiting'), await mint('theirs', { sub: 'somebody' })];
  const answers = await Promise.all([token, ...others].map((each) => markRead(each)));
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  expect(marks()).toBe(3);
});

test('a link can mark messages 30 times per minute, independent of reads and of other links', async () => {
  const { markRead, mint, request, token, marks } = await start({ LIMITS: 'on' });
  const statuses: number[] = [];
  for (let count = 0; count < 30; count++) statuses.push((await markRead(token)).status);
  expect(new Set(statuses)).toEqual(new Set([204]));
  const limited = await markRead(token);
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await codeOf(limited)).toEqual([429, 'slow_down']);
  expect(marks()).toBe(30);
  expect((await request(token)).status).toBe(200);
  expect((await markRead(await mint('shopping', { num: 'GM-1' }))).status).toBe(204);
});

test('marking that always fails is stopped by the circuit breaker, and sending goes on', async () => {
  const { control, markRead, token, send, marks } = await start();
  control.fault({ route: 'mark_read', kind: 'status', status: 500 });
  for (let count = 0; count < 20; count++) await markRead(token);
  expect(marks()).toBeLessThan(20);
  expect((await send('Hello')).status).toBe(201);
});

test('no call is made until the Retry-After of Connect has passed', async () => {
  const { clock, control, markRead, token, marks } = await start();
  control.fault({ route: 'mark_read', kind: 'status', status: 429, retryAfter: '9', times: 1 });
  await markRead(token);
  expect(await codeOf(await markRead(token))).toEqual([503, 'upstream_unavailable']);
  expect(marks()).toBe(1);
  clock.advance(9 * secondMs);
  expect((await markRead(token)).status).toBe(204);
});

test('the log line names the route, the references and the number of calls', async () => {
  const { markRead, token, logLines } = await start();
  await markRead(token);
  expect(JSON.parse(logLines.at(-1) ?? '')).toEqual({
    ...{ at: expect.any(String), level: 'info', event: 'request', traceId: expect.any(String) },
    ...{ route: 'mark_read', status: 204, ms: 0, upstreamStatus: 200, upstreamCalls: 2 },
    ...{ linkRef: expect.any(String), orderRef: expect.any(String) },
  });
});

test('read marks are counted by status, limit and call', async () => {
  const { services, markRead, mint, token } = await start({ LIMITS: 'on', METRICS_PORT: '0' });
  const url = await openMetrics(services);
  await markRead(await mint('shopping', { scp: 'share' }));
  for (let count = 0; count <= 30; count++) await markRead(token);
  const samples = [...readSamples(await (await fetch(url)).text())];
  const counted = samples.filter(([name, value]) => /"marks?/.test(name) && value > 0);
  expect(Object.fromEntries(counted.filter(([name]) => /_total/.test(name)))).toEqual({
    'order_status_requests_total{route="mark_read",status="204"}': 30,
    'order_status_requests_total{route="mark_read",status="403"}': 1,
    'order_status_requests_total{route="mark_read",status="429"}': 1,
    'order_status_limited_total{limit="marks"}': 1,
    'order_status_connect_calls_total{operation="mark_read",outcome="ok"}': 30,
  });
});
