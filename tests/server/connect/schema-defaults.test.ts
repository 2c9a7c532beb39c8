import { expect, test } from 'vitest';
import { parseOrderMessages, parseSentMessage } from '@/lib/server/connect/schema';
import { composeBody, withValue } from '@/tests/support/connect-answer';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';

const sentAt = '2026-11-20T18:00:00.000Z';

test('a list of exactly 10,000 messages is read, and a null list is empty', () => {
  const rows = Array(10_000).fill({});
  expect(parseOrderMessages(withValue('chat_messages', rows))?.droppedChatCount).toBe(10_000);
  expect(parseOrderMessages(withValue('chat_messages', null))).toMatchObject({
    ...{ chatMessages: [], droppedChatCount: 0 },
  });
});

test('a notice without created_at has the time of sent_at or delivered_at, or is dropped', () => {
  const notice = { notification_id: 1, medium: 'sms', body: 'Out' };
  const [sent, delivered] = [{ sent_at: sentAt }, { delivered_at: sentAt }];
  const rows = [sent, delivered, {}].map((times) => ({ ...notice, ...times }));
  expect(parseOrderMessages(withValue('lifecycle_messages', rows))).toMatchObject({
    lifecycleMessages: [{ created_at: sentAt }, { created_at: sentAt }],
    droppedNoticeCount: 1,
  });
});

test('a row without an id gets one from its time, and a missing medium or text is empty', () => {
  const row = { created_at: sentAt, image: 'https://images.instacart.com/a.png' };
  const id = `at-${Date.parse(sentAt)}`;
  expect(parseOrderMessages(withValue('chat_messages', [row]))?.chatMessages).toMatchObject([
    ...[{ id, body: '' }],
  ]);
  expect(
    parseOrderMessages(withValue('lifecycle_messages', [row]))?.lifecycleMessages,
  ).toMatchObject([{ notification_id: id, medium: '', body: '' }]);
});

test.each([
  [{ recipient_type: 'driver', sender_id: 15 }, 'user'],
  [{ recipient_type: 'user', sender_id: 8 }, 'driver'],
  [{ sender_id: 8 }, 'user'],
  [{ sender_id: 15 }, 'driver'],
  [{ sender_id: 99 }, ''],
  [{}, ''],
])('a message without a sender_type but with %j is of %j', (fields, expected) => {
  const parsed = parseOrderMessages({
    chat_messages: [{ id: 1, created_at: sentAt, body: 'Hi', ...fields }],
    lifecycle_messages: [],
    metadata: { customer: { id: 8 }, shoppers: [{ id: 15 }], is_expired: false },
  });
  expect(parsed?.chatMessages).toMatchObject([{ sender_type: expected }]);
});

test('without a customer, a message of an unknown sender has no type', () => {
  const parsed = parseOrderMessages({
    chat_messages: [{ id: 1, created_at: sentAt, body: 'Hi' }],
    lifecycle_messages: [],
    metadata: { customer: null, shoppers: null, is_expired: false },
  });
  expect(parsed?.chatMessages).toMatchObject([{ sender_type: '' }]);
});

test('the metadata has empty names, no shoppers without an id, and is not expired by default', () => {
  const faults: FieldFaults = new Map();
  const parsed = parseOrderMessages(
    { ...composeBody(), metadata: { shoppers: [{ display_name: 'A' }, { id: 2 }] } },
    faults,
  );
  expect(parsed?.metadata).toEqual({
    customer: { display_name: '', avatar_url: undefined },
    current_shopper: undefined,
    shoppers: [{ id: '2', display_name: '', avatar_url: undefined }],
    is_expired: false,
  });
});

test.each([
  [1_000, undefined],
  [1_001, 1],
])('of %d shoppers at most 1,000 are read, and more are a fault', (count, faultCount) => {
  const people = Array.from({ length: count }, (_, id) => ({ id, display_name: 'A' }));
  const faults: FieldFaults = new Map();
  const parsed = parseOrderMessages(withValue('metadata.shoppers', people), faults);
  expect(parsed?.metadata.shoppers).toHaveLength(1_000);
  expect(faults.get('metadata.shoppers')).toBe(faultCount);
});

test('a null list of shoppers is one fault', () => {
  const faults: FieldFaults = new Map();
  parseOrderMessages(withValue('metadata.shoppers', null), faults);
  expect(faults.get('metadata.shoppers')).toBe(1);
});

test('the response to a sent message needs an id and a time', () => {
  const sent = { id: 7, created_at: '2026-11-20T18:00:00Z' };
  expect(parseSentMessage(sent)).toEqual({ id: '7', at: sentAt });
  for (const wrong of [undefined, null, 'sent', { ...sent, id: null }, { ...sent, created_at: '' }])
    expect(parseSentMessage(wrong)).toBeUndefined();
});
