import { expect, onTestFinished, test } from 'vitest';
import { openMetrics } from '@/tests/support/open-metrics';
import { readSamples } from '@/tests/support/metric-samples';
import { toBytes } from '@/tests/support/response-bytes';
import { codeOf, startSendingServer } from '@/tests/support/sending-server';

async function start(overrides: Record<string, string> = {}) {
  const server = await startSendingServer({ ORDER_DETAILS: 'on', ...overrides });
  onTestFinished(server.close);
  const body = { itemId: '3', decision: 'approve' };
  return {
    ...server,
    body,
    decide: (token: string | undefined, input: unknown = body, headers = {}) =>
      server.change('decideReplacement', token, input, headers),
  };
}

test.each(['read', 'share'])(
  'a link with the scope "%s" is refused before the body is read and without a call to Connect',
  async (scp) => {
    const { control, decide, mint } = await start();
    const response = await decide(await mint('shopping', { scp }), '{');
    expect([response.status, await response.json()]).toEqual([
      403,
      {
        error: {
          code: 'read_only_link',
          message: 'With this link you can follow the order, but not change it.',
        },
      },
    ]);
    expect(control.calls()).toEqual([]);
  },
);

test('a wrong link gets the bytes of a refused poll, and an expired one gets 410', async () => {
  const { clock, control, decide, mint, request, token } = await start();
  const refused = await toBytes(await request('x'));
  for (const wrong of [undefined, 'x', `${token}x`])
    expect(await toBytes(await decide(wrong, '{'))).toEqual(refused);
  const expired = await mint('shopping', { exp: clock.nowMs() / 1_000 - 3_600 });
  expect(await codeOf(await decide(expired))).toEqual([410, 'link_expired']);
  expect(control.calls()).toEqual([]);
});

test.each([
  ...['', '{', '[]', 'null', '{}', '{"itemId":"3"}', '{"decision":"approve"}'],
  '{"itemId":"3","decision":"APPROVED"}',
  '{"itemId":3,"decision":"approve"}',
  '{"itemId":"","decision":"approve"}',
  `{"itemId":"${'3'.repeat(101)}","decision":"approve"}`,
  '{"itemId":"3","decision":"approve","alternative":"eggs"}',
])('the body %j gets 400 without a call to Connect', async (body) => {
  const { control, decide, token } = await start();
  expect(await codeOf(await decide(token, body))).toEqual([400, 'invalid_request']);
  expect(control.calls()).toEqual([]);
});

test('a request with a wrong type, over 8 KiB or from another site is refused', async () => {
  const { body, control, decide, token } = await start();
  const refusals = [
    [await decide(token, body, { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
    [await decide(token, `{${' '.repeat(8_192)}}`), 413, 'too_large'],
    [await decide(token, body, { 'sec-fetch-site': 'cross-site' }), 403, 'cross_site'],
  ] as const;
  for (const [response, status, code] of refusals)
    expect(await codeOf(response)).toEqual([status, code]);
  expect(control.calls()).toEqual([]);
  expect((await decide(token, body, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

test('with MESSAGING=retailer, or without shopper information, replacements can be decided', async () => {
  const { control, decide, mint, token } = await start({ MESSAGING: 'retailer' });
  expect((await decide(token)).status).toBe(200);
  const removed = await mint('no-shopper-info');
  const pending = { status: 'REPLACED', replacementStatus: 'PENDING' };
  control.setItem('no-shopper-info', '3', pending);
  expect((await decide(removed)).status).toBe(200);
});

test('a conflict names its reason in words and has the item, but no call to Connect is repeated', async () => {
  const { control, decide, token } = await start();
  await decide(token);
  const response = await decide(token, { itemId: '3', decision: 'refund' });
  expect([response.status, await response.json()]).toEqual([
    409,
    {
      error: { code: 'already_decided', message: 'This replacement was already decided.' },
      item: expect.objectContaining({ id: '3', state: 'replaced' }),
    },
  ]);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(control.calls({ route: 'decide' })).toHaveLength(1);
});

test('a customer can decide twenty times at once, independent of messages and other customers', async () => {
  const { control, decide, mint, send, token } = await start({ LIMITS: 'on' });
  const decideAbout = (n: number, link = token) =>
    decide(link, { itemId: String(n), decision: 'approve' });
  control.setItems(
    'shopping',
    Array.from({ length: 21 }, (_, n) => ({
      ...{ id: String(n), product: { name: 'Milk' }, replacement: { name: 'Oat milk' } },
      ...{ status: 'REPLACED', replacementStatus: 'PENDING' },
    })),
  );
  for (let n = 0; n < 20; n++) expect((await decideAbout(n)).status).toBe(200);
  const limited = await decideAbout(20);
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await codeOf(limited)).toEqual([429, 'slow_down']);
  expect(control.calls({ route: 'decide' })).toHaveLength(20);
  // A repeated request reads the items, so it is counted as well.
  expect((await decideAbout(0)).status).toBe(429);
  expect((await send('Hello')).status).toBe(201);
  control.setOrder('waiting', { state: 'picking' });
  control.setItem('waiting', '3', { status: 'REPLACED', replacementStatus: 'PENDING' });
  expect((await decideAbout(3, await mint('waiting'))).status).toBe(200);
});

test('the log line names the route, the outcome and the references, and metrics count it', async () => {
  const { decide, logLines, services, token } = await start({ METRICS_PORT: '0' });
  const url = await openMetrics(services);
  await decide(token);
  expect(JSON.parse(logLines.at(-1) ?? '')).toEqual({
    ...{ at: expect.any(String), level: 'info', event: 'request', traceId: expect.any(String) },
    ...{ route: 'decide', status: 200, ms: 0, upstreamStatus: 200, upstreamCalls: 3 },
    ...{ linkRef: expect.any(String), orderRef: expect.any(String), outcome: 'posted' },
  });
  await decide(token, { itemId: '3', decision: 'refund' });
  expect(JSON.parse(logLines.at(-1) ?? '')).toMatchObject({ status: 409, code: 'already_decided' });
  const samples = [...readSamples(await (await fetch(url)).text())];
  const counted = samples.filter(([name, value]) => /"decide"/.test(name) && value > 0);
  expect(Object.fromEntries(counted.filter(([name]) => /_total/.test(name)))).toEqual({
    'order_status_requests_total{route="decide",status="200"}': 1,
    'order_status_requests_total{route="decide",status="409"}': 1,
    'order_status_connect_calls_total{operation="decide",outcome="ok"}': 1,
  });
});
