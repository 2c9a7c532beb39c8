import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFrozenClock, dayMs, hourMs, secondMs } from './clock';
import { createConnectCaller } from './connect-caller';
import { createSimulatorControl } from './control-client';
import { startSimulator, type Simulator } from './simulator';

const documented = `{
"chat_messages": [
{
"id": 123456789,
"order_id": 122233,
"created_at": "2021-01-01T00:00:00Z",
"recipient_id": 334354343,
"recipient_type": "user",
"sender_id": 55655345,
"sender_type": "driver",
"read": false,
"body": "MessageBody"
}
],
"lifecycle_messages": [
{
"notification_id": 987654321,
"medium": "sms",
"recipient_phone_number": "+14155552671",
"sent_from": "+18005551234",
"created_at": "2021-01-01T00:00:00Z",
"sent_at": "2021-01-01T00:00:01Z",
"delivered_at": "2021-01-01T00:00:02Z",
"body": "Your order has been picked up."
}
],
"metadata": {
"customer": {
"id": 8,
"display_name": "John",
"avatar_url": ""
},
"current_shopper": {
"id": 15,
"display_name": "Robert",
"avatar_url": "https://speedwagon.foundation/avatar/reospeedwagon.jpg"
},
"shoppers": [
{
"id": 55655345,
"display_name": "SomeFirstName",
"avatar_url": "SomeURL"
}
],
"is_expired": false
}
}`;

let simulator: Simulator;
let connect: ReturnType<typeof createConnectCaller>;

beforeEach(async () => {
  simulator = await startSimulator({ clock: createFrozenClock() });
  connect = createConnectCaller(simulator.url);
});

afterEach(() => simulator.close());

describe('tokens', () => {
  test('a token is minted for the user in the assertion, for 24 hours', async () => {
    const response = await connect.postToken();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 86_400,
      scope: 'connect:post_checkout',
      created_at: simulator.clock.nowMs() / 1_000,
    });
  });

  test('no token is minted for credentials in the query or a wrong secret', async () => {
    const inQuery = '?client_id=demo-client&client_secret=demo-secret';
    expect((await connect.postToken({}, inQuery)).status).toBe(403);
    expect((await connect.postToken({ client_secret: 'other' })).status).toBe(401);
    expect((await connect.postToken({ scope: 'connect:fulfillment' })).status).toBe(400);
  });

  test('a token gives access to the orders of its user until it expires or is revoked', async () => {
    const own = await connect.mintToken('demo-customer');
    const other = await connect.mintToken('other-user');
    expect((await connect.getMessages('shopping', own)).status).toBe(200);
    const refused = await connect.getMessages('shopping', other);
    expect(refused.status).toBe(404);
    expect(await refused.json()).toEqual({
      error: { message: 'Resource not found', code: 4000 },
      meta: {},
    });
    expect((await connect.getMessages('shopping', 'made-up')).status).toBe(401);

    const revoked = await connect.mintToken('demo-customer');
    await connect.revokeToken(revoked);
    expect((await connect.getMessages('shopping', revoked)).status).toBe(401);
    simulator.clock.advance(dayMs);
    expect((await connect.getMessages('shopping', own)).status).toBe(401);
  });
});

