import { expect, test } from 'vitest';
import { parseOrderMessages } from '@/lib/server/connect/schema';
import { toOrderSnapshot } from '@/lib/server/orders/to-order-view';

const START_MS = Date.parse('2026-11-20T18:00:00Z');
const shopper = { id: 15, display_name: 'Robert' };

function message(id: number, seconds: number, extra: object = {}) {
  return {
    id,
    order_id: 1,
    created_at: new Date(START_MS + seconds * 1_000).toISOString(),
    recipient_id: 8,
    recipient_type: 'user',
    sender_id: 15,
    sender_type: 'driver',
    read: false,
    body: `Message ${id}`,
    ...extra,
  };
}

async function translate(
  chatMessages: object[],
  metadata: object = {},
  lifecycleMessages: object[] = [],
) {
  const connect = parseOrderMessages({
    chat_messages: chatMessages,
    lifecycle_messages: lifecycleMessages,
    metadata: {
      customer: { id: 8, display_name: 'John' },
      current_shopper: shopper,
      shoppers: [shopper],
      is_expired: false,
      ...metadata,
    },
  });
  if (!connect) throw new Error('not readable');
  return toOrderSnapshot(connect, {
    imageHosts: [{ pattern: '*.instacart.com', isLocal: false }],
    hasChat: true,
  });
}

test('an order without a chat shows its notices, but no messages', async () => {
  const connect = parseOrderMessages({
    chat_messages: [message(1, 0)],
    lifecycle_messages: [],
    metadata: { customer: null, shoppers: [shopper], is_expired: false },
  });
  if (!connect) throw new Error('not readable');
  const view = await toOrderSnapshot(connect, { imageHosts: [], hasChat: false });
  expect(view).toMatchObject({ chatState: 'unavailable', messages: [], unreadableCount: 0 });
});

test('unreadable messages open the chat, and unreadable messages and notices are both dropped', async () => {
  const noShoppers = { current_shopper: undefined, shoppers: [] };
  const view = await translate([{}, {}], noShoppers, [{}, {}, {}]);
  expect(view).toMatchObject({ chatState: 'open', unreadableCount: 2, droppedCount: 5 });
});

test('a name has single spaces, and pictures come only from allowed hosts', async () => {
  const avatar_url = 'https://images.instacart.com/a.png';
  const { people } = await translate([], {
    customer: { id: 8, display_name: 'John  Q.\n Public', avatar_url },
    shoppers: [{ ...shopper, avatar_url: 'https://evil.example/a.png' }],
    current_shopper: undefined,
  });
  expect(people).toEqual({
    customer: { name: 'John Q. Public', avatarUrl: avatar_url },
    shoppers: [{ id: '15', name: 'Robert' }],
  });
});

test('messages without text are equal if they have the same picture, whatever its signature', async () => {
  const picture = (name: string) =>
    message(1, 0, { body: '', image: `https://images.instacart.com/${name}` });
  const { messages } = await translate([
    ...[picture('a.png?sig=1'), picture('a.png?sig=2'), picture('b.png')],
  ]);
  expect(messages.map(({ imageUrl }) => imageUrl)).toEqual([
    'https://images.instacart.com/a.png?sig=1',
    'https://images.instacart.com/b.png',
  ]);
});

test('of two messages with one id and time, the one without a sender is first', async () => {
  const [first, second] = (
    await translate([
      message(1, 0, { body: 'With sender' }),
      message(1, 0, { body: 'No sender', sender_id: null }),
    ])
  ).messages;
  expect([first?.body, second?.body]).toEqual(['No sender', 'With sender']);
});

test('a notice has its picture if the host is allowed', async () => {
  const notice = { notification_id: 1, medium: 'sms', created_at: '2026-11-20T18:00:00Z' };
  const updatesWith = async (image: string) =>
    (await translate([], {}, [{ ...notice, body: 'Out', image }])).updates;
  const allowed = 'https://images.instacart.com/a.png';
  expect(await updatesWith(allowed)).toMatchObject([{ body: 'Out', imageUrl: allowed }]);
  expect((await updatesWith('https://evil.example/a.png'))[0]).not.toHaveProperty('imageUrl');
});

test('the work of a text is 200 units and its length', async () => {
  const connect = parseOrderMessages({
    chat_messages: [message(1, 0, { body: 'Hi' })],
    lifecycle_messages: [
      ...[{ notification_id: 1, medium: 'sms', created_at: '2026-11-20T18:00:00Z', body: 'Out' }],
    ],
    metadata: { customer: null, shoppers: null, is_expired: false },
  });
  if (!connect) throw new Error('not readable');
  const work: number[] = [];
  const reportWork = async (units: number) => void work.push(units);
  await toOrderSnapshot(connect, { imageHosts: [], hasChat: true, reportWork });
  // The last is the step of the merge of notices.
  expect(work).toEqual([203, 202, 503]);
});
