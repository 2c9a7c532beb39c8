import { expect, test } from 'vitest';
import { parseOrderMessages, parseSentMessage } from '@/lib/server/connect/schema';
import { readTime } from '@/lib/server/connect/timestamp';
import { withValue } from '@/tests/support/connect-answer';

test.each([
  '2026-11-20T18:00:00Z',
  '2026-11-20t18:00:00z',
  '2026-11-20 18:00:00+00',
  '2026-11-20 18:00:00 UTC',
  '2026-11-20 18:00:00 utc',
  '2026-11-20 18:00:00 GMT',
  '2026-11-20 18:00:00 +0000',
  '2026-11-20 18:00:00+00:00',
  '2026-11-20 18:00:00-00',
  '2026-11-20T18:00:00.000000000Z',
  '2026-11-20T18:00:00,000+0000',
  '2026-11-20 19:00:00+01',
  '2026-11-20T12:30:00-05:30',
  '2026-11-20T18:00Z',
  '2026-11-20T18:00:00',
  '2026-11-20 18:00:00',
  '20261120T180000Z',
  ' 2026-11-20T18:00:00Z ',
  '2026-11-20  18:00:00',
  '2026-11-20  18:00:00  UTC',
  '2026-11-20T18:00:00Z[UTC]',
  '2026-11-20T19:00:00+01:00[Europe/Paris]',
  '2026-11-20T15:00:00.000000000-03:00[America/Argentina/Buenos_Aires]',
  'Fri, 20 Nov 2026 18:00:00 GMT',
  'Fri, 20 Nov 2026 18:00:00 +0000',
  'Fri, 20 Nov 2026 12:30:00 -0530',
  '20 Nov 2026 18:00 UTC',
])('%j is read as 18:00 UTC', (time) => {
  const body = withValue('chat_messages.0.created_at', time);
  expect(parseOrderMessages(body)?.chatMessages[0]?.created_at).toBe('2026-11-20T18:00:00.000Z');
});

test.each([
  '',
  'yesterday',
  'Fri, 20 Foo 2026 18:00:00 GMT',
  'Fri, 20 Nov 2026 25:00:00 GMT',
  'Fri, 20 Nov 2026 18:00:00 EST',
  '2026-11-20T18:00:00Z[',
  '2026-13-01',
  '18:00',
  '2026-11-20T25:00:00Z',
  '2026-11-20 18:00 PST',
  'x'.repeat(1e6),
])('a message with the invalid time "%.20s" is dropped', (time) => {
  expect(parseOrderMessages(withValue('chat_messages.0.created_at', time))?.droppedChatCount).toBe(
    1,
  );
});

test('a fraction of a second is truncated to milliseconds', () => {
  for (const time of ['2026-11-20T18:00:00.123456Z', '2026-11-20 18:00:00,1239+00'])
    expect(parseSentMessage({ id: 1, created_at: time })?.at).toBe('2026-11-20T18:00:00.123Z');
});

test.each([
  ['1 Jan 2021 10:00 GMT', '2021-01-01T10:00:00.000Z'],
  ['Thu, 9 Dec 2021 10:00:05 +0200', '2021-12-09T08:00:05.000Z'],
  ['2021-01-01T00:00:00Z'.padEnd(80), '2021-01-01T00:00:00.000Z'],
  ['2021-01-01T00:00:00Z'.padEnd(81), undefined],
])('%j is the time %s', (time, expected) => {
  expect(readTime(time)).toBe(expected);
});
