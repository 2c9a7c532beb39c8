import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayMs, secondMs } from '@/tests/simulator/clock';
import { demoUserId } from '@/tests/simulator/people';
import { startOrderServer } from '@/tests/support/order-server';

const apiKey = 'retailer-back-end-key';
const order = { orderId: 'documented', userId: demoUserId };

let server: Awaited<ReturnType<typeof startOrderServer>>;

beforeAll(async () => {
  server = await startOrderServer({
    LINKS_API_KEY: apiKey,
    PUBLIC_URL: 'https://orders.example.com',
  });
});

afterAll(() => server.simulator.close());

function ask(body: unknown, headers: Record<string, string> = {}) {
  return server.services.mintLink(
    new Request('http://localhost/api/links', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
}

test('a link for page and iframe that opens the order, for as long as links may last', async () => {
  const response = await ask(order);
  expect([response.status, response.headers.get('cache-control')]).toEqual([
    201,
    'private, no-store',
  ]);
  const { url, embedUrl, token, expiresAt } = await response.json();
  expect(url).toBe(`https://orders.example.com/order#${token}`);
  expect(embedUrl).toBe(`https://orders.example.com/embed#${token}`);
  const expiresInMs = Date.parse(expiresAt) - server.clock.nowMs();
  expect(expiresInMs).toBeGreaterThan(14 * dayMs - 2 * secondMs);
  expect(expiresInMs).toBeLessThanOrEqual(14 * dayMs);
  expect((await server.request(token)).status).toBe(200);
});

test('a link that ends when it is told to, and is for reading only', async () => {
  const expiresAt = new Date(server.clock.nowMs() + dayMs).toISOString();
  const minted = await (await ask({ ...order, expiresAt, scope: 'read' })).json();
  expect(Date.parse(expiresAt) - Date.parse(minted.expiresAt)).toBeLessThan(secondMs);
  const view = await (await server.request(minted.token)).json();
  expect(view.chat.canReply).toBe(false);
});

test.each([
  ['orderId', { userId: 'ann' }],
  ['orderId', { ...order, orderId: '' }],
  ['orderId', { ...order, orderId: 'x'.repeat(65) }],
  ['orderId', { ...order, orderId: 5 }],
  ['userId', { orderId: 'one' }],
  ['userId', { ...order, userId: 'x'.repeat(129) }],
  ['expiresAt', { ...order, expiresAt: 'tomorrow' }],
  ['expiresAt', { ...order, expiresAt: '2000-01-01T00:00:00Z' }],
  ['expiresAt', { ...order, expiresAt: '2999-01-01T00:00:00Z' }],
  ['expiresAt', { ...order, expiresAt: 1_800_000_000 }],
  ['scope', { ...order, scope: 'write' }],
  ['JSON object', []],
  ['JSON object', 'null'],
])('a wrong %s is named', async (field, body) => {
  const response = await ask(body);
  const { error } = await response.json();
  expect([response.status, error.code]).toEqual([400, 'invalid_request']);
  expect(error.message).toContain(field);
});

test('what is not JSON, not said to be, or too much of it is refused', async () => {
  expect((await ask('{"orderId')).status).toBe(400);
  expect((await ask(order, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await ask({ ...order, more: 'x'.repeat(9_000) })).status).toBe(413);
  expect((await ask(order, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});

test('without the key there is nothing, and no difference between wrong keys', async () => {
  const refusals = [
    `Bearer ${apiKey}x`,
    `Bearer ${apiKey.slice(1)}`,
    'Bearer',
    apiKey,
    'Basic eA==',
  ];
  const answers = await Promise.all(
    refusals.map(async (authorization) => {
      const response = await ask('{', { authorization });
      return JSON.stringify([response.status, [...response.headers], await response.text()]);
    }),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain('link_invalid');
  const closed = await startOrderServer();
  const response = await closed.services.mintLink(new Request('http://localhost/api/links'));
  expect([response.status, await response.text()]).toEqual([404, '']);
  await closed.simulator.close();
});
