import { expect, test } from 'vitest';
import { dayMs, minuteMs, secondMs } from '@/tests/simulator/clock';
import { apiHeaders } from '@/tests/support/api-headers';
import { startOrderServer } from '@/tests/support/order-server';

test('the documented example is returned with only the fields for the customer', async () => {
  const { simulator, open } = await startOrderServer({ ORDER_DETAILS: 'off' });
  const response = await open('documented');
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toEqual({
    ...apiHeaders,
    'content-type': 'application/json; charset=utf-8',
    etag: expect.stringMatching(/^W\/"[\w-]{27}"$/),
  });
  expect(await response.json()).toEqual({
    chat: {
      state: 'open',
      messages: [
        {
          id: '123456789',
          at: '2021-01-01T00:00:00.000Z',
          from: 'shopper',
          shopperId: '55655345',
          body: 'MessageBody',
          read: false,
        },
      ],
      canReply: true,
    },
    updates: [
      {
        id: '987654321',
        at: '2021-01-01T00:00:00.000Z',
        body: 'Your order has been picked up.',
        media: ['sms'],
      },
    ],
    people: {
      customer: { name: 'John' },
      shoppers: [
        { id: '55655345', name: 'SomeFirstName' },
        { id: '15', name: 'Robert' },
      ],
      currentShopperId: '15',
    },
    access: 'full',
    asOf: '2026-11-20T18:00:00.000Z',
    stale: false,
    pollAfterMs: 10_000,
  });
  await simulator.close();
});

test('an order without a shopper is waiting and is polled every 30 s', async () => {
  const { simulator, open } = await startOrderServer({ ORDER_DETAILS: 'off' });
  expect(await (await open('waiting')).json()).toEqual({
    chat: { state: 'waiting', messages: [], canReply: false },
    updates: [
      {
        id: expect.any(String),
        at: '2026-11-20T17:55:58.000Z',
        body: 'We have your order. Thank you!',
        media: ['sms', 'email'],
      },
      {
        id: expect.any(String),
        at: '2026-11-20T17:58:58.000Z',
        body: 'We are looking for a shopper near your store.',
        media: ['push'],
      },
    ],
    people: {
      customer: { name: 'John', avatarUrl: `${simulator.url}/pictures/avatar/john.svg` },
      shoppers: [],
    },
    access: 'full',
    asOf: '2026-11-20T18:00:00.000Z',
    stale: false,
    pollAfterMs: 30_000,
  });
  await simulator.close();
});

test('an open chat has its messages by time, with senders, pictures and read marks', async () => {
  const { simulator, open } = await startOrderServer();
  const { chat, updates, people } = await (await open('shopping')).json();
  expect(chat).toMatchObject({ state: 'open', canReply: true });
  expect(chat.messages.length).toBeGreaterThan(10);
  const times = chat.messages.map(({ at }: { at: string }) => at);
  expect(times).toEqual([...times].sort());
  expect(chat.messages.slice(0, 3)).toEqual([
    {
      id: expect.stringMatching(/^\d+$/),
      at: '2026-11-20T17:15:00.000Z',
      from: 'shopper',
      shopperId: '55655345',
      body: expect.stringContaining('I’m Zelma'),
      readAt: '2026-11-20T17:16:20.000Z',
      read: true,
    },
    {
      id: expect.stringMatching(/^\d+$/),
      at: '2026-11-20T17:17:00.000Z',
      from: 'customer',
      body: 'Hi Zelma! Bananas on the green side, please.',
      readAt: '2026-11-20T17:17:04.000Z',
      read: true,
    },
    expect.objectContaining({ imageUrl: `${simulator.url}/pictures/photo/bananas.svg` }),
  ]);
  expect(chat.messages.at(-1)).toMatchObject({ from: 'customer', read: false });
  expect(chat.messages.at(-1)).not.toHaveProperty('readAt');
  const picking = updates.filter(
    ({ body }: { body: string }) => body === 'Your shopper is picking your order.',
  );
  expect(picking).toMatchObject([{ media: ['sms', 'push'] }, { media: ['sms', 'push'] }]);
  expect(people).toMatchObject({ currentShopperId: '55655912', shoppers: [{}, { name: 'Amida' }] });
  await simulator.close();
});

test('one day after delivery the chat expires, the updates stay, and polling ends', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const before = await (await open('delivered')).json();
  expect(before.chat.messages.length).toBeGreaterThan(0);
  simulator.control.advanceOrder('delivered', dayMs);
  clock.advance(2 * secondMs);
  const after = await (await open('delivered')).json();
  expect(after.chat).toEqual({ state: 'expired', messages: [], canReply: false });
  expect(after.updates).toEqual(before.updates);
  expect(after).not.toHaveProperty('pollAfterMs');
  await simulator.close();
});

test('an order without shopper information and details is unavailable and is not polled', async () => {
  const { simulator, open } = await startOrderServer({ ORDER_DETAILS: 'off' });
  const response = await open('no-shopper-info');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    chat: { state: 'unavailable', messages: [], canReply: false },
    updates: [],
    people: { customer: { name: '' }, shoppers: [] },
    access: 'full',
    asOf: '2026-11-20T18:00:00.000Z',
    stale: false,
  });
  await simulator.close();
});

test('MESSAGING=retailer returns the updates only and polls until the order expires', async () => {
  const { clock, simulator, open } = await startOrderServer({ MESSAGING: 'retailer' });
  const view = await (await open('delivered')).json();
  expect(view.chat).toEqual({ state: 'unavailable', messages: [], canReply: false });
  expect(view.updates.length).toBeGreaterThan(2);
  expect(view.pollAfterMs).toBe(30_000);
  simulator.control.advanceOrder('delivered', dayMs);
  clock.advance(2 * secondMs);
  expect(await (await open('delivered')).json()).not.toHaveProperty('pollAfterMs');
  await simulator.close();
});

test('a read-only link gets the whole order but cannot reply', async () => {
  const { simulator, open, mint, request } = await startOrderServer();
  const view = await (await open('shopping')).json();
  const readOnly = await request(await mint('shopping', { scp: 'read' }));
  expect(await readOnly.json()).toEqual({
    ...view,
    chat: { ...view.chat, canReply: false },
    access: 'read',
  });
  await simulator.close();
});

test('a chat is polled every 5 s after a change, and every 10 s after two minutes', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const pace = async () => (await (await open('shopping')).json()).pollAfterMs;
  expect(await pace()).toBe(5_000);
  clock.advance(2 * minuteMs);
  expect(await pace()).toBe(10_000);
  simulator.control.addMessage('shopping', { from: 'driver', body: 'On my way.' });
  clock.advance(2 * secondMs);
  expect(await pace()).toBe(5_000);
  await simulator.close();
});

test('poll intervals are longer while Connect throttles and recover afterwards', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const pace = async (orderId: string) => (await (await open(orderId)).json()).pollAfterMs;
  simulator.control.fault({
    route: 'order_messages',
    orderId: 'waiting',
    kind: 'status',
    status: 429,
    times: 1,
  });
  expect(await pace('waiting')).toBe(60_000);
  expect(await pace('documented')).toBe(20_000);
  clock.advance(30 * secondMs);
  expect(await pace('documented')).toBe(10_000);
  await simulator.close();
});
