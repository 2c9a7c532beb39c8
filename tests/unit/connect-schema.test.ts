import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConnectJson, parseOrderMessages, readErrorCodes } from '@/lib/server/connect-schema';
import { composeHostileBody } from '@/tests/simulator/hostile-scenario';

const message = {
  id: 123456789,
  order_id: 122233,
  created_at: '2021-01-01T00:00:00Z',
  recipient_id: 334354343,
  recipient_type: 'user',
  sender_id: 55655345,
  sender_type: 'driver',
  read: true,
  read_at: '2021-01-01T00:01:00Z',
  body: 'MessageBody',
  image: 'https://images.instacart.com/a.png',
};
const notice = {
  notification_id: 987654321,
  medium: 'sms',
  recipient_phone_number: '+14155550142',
  sent_from: '+14155550199',
  created_at: '2021-01-01T00:00:00Z',
  sent_at: '2021-01-01T00:00:01Z',
  delivered_at: '2021-01-01T00:00:02Z',
  body: 'Your order has been picked up.',
};
const person = { id: 15, display_name: 'Robert', avatar_url: '' };

function composeBody() {
  return structuredClone({
    chat_messages: [message, { ...message, id: 2 }],
    lifecycle_messages: [notice, { ...notice, notification_id: 2 }],
    metadata: { customer: person, current_shopper: person, shoppers: [person], is_expired: false },
  });
}

function edit(body: unknown, path: string, change: (parent: object, name: string) => void) {
  const names = path.split('.');
  const last = names.pop() ?? '';
  change(
    names.reduce<object>((node, name) => Object(Reflect.get(node, name)), Object(body)),
    last,
  );
  return body;
}

const without = (path: string) => edit(composeBody(), path, Reflect.deleteProperty);
const withValue = (path: string, value: unknown) =>
  edit(composeBody(), path, (parent, name) => Reflect.set(parent, name, value));

test('a whole answer is read whole, with its ids as text', () => {
  expect(parseOrderMessages(composeBody())).toMatchObject({
    chatMessages: [{ id: '123456789', sender_id: '55655345' }, { id: '2' }],
    lifecycleMessages: [{ notification_id: '987654321' }, { notification_id: '2' }],
    metadata: { customer: { id: '15' }, shoppers: [{ id: '15' }], is_expired: false },
    ...{ droppedChatCount: 0, droppedNoticeCount: 0 },
  });
});

test('phone numbers are not even read', () => {
  expect(JSON.stringify(parseOrderMessages(composeBody()))).not.toContain('+1415');
});

test.each([
  'chat_messages',
  'lifecycle_messages',
  'metadata',
  'metadata.customer',
  'metadata.customer.id',
  'metadata.customer.display_name',
  'metadata.current_shopper.id',
  'metadata.current_shopper.display_name',
  'metadata.shoppers',
  'metadata.shoppers.0.id',
  'metadata.shoppers.0.display_name',
  'metadata.is_expired',
])('an answer without %s, or with something else there, is unreadable', (path) => {
  expect(parseOrderMessages(without(path))).toBeUndefined();
  for (const value of [null, 1.5, { x: 1 }, '', []]) {
    const fits =
      (Array.isArray(value) && /messages$|shoppers$/.test(path)) ||
      (typeof value === 'string' && path.endsWith('display_name'));
    if (!fits) expect(parseOrderMessages(withValue(path, value))).toBeUndefined();
  }
});

test.each([
  ...[
    'id',
    'order_id',
    'created_at',
    'recipient_id',
    'recipient_type',
    'sender_id',
    'sender_type',
    'read',
    'body',
  ].map((name) => `chat_messages.0.${name}`),
  ...['notification_id', 'medium', 'created_at', 'sent_at', 'body'].map(
    (name) => `lifecycle_messages.1.${name}`,
  ),
])('a message without %s is left out and counted', (path) => {
  for (const body of [without(path), withValue(path, null), withValue(path, { x: 1 })]) {
    const parsed = parseOrderMessages(body);
    expect(Number(parsed?.droppedChatCount) + Number(parsed?.droppedNoticeCount)).toBe(1);
    expect((parsed?.chatMessages.length ?? 0) + (parsed?.lifecycleMessages.length ?? 0)).toBe(3);
  }
});

test.each([
  'chat_messages.0.read_at',
  'chat_messages.0.image',
  'lifecycle_messages.0.recipient_phone_number',
  'lifecycle_messages.0.sent_from',
  'lifecycle_messages.0.delivered_at',
  'lifecycle_messages.0.image',
  'metadata.current_shopper',
  'metadata.customer.avatar_url',
  'metadata.shoppers.0.avatar_url',
])('nothing is left out for want of %s', (path) => {
  for (const body of [without(path), withValue(path, null)])
    expect(parseOrderMessages(body)?.droppedChatCount).toBe(0);
});

