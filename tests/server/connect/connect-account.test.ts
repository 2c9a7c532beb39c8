import { expect, test } from 'vitest';
import { staticToken } from '@/tests/simulator/tokens';
import { startOrderServer } from '@/tests/support/order-server';

test('a call to Connect has the customer’s own token and no headers of the browser', async () => {
  const { simulator, open } = await startOrderServer();
  await open('shopping', { 'accept-language': 'de', 'user-agent': 'canary', 'x-other': 'canary' });
  const [token, messages, order] = simulator.control.calls();
  expect(token).toMatchObject({
    route: 'token',
    userId: 'demo-customer',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
  });
  expect(token?.headers).not.toHaveProperty('authorization');
  expect(messages).toEqual({
    route: 'order_messages',
    orderId: 'shopping',
    userId: 'demo-customer',
    status: 200,
    atMs: expect.any(Number),
    headers: {
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: expect.stringMatching(/^Bearer demo-[\w-]+$/),
      traceparent: expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-00$/),
    },
  });
  const { traceparent, ...headers } = messages?.headers ?? {};
  expect(order).toMatchObject({ ...messages, route: 'order', headers });
  expect(order?.headers.traceparent).not.toBe(traceparent);
  await simulator.close();
});

test('CONNECT_ACCESS_TOKEN is used for every customer, and no token is minted', async () => {
  const { simulator, open, mint, request } = await startOrderServer({
    CONNECT_CLIENT_ID: undefined,
    CONNECT_CLIENT_SECRET: undefined,
    CONNECT_ACCESS_TOKEN: staticToken,
  });
  expect((await open('shopping')).status).toBe(200);
  expect((await request(await mint('waiting', { sub: 'somebody' }))).status).toBe(200);
  const calls = simulator.control.calls();
  const perOrder = ['order_messages', 'order', 'items'];
  expect(calls.map(({ route }) => route)).toEqual([...perOrder, ...perOrder]);
  for (const { headers } of calls) expect(headers.authorization).toBe(`Bearer ${staticToken}`);
  await simulator.close();
});

test('a CONNECT_ACCESS_TOKEN that Connect refuses is an error after one call', async () => {
  const { simulator, open } = await startOrderServer({
    CONNECT_ACCESS_TOKEN: 'revoked',
    ORDER_DETAILS: 'off',
  });
  const response = await open('shopping');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { code: 'upstream_unavailable' } });
  expect(simulator.control.calls().map(({ route }) => route)).toEqual(['order_messages']);
  await simulator.close();
});

test('CONNECT_RETAILER_ID is sent as X-Retailer-Id with every call', async () => {
  const { simulator, open } = await startOrderServer({ CONNECT_RETAILER_ID: 'banner-7' });
  await open('shopping');
  for (const { headers } of simulator.control.calls())
    expect(headers['x-retailer-id']).toBe('banner-7');
  await simulator.close();
});
