import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseOrderMessages } from '@/lib/server/connect/schema';
import { toOrderSnapshot } from '@/lib/server/orders/to-order-view';
import { createWorkSlices } from '@/lib/server/connect/work-slices';

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

test('messages are sorted by time, then by numeric id', async () => {
  const { messages } = await translate([message(10, 0), message(9, 0), message(1, 5)]);
  expect(messages.map(({ id }) => id)).toEqual(['9', '10', '1']);
});

test('a duplicated message appears once, and is read if either copy is read', async () => {
  const read = message(1, 0, { read: true, read_at: '2026-11-20T18:01:00Z' });
  for (const copies of [
    [message(1, 0), read],
    [read, message(1, 0)],
  ])
    expect((await translate(copies)).messages).toMatchObject([
      { id: '1', read: true, readAt: '2026-11-20T18:01:00.000Z' },
    ]);
});

test('different messages with the same id are all kept and get unique ids', async () => {
  const { messages } = await translate([
    message(1, 0),
    message(1, 1),
    message(1, 1, { sender_id: 16 }),
  ]);
  expect(messages).toHaveLength(3);
  expect(new Set(messages.map(({ id }) => id)).size).toBe(3);
});

test('a sender of an unknown type is shown as staff without a name', async () => {
  const [robot] = (await translate([message(1, 0, { sender_type: 'support_robot' })])).messages;
  expect(robot).toMatchObject({ from: 'shopper' });
  expect(robot).not.toHaveProperty('shopperId');
});

test('a picture from a foreign host is withheld and marked as withheld', async () => {
  const image = 'https://evil.example/a.png';
  const [withheld, shown, none] = (
    await translate([
      message(1, 0, { image }),
      message(2, 1, { image: 'https://images.instacart.com/a.png' }),
      message(3, 2, { image: '' }),
    ])
  ).messages;
  expect(withheld).toMatchObject({ imageWithheld: true });
  expect(withheld).not.toHaveProperty('imageUrl');
  expect(shown).toMatchObject({ imageUrl: 'https://images.instacart.com/a.png' });
  expect(none).not.toHaveProperty('imageWithheld');
});

test('a name is truncated to 120 UTF-16 units without splitting a character', async () => {
  const metadata = { customer: { id: 8, display_name: `${'a'.repeat(119)}🙂b` } };
  expect((await translate([], metadata)).people.customer.name).toBe('a'.repeat(119));
});

test('the current shopper is listed once among the shoppers', async () => {
  const { people } = await translate([], { current_shopper: { id: 16, display_name: 'Amida' } });
  expect(people).toMatchObject({ currentShopperId: '16', shoppers: [{ id: '15' }, { id: '16' }] });
  expect((await translate([])).people.shoppers).toHaveLength(1);
});

test('a chat without shoppers and messages is waiting, and a chat with is_expired is expired', async () => {
  const noShoppers = { current_shopper: undefined, shoppers: [] };
  expect((await translate([], noShoppers)).chatState).toBe('waiting');
  expect((await translate([message(1, 0)], noShoppers)).chatState).toBe('open');
  expect((await translate([], { current_shopper: undefined })).chatState).toBe('open');
  const expired = await translate([message(1, 0)], { is_expired: true });
  expect(expired).toMatchObject({ chatState: 'expired', messages: [], isFinal: true });
});

test('a medium is reduced to at most 32 plain characters', async () => {
  const notices = ['sms', '<b>push</b>', '💌', 'x'.repeat(99)].map((medium, index) => ({
    notification_id: index,
    medium,
    created_at: '2026-11-20T18:00:00Z',
    sent_at: '',
    body: `Notice ${index}`,
  }));
  const media = (await translate([], {}, notices)).updates.flatMap((update) => update.media);
  expect(media).toEqual(['sms', 'bpushb', 'unknown', 'x'.repeat(32)]);
});

