import { onlineManager } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { postDecision } from '@/lib/client/items/post-decision';
import { REQUEST_TIMEOUT_MS } from '@/lib/client/order/early-request';
import { line } from '@/tests/support/sample-items';

afterEach(() => {
  onlineManager.setOnline(true);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function stub(answer: () => Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(answer);
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const reply = (status: number, body: unknown) => async () =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
const error = (code: string, more: object = {}) => ({ error: { code, message: '' }, ...more });
const replaced = line('7', 'replaced');

test('a decision is one POST with the token, the item and the choice, and survives leaving the page', async () => {
  const fetch = stub(reply(200, { item: replaced }));
  expect(await postDecision('t', '7', 'approve')).toEqual({ kind: 'decided', line: replaced });
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(fetch.mock.calls[0]).toMatchObject([
    '/api/order/replacements',
    { method: 'POST', keepalive: true, body: '{"itemId":"7","decision":"approve"}' },
  ]);
  const headers = new Headers(fetch.mock.calls[0]?.[1]?.headers);
  expect([headers.get('authorization'), headers.get('content-type')]).toEqual([
    'Bearer t',
    'application/json',
  ]);
});

test.each([
  [409, error('already_decided', { item: replaced }), { kind: 'already', line: replaced }],
  [409, error('already_decided'), { kind: 'already' }],
  [409, error('already_decided', { item: { id: '7' } }), { kind: 'already' }],
  [409, error('already_decided', { item: { ...replaced, unit: 1 } }), { kind: 'already' }],
  [409, error('already_decided', { item: { ...replaced, state: 'news' } }), { kind: 'already' }],
  [409, error('already_decided', { item: { ...replaced, replacement: {} } }), { kind: 'already' }],
  [409, error('too_late', { item: replaced }), { kind: 'too_late', line: replaced }],
  [409, error('too_late'), { kind: 'too_late' }],
  [404, error('item_not_found'), { kind: 'gone' }],
  [404, error('order_not_found'), { kind: 'gone' }],
  [401, error('link_invalid'), { kind: 'link_over' }],
  [410, error('link_expired'), { kind: 'link_over' }],
  [403, error('read_only_link'), { kind: 'link_over' }],
  [429, error('slow_down'), { kind: 'slow_down' }],
  [400, error('invalid_request'), { kind: 'not_sent' }],
  [502, error('upstream_invalid'), { kind: 'not_sent' }],
  [503, error('upstream_unavailable'), { kind: 'not_sent' }],
  [504, error('upstream_timeout'), { kind: 'unconfirmed' }],
  [504, error('send_unconfirmed'), { kind: 'unconfirmed' }],
])('the response %i %j has the meaning %j and is not retried', async (status, body, meaning) => {
  const fetch = stub(reply(status, body));
  expect(await postDecision('t', '7', 'refund')).toEqual(meaning);
  expect(fetch).toHaveBeenCalledTimes(1);
});

test.each([
  ['an error page of a proxy', reply(502, '<html>Bad gateway</html>')],
  ['a page of a captive portal', reply(200, '<html>Log in</html>')],
  ['JSON of another server', reply(200, { ok: true })],
  ['a 200 with null', reply(200, null)],
  ['a 204 without body', async () => new Response(null, { status: 204 })],
  ['an unknown code', reply(500, error('news'))],
  ['a code that is no text', reply(409, { error: { code: {} } })],
  ['an error that is null', reply(409, { error: null })],
  ['a cut body', reply(200, '{"item":{')],
  ['a broken connection', () => Promise.reject(new TypeError('Failed to fetch'))],
])('after %s, the decision is unconfirmed and not retried', async (_, answer) => {
  const fetch = stub(answer);
  expect(await postDecision('t', '7', 'approve')).toEqual({ kind: 'unconfirmed' });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('a request without a response ends as unconfirmed', async () => {
  vi.useFakeTimers();
  const fetch = stub(() => new Promise(() => undefined));
  const result = postDecision('t', '7', 'approve');
  await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS);
  expect(await result).toEqual({ kind: 'unconfirmed' });
  expect(fetch).toHaveBeenCalledTimes(1);
});