test('where no message of a list is readable the answer is not, as an empty chat would be a lie', () => {
  expect(parseOrderMessages(withValue('chat_messages', [{}, 'x', null]))).toBeUndefined();
  expect(parseOrderMessages(withValue('lifecycle_messages', [1]))).toBeUndefined();
  expect(parseOrderMessages(withValue('chat_messages', []))).toMatchObject({ chatMessages: [] });
});

test('a message whose time is no time is left out; one that was read at no time stays', () => {
  const broken = parseOrderMessages(withValue('chat_messages.0.created_at', 'yesterday-ish'));
  expect(broken).toMatchObject({ chatMessages: [{ id: '2' }], droppedChatCount: 1 });
  const read = parseOrderMessages(withValue('chat_messages.0.read_at', 'yesterday-ish'));
  expect(read).toMatchObject({ chatMessages: [{ read_at: null }, {}], droppedChatCount: 0 });
});

test('fields that nobody knows change nothing, wherever they stand', () => {
  const key = fc.string({ minLength: 1 }).map((name) => `new_${name}`);
  const extra = fc.dictionary(key, fc.jsonValue());
  fc.assert(
    fc.property(extra, (fields) => {
      const { metadata } = composeBody();
      const wider = {
        ...fields,
        chat_messages: composeBody().chat_messages.map((one) => ({ ...fields, ...one })),
        lifecycle_messages: composeBody().lifecycle_messages.map((one) => ({ ...fields, ...one })),
        metadata: {
          ...fields,
          ...metadata,
          customer: { ...fields, ...metadata.customer },
          shoppers: metadata.shoppers.map((one) => ({ ...fields, ...one })),
        },
      };
      expect(parseOrderMessages(wider)).toEqual(parseOrderMessages(composeBody()));
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('ids beyond 2^53 keep every digit', () => {
  const text = JSON.stringify(composeBody())
    .replace('"id":123456789', '"id":9007199254740993')
    .replace('"notification_id":987654321', '"notification_id":123456789012345678901234567890');
  expect(parseOrderMessages(parseConnectJson(text))).toMatchObject({
    chatMessages: [{ id: '9007199254740993' }, { id: '2' }],
    lifecycleMessages: [{ notification_id: '123456789012345678901234567890' }, {}],
  });
});

test('JSON is read alike whether or not it holds a long number', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const long = parseConnectJson(`[${text}, 9999999999999999999]`);
      expect(long).toEqual([JSON.parse(text, keepInteger), 9999999999999999999n]);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

// Where a double would round, JSON.parse has done so already.
function keepInteger(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return /^-?\d+$/.test(String(value)) ? BigInt(String(value)) : value;
}

test('of a body damaged in any place, something is made or nothing, but nothing is thrown', () => {
  const texts = [
    JSON.stringify(composeBody()),
    JSON.stringify(composeHostileBody(Date.parse('2026-11-20T18:00:00Z'), 'http://localhost')),
    JSON.stringify(composeBody()).replace('123456789', '9007199254740993'),
  ];
  const damage = fc.record({
    text: fc.constantFrom(...texts),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 30 }),
    piece: fc.oneof(
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', 'null', '-', '1e999', '\\u0000'),
      fc.constantFrom('"__proto__":{"id":1},', '"id":1,"id":2,', '99999999999999999999', '\ud800'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  });
  fc.assert(
    fc.property(damage, ({ text, at, length, piece }) => {
      const index = Math.floor(at * text.length);
      const damaged = text.slice(0, index) + piece + text.slice(index + length);
      let body: unknown;
      try {
        body = parseConnectJson(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
        return;
      }
      const parsed = parseOrderMessages(body);
      expect(parsed?.chatMessages.every(({ id }) => typeof id === 'string') ?? true).toBe(true);
      expect(readErrorCodes(body)).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('anything at all is read without throwing', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(parseOrderMessages(value)).toBeUndefined();
      expect(Array.isArray(readErrorCodes(value))).toBe(true);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('the codes of an error are read, be it one or several', () => {
  expect(readErrorCodes({ error: { message: 'Shopper PII', code: null }, meta: {} })).toEqual([
    null,
  ]);
  expect(
    readErrorCodes({ error: { code: 9999, errors: [{ code: 4000 }, { code: null, x: 1 }] } }),
  ).toEqual([9999, 4000, null]);
  for (const body of [undefined, '', {}, { error: 'x' }, { error: { code: 'x' } }])
    expect(readErrorCodes(body)).toEqual([]);
});

test('a time that names no zone is UTC', () => {
  for (const time of ['2021-01-01T00:00:00', '2021-01-01 00:00:00', '2021-01-01']) {
    const body = { ...composeBody(), chat_messages: [{ ...message, created_at: time }] };
    expect(parseOrderMessages(body)?.chatMessages[0]?.created_at).toBe('2021-01-01T00:00:00.000Z');
  }
});
