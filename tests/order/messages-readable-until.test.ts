import { expect, test } from 'vitest';
import { toMessagesReadableUntil } from '@/lib/order/messages-readable-until';

const seenOverAtMs = Date.parse('2026-11-26T15:40:00Z');

test('messages are readable until a day after the newest update before the end was seen', () => {
  const updates = [
    { at: '2026-11-26T15:34:00Z' },
    { at: '2026-11-26T14:41:00Z' },
    { at: '2026-11-26T16:34:00Z' },
  ];
  expect(toMessagesReadableUntil(updates, seenOverAtMs)).toBe('2026-11-27T15:34:00.000Z');
});

test('an update at the moment when the end was seen counts', () => {
  expect(toMessagesReadableUntil([{ at: '2026-11-26T15:40:00Z' }], seenOverAtMs)).toBe(
    '2026-11-27T15:40:00.000Z',
  );
});

test('without an update before the end the time is not known', () => {
  expect(toMessagesReadableUntil([], seenOverAtMs)).toBeUndefined();
  expect(toMessagesReadableUntil([{ at: '2026-11-26T15:41:00Z' }], seenOverAtMs)).toBeUndefined();
});