test('the view does not depend on the order of the messages in the response', async () => {
  const chat = fc.array(
    fc
      .record({
        id: fc.integer({ min: 1, max: 5 }),
        seconds: fc.integer({ min: 0, max: 3 }),
        sender_id: fc.constantFrom(15, 16),
        read: fc.boolean(),
        body: fc.constantFrom('Hello', 'Bye'),
      })
      .map(({ id, seconds, ...extra }) => message(id, seconds, extra)),
    { maxLength: 12 },
  );
  const shuffled = chat.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([all, other]) => {
      const { messages } = await translate(all);
      expect((await translate(other)).messages).toEqual(messages);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      for (const { body } of all) expect(messages.some((one) => one.body === body)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
}, 30_000);

test('200 messages give the same view in any order and with any of them repeated', async () => {
  // Three messages share each second, and their ids do not grow with time.
  const all = Array.from({ length: 200 }, (_, index) =>
    message(1 + ((index * 77) % 200), Math.floor(index / 3), {
      sender_id: index % 4 === 0 ? 8 : 15,
      sender_type: index % 4 === 0 ? 'user' : 'driver',
      read: index % 2 === 0,
    }),
  );
  const view = await translate(all);
  expect(view.messages).toHaveLength(200);
  const arrivals = fc
    .subarray(all)
    .map((repeats) => [...all, ...repeats])
    .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));
  await fc.assert(
    fc.asyncProperty(arrivals, async (some) => {
      expect(await translate(some)).toEqual(view);
    }),
    { numRuns: 500 },
  );
}, 30_000);

test('a shopper without a name keeps the messages and gets the name from another entry', async () => {
  const nameless = { id: 15, display_name: null };
  const { messages, people } = await translate([message(1, 0)], {
    shoppers: [shopper, { id: 16, display_name: '\u3164' }],
    current_shopper: nameless,
  });
  expect(messages).toMatchObject([{ shopperId: '15' }]);
  expect(people).toMatchObject({
    currentShopperId: '15',
    shoppers: [
      { id: '15', name: 'Robert' },
      { id: '16', name: '' },
    ],
  });
});

test('messages and notices without visible text are left out, unless they have a picture', async () => {
  const image = 'https://images.instacart.com/a.png';
  const { messages, updates } = await translate(
    [message(1, 0, { body: '\u200b' }), message(2, 1, { body: '\u2800', image })],
    {},
    ['\u200b', '<p>&nbsp;&#8203;</p>', '<style>p{}</style>', 'Out'].map((body, index) => ({
      ...{ notification_id: index, medium: 'sms', created_at: '2026-11-20T18:00:00Z', body },
    })),
  );
  expect(messages.map(({ id }) => id)).toEqual(['2']);
  expect(updates.map(({ body }) => body)).toEqual(['Out']);
});

test('a missing sender type follows from the recipient type or the sender id', async () => {
  const from = async (extra: object) => {
    const [shown] = (await translate([message(1, 0, { sender_type: null, ...extra })])).messages;
    return [shown?.from, shown?.shopperId];
  };
  expect(await from({})).toEqual(['shopper', '15']);
  expect(await from({ recipient_type: 'driver', sender_id: 8 })).toEqual(['customer', undefined]);
  const noRecipient = { recipient_type: null };
  expect(await from({ ...noRecipient, sender_id: 8 })).toEqual(['customer', undefined]);
  expect(await from({ ...noRecipient, sender_id: 15 })).toEqual(['shopper', '15']);
  expect(await from({ ...noRecipient, sender_id: 99 })).toEqual(['shopper', undefined]);
  expect(await from({ ...noRecipient, sender_id: null })).toEqual(['shopper', undefined]);
});

test('work is reported after each long text, so that other requests run in between', async () => {
  const connect = parseOrderMessages({
    chat_messages: Array.from({ length: 50 }, (_, id) =>
      message(id, id, { body: 'x'.repeat(20_000) }),
    ),
    lifecycle_messages: [],
    metadata: { customer: null, shoppers: null, is_expired: false },
  });
  if (!connect) throw new Error('not readable');
  let yieldCount = 0;
  const reportWork = createWorkSlices(async () => void yieldCount++);
  await toOrderSnapshot(connect, { imageHosts: [], hasChat: true, reportWork });
  expect(yieldCount).toBe(50);
});
