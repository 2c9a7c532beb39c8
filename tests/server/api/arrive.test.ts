import { expect, test } from 'vitest';
import { startPickupServer } from '@/tests/support/pickup-server';
import { codeOf } from '@/tests/support/sending-server';
import { toBytes } from '@/tests/support/response-bytes';

async function start(overrides: Record<string, string> = {}) {
  const server = await startPickupServer(overrides);
  return {
    ...server,
    arrive: (token: string | undefined, input: unknown = {}, headers = {}) =>
      server.change('arrive', token, input, headers),
  };
}

test('an arrival is answered with an empty object', async () => {
  const { arrive, token } = await start();
  const response = await arrive(token);
  expect([response.status, await response.json()]).toEqual([200, {}]);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
});

test('an order that is not ready is described to the customer', async () => {
  const { arrive, setOrder, token } = await start();
  setOrder({ state: 'bags_check' });
  expect(await (await arrive(token)).json()).toEqual({
    error: { code: 'not_ready', message: 'Your order is not ready for pickup.' },
  });
});

test.each(['read', 'share'])(
  'a link with the scope "%s" is refused before the body is read and without a call to Connect',
  async (scp) => {
    const { arrive, control, mint } = await start();
    expect(await codeOf(await arrive(await mint('A-1', { scp }), '{'))).toEqual([
      ...[403, 'read_only_link'],
    ]);
    expect(control.calls()).toEqual([]);
  },
);

test('a wrong link gets the bytes of a refused poll, and an expired one gets 410', async () => {
  const { arrive, clock, control, mint, request, token } = await start();
  const refused = await toBytes(await request('x'));
  for (const wrong of [undefined, 'x', `${token}x`])
    expect(await toBytes(await arrive(wrong, '{'))).toEqual(refused);
  const expired = await mint('A-1', { exp: clock.nowMs() / 1_000 - 3_600 });
  expect(await codeOf(await arrive(expired))).toEqual([410, 'link_expired']);
  expect(control.calls()).toEqual([]);
});

test.each(['', '{', '[]', 'null', '"here"', '{"at":"now"}'])(
  'the body %j gets 400 without a call to Connect',
  async (body) => {
    const { arrive, control, token } = await start();
    expect(await codeOf(await arrive(token, body))).toEqual([400, 'invalid_request']);
    expect(control.calls()).toEqual([]);
  },
);

test('a request with a wrong type, over 8 KiB or from another site is refused', async () => {
  const { arrive, control, token } = await start();
  const refusals = [
    [await arrive(token, {}, { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
    [await arrive(token, `{${' '.repeat(8_192)}}`), 413, 'too_large'],
    [await arrive(token, {}, { 'sec-fetch-site': 'cross-site' }), 403, 'cross_site'],
  ] as const;
  for (const [response, status, code] of refusals)
    expect(await codeOf(response)).toEqual([status, code]);
  expect(control.calls()).toEqual([]);
  expect((await arrive(token, {}, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

test('with MESSAGING=retailer a customer can arrive', async () => {
  const { arrive, token } = await start({ MESSAGING: 'retailer' });
  expect((await arrive(token)).status).toBe(200);
});
