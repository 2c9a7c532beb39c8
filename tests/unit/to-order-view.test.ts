import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseOrderMessages } from '@/lib/server/connect-schema';
import { toOrderSnapshot } from '@/lib/server/to-order-view';

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

function translate(
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

test('messages come by time, then by id as a number', () => {
  const { messages } = translate([message(10, 0), message(9, 0), message(1, 5)]);
  expect(messages.map(({ id }) => id)).toEqual(['9', '10', '1']);
});

test('a message that comes twice is one, and read if either copy is', () => {
  const read = message(1, 0, { read: true, read_at: '2026-11-20T18:01:00Z' });
  for (const copies of [
    [message(1, 0), read],
    [read, message(1, 0)],
  ])
    expect(translate(copies).messages).toMatchObject([
      { id: '1', read: true, readAt: '2026-11-20T18:01:00.000Z' },
    ]);
});

test('messages that merely share an id are all kept, each with an id of its own', () => {
  const { messages } = translate([message(1, 0), message(1, 1), message(1, 1, { sender_id: 16 })]);
  expect(messages).toHaveLength(3);
  expect(new Set(messages.map(({ id }) => id)).size).toBe(3);
});

test('an unknown kind of sender is staff without a name', () => {
  const [robot] = translate([message(1, 0, { sender_type: 'support_robot' })]).messages;
  expect(robot).toMatchObject({ from: 'shopper' });
  expect(robot).not.toHaveProperty('shopperId');
});

test('a picture of a foreign host is withheld, and said to be', () => {
  const image = 'https://evil.example/a.png';
  const [withheld, shown, none] = translate([
    message(1, 0, { image }),
    message(2, 1, { image: 'https://images.instacart.com/a.png' }),
    message(3, 2, { image: '' }),
  ]).messages;
  expect(withheld).toMatchObject({ imageWithheld: true });
  expect(withheld).not.toHaveProperty('imageUrl');
  expect(shown).toMatchObject({ imageUrl: 'https://images.instacart.com/a.png' });
  expect(none).not.toHaveProperty('imageWithheld');
});

test('a name is cut at 120 units, but not through a character', () => {
  const metadata = { customer: { id: 8, display_name: `${'a'.repeat(119)}🙂b` } };
  expect(translate([], metadata).people.customer.name).toBe('a'.repeat(119));
});

test('who has the order is among the shoppers, once', () => {
  const { people } = translate([], { current_shopper: { id: 16, display_name: 'Amida' } });
  expect(people).toMatchObject({ currentShopperId: '16', shoppers: [{ id: '15' }, { id: '16' }] });
  expect(translate([]).people.shoppers).toHaveLength(1);
});

test('a chat is waiting without any shopper, and expired whatever else it says', () => {
  const nobody = { current_shopper: undefined, shoppers: [] };
  expect(translate([], nobody).chatState).toBe('waiting');
  expect(translate([message(1, 0)], nobody).chatState).toBe('open');
  expect(translate([], { current_shopper: undefined }).chatState).toBe('open');
  const expired = translate([message(1, 0)], { is_expired: true });
  expect(expired).toMatchObject({ chatState: 'expired', messages: [], settled: true });
});

test('a medium is a plain word, whatever Connect calls it', () => {
  const notices = ['sms', '<b>push</b>', '💌', 'x'.repeat(99)].map((medium, index) => ({
    notification_id: index,
    medium,
    created_at: '2026-11-20T18:00:00Z',
    sent_at: '',
    body: `Notice ${index}`,
  }));
  const media = translate([], {}, notices).updates.flatMap((update) => update.media);
  expect(media).toEqual(['sms', 'bpushb', 'unknown', 'x'.repeat(32)]);
});

test('the order in which messages arrive makes no difference', () => {
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
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      const { messages } = translate(all);
      expect(translate(other).messages).toEqual(messages);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      for (const { body } of all) expect(messages.some((one) => one.body === body)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('two hundred messages in any order, any of them repeated, are the same chat', () => {
  // Three at a time at one moment, by ids that do not grow with time.
  const all = Array.from({ length: 200 }, (_, index) =>
    message(1 + ((index * 77) % 200), Math.floor(index / 3), {
      sender_id: index % 4 === 0 ? 8 : 15,
      sender_type: index % 4 === 0 ? 'user' : 'driver',
      read: index % 2 === 0,
    }),
  );
  const view = translate(all);
  expect(view.messages).toHaveLength(200);
  const arrivals = fc
    .subarray(all)
    .map((repeats) => [...all, ...repeats])
    .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));
  fc.assert(
    fc.property(arrivals, (some) => {
      expect(translate(some)).toEqual(view);
    }),
    { numRuns: 500 },
  );
}, 30_000);
