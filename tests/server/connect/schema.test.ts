import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConnectJson } from '@/lib/server/connect/json';
import { parseOrderMessages, readErrorCodes, readOrderMessages } from '@/lib/server/connect/schema';
import { createWorkSlices, runInSlices } from '@/lib/server/connect/work-slices';
import { composeBody, message, withValue } from '@/tests/support/connect-answer';
import { composeHostileBody } from '@/tests/simulator/hostile-scenario';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';

test('a complete response is read in full, with its ids as text', () => {
  expect(parseOrderMessages(composeBody())).toMatchObject({
    chatMessages: [{ id: '123456789', sender_id: '55655345' }, { id: '2' }],
    lifecycleMessages: [{ notification_id: '987654321' }, { notification_id: '2' }],
    metadata: { customer: { display_name: 'Robert' }, shoppers: [{ id: '15' }], is_expired: false },
    ...{ droppedChatCount: 0, droppedNoticeCount: 0 },
  });
});

test('phone numbers are not part of the parsed response', () => {
  expect(JSON.stringify(parseOrderMessages(composeBody()))).not.toContain('+1415');
});

test('unreadable messages are counted, so that the chat is not shown as empty', () => {
  const faults: FieldFaults = new Map();
  expect(parseOrderMessages(withValue('chat_messages', [{}, 'x', null]), faults)).toMatchObject({
    chatMessages: [],
    droppedChatCount: 3,
    lifecycleMessages: [{}, {}],
  });
  expect(faults.get('chat_messages')).toBe(2);
  expect(faults.get('chat_messages.body')).toBe(1);
});

test('a photo is a message even if its text is missing or not a string', () => {
  for (const body of [null, 5])
    expect(parseOrderMessages(withValue('chat_messages.0.body', body))).toMatchObject({
      chatMessages: [{ body: '', image: message.image }, {}],
      droppedChatCount: 0,
    });
});

test('lists over their maximum length are refused or cut without reading their items', () => {
  let reads = 0;
  const item = () => ({
    get id() {
      reads += 1;
      return 1;
    },
  });
  const many = Array.from({ length: 10_001 }, item);
  const faults: FieldFaults = new Map();
  expect(parseOrderMessages(withValue('chat_messages', many), faults)).toBeUndefined();
  expect([...faults]).toEqual([['chat_messages', 1]]);
  expect(reads).toBe(0);
  const people = Array.from({ length: 5_000 }, (_, id) => ({ id, display_name: 'A' }));
  expect(
    parseOrderMessages(withValue('metadata.shoppers', people))?.metadata.shoppers,
  ).toHaveLength(1_000);
  const errors = Array.from({ length: 100_000 }, () => ({ code: 1 }));
  expect(readErrorCodes({ error: { code: 9999, errors } })).toHaveLength(101);
});

test('a message with an invalid created_at is dropped, with an invalid read_at kept', () => {
  const broken = parseOrderMessages(withValue('chat_messages.0.created_at', 'yesterday-ish'));
  expect(broken).toMatchObject({ chatMessages: [{ id: '2' }], droppedChatCount: 1 });
  const read = parseOrderMessages(withValue('chat_messages.0.read_at', 'yesterday-ish'));
  expect(read).toMatchObject({ chatMessages: [{ read_at: undefined }, {}], droppedChatCount: 0 });
});

test('unknown fields at any level do not change the result', () => {
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

test('ids beyond 2^53 keep every digit', async () => {
  const text = JSON.stringify(composeBody())
    .replace('"id":123456789', '"id":9007199254740993')
    .replace('"notification_id":987654321', '"notification_id":123456789012345678901234567890');
  expect(parseOrderMessages(await parseConnectJson(text))).toMatchObject({
    chatMessages: [{ id: '9007199254740993' }, { id: '2' }],
    lifecycleMessages: [{ notification_id: '123456789012345678901234567890' }, {}],
  });
});

test('a body damaged at any place is read or refused without another error', async () => {
  const texts = [
    JSON.stringify(composeBody()),
    JSON.stringify(composeHostileBody(Date.parse('2026-11-20T18:00:00Z'), 'http://localhost')),
    JSON.stringify(composeBody()).replace('123456789', '9007199254740993'),
  ];
  const cut = fc.record({
    text: fc.constantFrom(...texts),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 30 }),
    piece: fc.oneof(
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', 'null', '-', '1e999', '\\u0000'),
      fc.constantFrom('"__proto__":{"id":1},', '"id":1,"id":2,', '99999999999999999999', '\ud800'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(cut, async ({ text, at, length, piece }) => {
      const index = Math.floor(at * text.length);
      const damaged = text.slice(0, index) + piece + text.slice(index + length);
      let body: unknown;
      try {
        body = await parseConnectJson(damaged);
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

test('an arbitrary value is refused without an exception', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(parseOrderMessages(value)).toBeUndefined();
      expect(Array.isArray(readErrorCodes(value))).toBe(true);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('the codes of an error with one or several codes are read', () => {
  expect(readErrorCodes({ error: { message: 'Shopper PII', code: null }, meta: {} })).toEqual([
    null,
  ]);
  expect(
    readErrorCodes({ error: { code: 9999, errors: [{ code: 4000 }, { code: null, x: 1 }] } }),
  ).toEqual([9999, 4000, null]);
  expect(readErrorCodes({ error: { code: null, errors: null } })).toEqual([null]);
  for (const body of [undefined, '', {}, { error: 'x' }, { error: { code: 'x' } }])
    expect(readErrorCodes(body)).toEqual([]);
});

test('a time without a zone is UTC', () => {
  for (const time of ['2021-01-01T00:00:00', '2021-01-01 00:00:00', '2021-01-01']) {
    const body = { ...composeBody(), chat_messages: [{ ...message, created_at: time }] };
    expect(parseOrderMessages(body)?.chatMessages[0]?.created_at).toBe('2021-01-01T00:00:00.000Z');
  }
});

test('ten thousand rows are read in slices between which other requests are served', async () => {
  let yieldCount = 0;
  const steps = readOrderMessages(withValue('chat_messages', Array(10_000).fill({})), new Map());
  const parsed = await runInSlices(
    steps,
    createWorkSlices(async () => void yieldCount++),
  );
  expect(parsed).toMatchObject({ chatMessages: [], droppedChatCount: 10_000 });
  expect(yieldCount).toBeGreaterThan(200);
});

test.each([undefined, null, 'soon', {}])(
  'a message whose read is %j counts as read if it has a read_at',
  (read) => {
    const rows = [
      { read, read_at: '2026-11-20T18:00:00Z' },
      { read, read_at: null },
      { read: false, read_at: '2026-11-20T18:00:00Z' },
    ].map((more, id) => ({ id, created_at: '2026-11-20T17:00:00Z', body: 'Hi', ...more }));
    const parsed = parseOrderMessages(withValue('chat_messages', rows));
    expect(parsed?.chatMessages.map((message) => message.read)).toEqual([true, false, false]);
  },
);
