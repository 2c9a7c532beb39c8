import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLinks } from '@/lib/server/links/link';
import { createMintRequestParser } from '@/lib/server/api/mint-request';
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

test('a minted link has URLs for page and iframe and is valid for LINK_MAX_DAYS', async () => {
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

test('a link with expiresAt and scope expires at that time and is read-only', async () => {
  const expiresAt = new Date(server.clock.nowMs() + dayMs).toISOString();
  const minted = await (await ask({ ...order, expiresAt, scope: 'read' })).json();
  expect(Date.parse(expiresAt) - Date.parse(minted.expiresAt)).toBeLessThan(secondMs);
  const view = await (await server.request(minted.token)).json();
  expect(view.chat.canReply).toBe(false);
});

test('a link with the scope "share" and a number opens the progress of the order only', async () => {
  const asked = { ...order, scope: 'share', number: 'GM-20418', locale: 'es-US' };
  const minted = await (await ask(asked)).json();
  const response = await server.request(minted.token);
  expect(response.headers.get('content-language')).toBe('es-US');
  expect(await response.json()).toMatchObject({ access: 'share', updates: [] });
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
  ['scope', { ...order, scope: 'Share' }],
  ['scope', { ...order, scope: ['share'] }],
  ['scope', { ...order, scope: 'full' }],
  ['scope', { ...order, scope: null }],
  ['number', { ...order, number: 'x'.repeat(33) }],
  ['number', { ...order, number: 20_418 }],
  ['locale', { ...order, locale: 'en_US' }],
  ['locale', { ...order, locale: '' }],
  ['expiresAt', { ...order, expiresAt: '2026-12-01T12:00:00' }],
  ['"scp" is not a field: use scope', { ...order, scp: 'read' }],
  ['"Scope" is not a field: use scope', { ...order, Scope: 'read' }],
  ['"order_id" is not a field: use orderId', { ...order, order_id: 'one' }],
  ['"expires" is not a field: use expiresAt', { ...order, expires: '2026-12-01T12:00:00Z' }],
  ['"readOnly" is not a field.', { ...order, readOnly: true }],
  ['"__proto__" is not a field', '{"orderId":"one","userId":"ann","__proto__":{"scope":"read"}}'],
  ['"constructor" is not a field.', { ...order, constructor: 'x' }],
  ['JSON object', []],
  ['JSON object', 'null'],
])('a faulty request gets 400 with a message that contains %s', async (field, body) => {
  const response = await ask(body);
  const { error } = await response.json();
  expect([response.status, error.code]).toEqual([400, 'invalid_request']);
  expect(error.message).toContain(field);
});

test('the error message has one sentence for each wrong field of the body', async () => {
  const body = {
    orderId: '',
    expiresAt: '2000-01-01T00:00:00Z',
    scope: 1,
    scp: 'read',
    colour: 'red',
  };
  const { error } = await (await ask(body)).json();
  expect(error).toEqual({
    code: 'invalid_request',
    message:
      'orderId must be a string of 1-64 characters, and not "." or "..". ' +
      'userId must be a string of 1-128 characters. expiresAt must be in the future. ' +
      'scope must be "read" or "share", or left out. "scp" is not a field: use scope. "colour" is not a field.',
  });
});

test('a request with an unknown field is refused', () => {
  const parse = createMintRequestParser(14, () => server.clock.nowMs());
  const known = ['orderId', 'userId', 'expiresAt', 'scope', 'number', 'locale'];
  const names = fc.string({ minLength: 1 }).filter((name) => !known.includes(name));
  expect(parse(order)).toEqual({ data: order });
  fc.assert(
    fc.property(names, fc.jsonValue({ maxDepth: 1 }), (name, value) => {
      const text = `${JSON.stringify(order).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`;
      expect(parse(JSON.parse(text))).toEqual({
        faults: [expect.stringContaining('is not a field')],
      });
    }),
    { numRuns: 500 },
  );
}, 30_000);

test('a minted token contains the requested number and locale', async () => {
  const minted = await (await ask({ ...order, number: 'GM-20418', locale: 'fr-CA' })).json();
  const links = createLinks(server.env.LINK_KEYS, 14, () => server.clock.nowMs());
  expect(await links.open(minted.token)).toMatchObject({ number: 'GM-20418', locale: 'fr-CA' });
});

test('a faulty body, type, size or origin is refused with a message for engineers', async () => {
  const refusals = [
    [await ask('{"orderId'), 400, 'invalid_request', 'JSON'],
    [
      await ask(order, { 'content-type': 'text/plain' }),
      415,
      'unsupported_media_type',
      'application/json',
    ],
    [await ask({ ...order, more: 'x'.repeat(9_000) }), 413, 'too_large', '8 KiB'],
    [await ask(order, { 'sec-fetch-site': 'cross-site' }), 403, 'cross_site', 'back end'],
  ] as const;
  for (const [response, status, code, words] of refusals) {
    const { error } = await response.json();
    expect([response.status, error.code]).toEqual([status, code]);
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/reload the page|too long to send/);
  }
});

test('every wrong key gets the same 401, and 404 is returned without LINKS_API_KEY', async () => {
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
  expect(answers[0]).toContain('api_key_invalid');
  expect(answers[0]).toMatch(/401.*www-authenticate.*Bearer/);
  const closed = await startOrderServer();
  const response = await closed.services.mintLink(new Request('http://localhost/api/links'));
  expect([response.status, await response.text()]).toEqual([404, '']);
  await closed.simulator.close();
});
