import { EncryptJWT, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { mintTestToken, testKey } from '@/tests/support/test-link';
import { apiHeaders } from '@/tests/support/api-headers';
import { startOrderServer } from '@/tests/support/order-server';
import { toBytes } from '@/tests/support/response-bytes';

const URL = 'http://localhost/api/order/messages';

test('every invalid link gets the same bytes and causes no call to Connect', async () => {
  const { clock, services, simulator, mint, request } = await startOrderServer();
  const nowMs = clock.nowMs();
  const oid = 'shopping';
  const good = await mint(oid);
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { oid, sub: 'demo-customer', exp: nowMs / 1_000 + 60 };
  const bare = (authorization: string) =>
    services.getOrderMessages(new Request(URL, { headers: { authorization } }));

  const refusals = await Promise.all([
    request(undefined),
    bare(''),
    bare('Bearer'),
    bare(`Basic ${good}`),
    bare(`Bearer ${good} ${good}`),
    bare(`Bearer "${good}"`),
    bare(good),
    request('x'),
    request('....'),
    request(`${good}=`),
    request(good.slice(0, -1)),
    request(good.slice(1)),
    request(good.split('.').slice(0, 4).join('.')),
    request(good.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A'))),
    request(await mintTestToken({ oid }, { nowMs, key: Buffer.alloc(32, 8) })),
    request(await mintTestToken({ oid }, { nowMs, kid: undefined, key: Buffer.alloc(32, 8) })),
    request(await mintTestToken({ oid }, { nowMs, kid: 'unknown' })),
    request(await mintTestToken({ oid }, { nowMs, enc: 'A128CBC-HS256' })),
    request(await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(testKey)),
    request(
      await new EncryptJWT(claims)
        .setProtectedHeader({ alg: 'A256GCMKW', enc: 'A256GCM', kid: 'test' })
        .encrypt(testKey),
    ),
    request(`${encode({ alg: 'none' })}.${encode(claims)}.`),
    request(`${encode({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`),
    request(await mint(oid, { oid: '..' })),
    request(await mint(oid, { oid: 7 })),
    request(await mint(oid, { sub: undefined })),
    request(await mint(oid, { exp: undefined })),
    request(await mint(oid, { exp: 'tomorrow' })),
    request(await mint(oid, { scp: 'admin' })),
    request(await mint('x'.repeat(65))),
    request(await mint(oid, { sub: 'x'.repeat(5_000) })),
    request('A'.repeat(60_000)),
  ]);

  const [first, ...others] = await Promise.all(refusals.map(toBytes));
  expect(first?.status).toBe(401);
  expect(JSON.parse(Buffer.from(first?.body ?? '', 'hex').toString())).toEqual({
    error: { code: 'link_invalid', message: expect.any(String) },
  });
  expect(Object.fromEntries(first?.headers ?? [])).toEqual({
    ...apiHeaders,
    'content-type': 'application/json; charset=utf-8',
    'www-authenticate': 'Bearer',
  });
  for (const other of others) expect(other).toEqual(first);
  expect(simulator.control.calls()).toEqual([]);
  expect((await request(good)).status).toBe(200);
  await simulator.close();
});

test('an expired authentic link gets 410 and causes no call to Connect', async () => {
  const { clock, simulator, mint, request } = await startOrderServer();
  const exp = clock.nowMs() / 1_000;
  const statusAt = async (seconds: number) =>
    (await request(await mint('shopping', { exp: exp - seconds }))).status;
  expect(await statusAt(61)).toBe(410);
  expect(await statusAt(10_000_000)).toBe(410);
  expect(simulator.control.calls()).toEqual([]);
  expect(await statusAt(59)).toBe(200);
  const expired = await request(await mint('shopping', { exp: exp - 61 }));
  expect(await expired.json()).toMatchObject({ error: { code: 'link_expired' } });
  await simulator.close();
});

test('a cross-site request gets 403 with a valid link and without one', async () => {
  const { simulator, mint, request } = await startOrderServer();
  const good = await mint('shopping');
  for (const site of ['cross-site', 'same-site', 'none', '', 'SAME-ORIGIN, cross-site'])
    for (const token of [good, undefined]) {
      const response = await request(token, { 'sec-fetch-site': site });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ error: { code: 'cross_site' } });
    }
  expect(simulator.control.calls()).toEqual([]);
  expect((await request(good, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  expect((await request(good)).status).toBe(200);
  await simulator.close();
});

test('a response has no CORS header and sets no cookie', async () => {
  const { simulator, mint, request } = await startOrderServer();
  const headers = { origin: 'https://evil.example', cookie: 'a=b' };
  for (const token of [await mint('shopping'), await mint('unknown'), 'x']) {
    const names = [...(await request(token, headers)).headers.keys()];
    expect(names.filter((name) => /^access-control|^set-cookie$/.test(name))).toEqual([]);
  }
  await simulator.close();
});

test('the order of another customer gets 404, even after its owner has read it', async () => {
  const { simulator, mint, open, request } = await startOrderServer();
  simulator.control.putOrder('theirs', { userId: 'somebody', script: { ageMs: 0, steps: [] } });
  expect((await request(await mint('theirs', { sub: 'somebody' }))).status).toBe(200);
  const response = await open('theirs');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: 'order_not_found' } });
  expect((await open('shopping')).status).toBe(200);
  expect((await request(await mint('shopping', { sub: 'somebody' }))).status).toBe(404);
  await simulator.close();
});

test('an order id with special characters stays one segment of the path', async () => {
  const { simulator, open } = await startOrderServer();
  const orderIds = ['../../chat/shopping/messages?', 'shopping/../waiting', '%2e%2e', 'a b#c?d'];
  for (const orderId of orderIds) expect((await open(orderId)).status).toBe(404);
  for (const route of ['order_messages', 'order', 'items'] as const) {
    const calls = simulator.control.calls({ route });
    expect(calls.map(({ orderId }) => orderId)).toEqual(orderIds);
  }
  expect(new Set(simulator.control.calls().map(({ route }) => route)).size).toBe(4);
  await simulator.close();
});
