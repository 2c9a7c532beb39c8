import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changeOrder, mayHaveChanged } from '@/lib/client/pickup/change-order';

beforeEach(() => {
  onlineManager.setOnline(true);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function answerWith(status: number, body: string) {
  const fetched = vi.fn<typeof fetch>(async () => new Response(body, { status }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const change = () => changeOrder('PUT', '/api/order/vehicle', 't', { color: 'red' });

test('a change is sent as JSON with the token in a header and no cookies', async () => {
  const fetched = answerWith(200, '{"vehicle":{}}');
  expect(await change()).toEqual({ isDone: true, body: { vehicle: {} } });
  const [path, init] = fetched.mock.calls[0] ?? [];
  expect(path).toBe('/api/order/vehicle');
  expect(init?.method).toBe('PUT');
  expect(init?.body).toBe('{"color":"red"}');
  expect(init?.credentials).toBe('omit');
  expect(init?.headers).toEqual({
    authorization: 'Bearer t',
    'content-type': 'application/json',
  });
});

test.each([
  ['not_ready', 409, 'not_ready', true],
  ['upstream_unavailable', 503, 'unavailable', false],
  ['invalid_request', 400, 'invalid', false],
  ['slow_down', 429, 'slow_down', false],
  ['link_expired', 410, 'refused', true],
  ['read_only_link', 403, 'refused', true],
  ['order_not_found', 404, 'refused', true],
  ['send_unconfirmed', 504, 'unconfirmed', true],
  ['upstream_timeout', 504, 'unconfirmed', true],
  ['toString', 500, 'unconfirmed', true],
])('the code %s (%i) is the failure %s', async (code, status, failure, isChanged) => {
  const fetched = answerWith(status, JSON.stringify({ error: { code, message: '' } }));
  const outcome = await change();
  expect(outcome).toEqual({ isDone: false, failure });
  expect(mayHaveChanged(outcome)).toBe(isChanged);
  expect(fetched).toHaveBeenCalledTimes(1);
});

test.each([
  [200, '<html>'],
  [200, 'null'],
  [200, '"ok"'],
  [201, '{}'],
  [404, '{}'],
  [502, '[]'],
])('the response %i %s does not confirm the change', async (status, body) => {
  answerWith(status, body);
  expect(await change()).toEqual({ isDone: false, failure: 'unconfirmed' });
});