describe('orders', () => {
  test('the documented example is served byte for byte', async () => {
    const response = await connect.getMessages('documented');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.text()).toBe(documented);
  });

  test('an order whose shopper information is removed always answers 403', async () => {
    const response = await connect.getMessages('no-shopper-info');
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      error: { message: 'Shopper PII', code: null },
      meta: {},
    });
  });

  test('a live order starts at its first request, is handed over, delivered and expires', async () => {
    simulator.clock.advance(hourMs);
    expect(await connect.readBody('live-a')).toMatchObject({
      chat_messages: [],
    });

    simulator.clock.advance(8 * secondMs);
    const picking = await connect.readBody('live-a');
    expect(picking.metadata.current_shopper?.display_name).toBe('Zelma');
    expect(picking.lifecycle_messages.map((notice) => notice.medium)).toContain('push');

    simulator.clock.advance(132 * secondMs);
    const delivered = await connect.readBody('live-a');
    expect(delivered.metadata.current_shopper?.display_name).toBe('Amida');
    expect(delivered.metadata.shoppers).toHaveLength(2);
    expect(delivered.chat_messages.length).toBeGreaterThan(12);
    const repeated = delivered.lifecycle_messages.filter(
      (notice) => notice.medium === 'sms' && notice.body === 'Your shopper is picking your order.',
    );
    expect(repeated).toHaveLength(2);

    simulator.clock.advance(30 * secondMs);
    const expired = await connect.readBody('live-a');
    expect(expired.metadata.is_expired).toBe(true);
    expect(expired.chat_messages).toEqual([]);
    expect(expired.lifecycle_messages).toEqual(delivered.lifecycle_messages);
    expect((await connect.readBody('live-b')).metadata.is_expired).toBe(false);
  });

  test('an order advanced by more than a day keeps the times of its messages', async () => {
    const before = await connect.readBody('delivered');
    expect(before.chat_messages.length).toBeGreaterThan(0);
    simulator.control.advanceOrder('delivered', dayMs);
    const after = await connect.readBody('delivered');
    expect(after.chat_messages).toEqual([]);
    expect(after.lifecycle_messages).toEqual(before.lifecycle_messages);
    expect((await connect.readBody('expired')).metadata.is_expired).toBe(true);
  });

  test('a sent message appears in the thread and is marked as read later', async () => {
    const sent = await connect.postMessage('shopping', 'The gate is open.');
    expect(sent.status).toBe(200);
    const receipt: unknown = await sent.json();
    expect(receipt).toMatchObject({ id: expect.any(Number), type: 'CHAT', timezone: 'UTC' });
    const last = async () => (await connect.readBody('shopping')).chat_messages.at(-1);
    expect(await last()).toMatchObject({ body: 'The gate is open.', read: false });
    simulator.clock.advance(10 * secondMs);
    expect(await last()).toMatchObject({ sender_type: 'user', read: true });
  });

  test('sending is rejected without a shopper, after the end of the order, and for a long text', async () => {
    expect((await connect.postMessage('waiting', 'Hello?')).status).toBe(403);
    expect((await connect.postMessage('delivered', 'Hello?')).status).toBe(403);
    expect((await connect.postMessage('shopping', 'x'.repeat(1_000))).status).toBe(200);
    const tooLong = await connect.postMessage('shopping', 'x'.repeat(1_001));
    expect(tooLong.status).toBe(400);
    expect(await tooLong.json()).toMatchObject({ error: { code: 1001 }, meta: { key: 'body' } });
    expect((await connect.postMessage('shopping', 'x'.repeat(70_000))).status).toBe(413);
  });

  test('every scenario except hostile uses pictures of the simulator only', async () => {
    for (const orderId of ['shopping', 'delivered', 'cancelled', 'long', 'waiting']) {
      const text = await (await connect.getMessages(orderId)).text();
      for (const [url] of text.matchAll(/https?:[^"]+/g)) expect(url).toContain(simulator.url);
    }
    const picture = await fetch(`${simulator.url}/pictures/photo/bananas.svg`);
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect((await fetch(`${simulator.url}/pictures/missing.svg`)).status).toBe(404);
  });

  test('lone surrogates are sent as escapes, and a long thread is complete', async () => {
    expect(await (await connect.getMessages('hostile')).text()).toContain(
      String.raw`high \ud800 low`,
    );
    expect((await connect.readBody('long')).chat_messages).toHaveLength(1_000);
  });
});

test('another process controls the simulator over HTTP', async () => {
  const control = createSimulatorControl(simulator.url);
  await control.putOrder('raw', { body: '{"not":"an order"}' });
  expect(await (await connect.getMessages('raw')).text()).toBe('{"not":"an order"}');

  await control.addMessage('waiting', { handOverTo: 'amida' });
  await control.addMessage('waiting', { from: 'driver', body: 'On my way to the shelves.' });
  await control.addMessage('waiting', { notice: { body: 'Picking.', media: ['sms', 'push'] } });
  const body = await connect.readBody('waiting');
  expect(body.chat_messages).toMatchObject([{ body: 'On my way to the shelves.' }]);
  expect(body.lifecycle_messages.slice(-2)).toMatchObject([{ medium: 'sms' }, { medium: 'push' }]);

  await control.markRead('shopping');
  expect((await connect.readBody('shopping')).chat_messages.at(-1)?.read).toBe(true);

  await control.fault({ route: 'order_messages', kind: 'status', status: 503, orderId: 'raw' });
  expect((await connect.getMessages('raw')).status).toBe(503);
  expect(await control.calls({ orderId: 'raw' })).toMatchObject([{ status: 200 }, { status: 503 }]);

  await control.reset();
  expect((await connect.getMessages('raw')).status).toBe(404);
  await expect(control.advanceOrder('unknown', 1)).rejects.toThrow(
    'The simulator has no order unknown',
  );
});
