import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message, People } from '@/lib/order/order-view';
import {
  countUnread,
  findFirstShown,
  findFirstUnread,
  findNewShopperMessages,
  toThreadRows,
} from '@/lib/order/thread';

// 18:00 UTC is noon in Chicago, the time zone of the tests.
const NOON_MS = Date.parse('2026-11-20T18:00:00Z');
const at = (minutes: number) => new Date(NOON_MS + minutes * 60_000).toISOString();

let nextId = 1;
function message(minutes: number, extra: Partial<Message> = {}): Message {
  const base = { id: String(nextId++), at: at(minutes), body: 'Hello', read: false };
  return extra.from === 'customer'
    ? { ...base, from: 'customer', ...extra }
    : { ...base, from: 'shopper', shopperId: '15', ...extra };
}

const people: People = { customer: { name: 'John' }, shoppers: [] };

function outline(messages: Message[], extra: Partial<People> = {}, newFromId?: string): string[] {
  return toThreadRows(messages, { ...people, ...extra }, newFromId).map((row) => {
    if (row.kind === 'run') return `${row.from} ${row.messages.length}`;
    return row.kind === 'handover' ? `handover ${row.shopperId}` : row.kind;
  });
}

test('a line marks the first new message, unless all messages are new', () => {
  const [first, second, third] = [message(0), message(1), message(2)];
  expect(outline([first, second, third], {}, second.id)).toEqual([
    'day',
    'shopper 1',
    'new',
    'shopper 2',
  ]);
  expect(outline([first, second], {}, first.id)).toEqual(['day', 'shopper 2']);
});

test('an empty chat has no rows', () => {
  expect(outline([], { currentShopperId: '15' })).toEqual([]);
});

test('bubbles of one sender with gaps of at most five minutes are a run', () => {
  expect(outline([message(0), message(5), message(10), message(15.1)])).toEqual([
    'day',
    'shopper 3',
    'shopper 1',
  ]);
});

test('a message of the other side ends a run', () => {
  expect(outline([message(0), message(1, { from: 'customer' }), message(2)])).toEqual([
    'day',
    'shopper 1',
    'customer 1',
    'shopper 1',
  ]);
});

test('midnight in the local time zone ends a run, midnight in UTC does not', () => {
  expect(outline([message(11 * 60 + 58), message(12 * 60 + 1)])).toEqual([
    'day',
    'shopper 1',
    'day',
    'shopper 1',
  ]);
  expect(outline([message(5 * 60 + 58), message(6 * 60 + 1)])).toEqual(['day', 'shopper 2']);
});

test('a picture is a run of its own, also if it is withheld', () => {
  const imageUrl = 'https://images.instacart.com/a.png';
  expect(
    outline([
      message(0),
      message(1, { imageUrl }),
      message(2),
      message(3, { imageWithheld: true }),
    ]),
  ).toEqual(['day', 'shopper 1', 'shopper 1', 'shopper 1', 'shopper 1']);
});

test('a hand-over is before the first message of the next shopper', () => {
  expect(
    outline([
      message(0),
      message(1, { from: 'customer' }),
      message(2, { shopperId: '16' }),
      message(3, { shopperId: '16' }),
    ]),
  ).toEqual(['day', 'shopper 1', 'customer 1', 'handover 16', 'shopper 2']);
});

test('a hand-over to a shopper without messages is at the end', () => {
  expect(outline([message(0)], { currentShopperId: '16' })).toEqual([
    'day',
    'shopper 1',
    'handover 16',
  ]);
  expect(outline([message(0)], { currentShopperId: '15' })).toEqual(['day', 'shopper 1']);
});

test('a message without a shopper id is a run of its own and not a hand-over', () => {
  const robot = message(1);
  delete robot.shopperId;
  expect(outline([message(0), robot, message(2)])).toEqual([
    'day',
    'shopper 1',
    'shopper 1',
    'shopper 1',
  ]);
});

test('every message has exactly one place, in order, with unique keys', () => {
  const thread = fc.array(
    fc.record({
      gapMinutes: fc.constantFrom(0, 0.5, 5, 5.01, 60, 800),
      from: fc.constantFrom('customer', 'shopper'),
      shopperId: fc.constantFrom('15', '16'),
      hasPicture: fc.boolean(),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(thread, (steps) => {
      let minutes = 0;
      const messages = steps.map(({ gapMinutes, from, shopperId, hasPicture }, index) => ({
        id: String(index),
        at: at((minutes += gapMinutes)),
        from,
        ...(from === 'shopper' && { shopperId }),
        ...(hasPicture && { imageUrl: 'https://images.instacart.com/a.png' }),
        body: '',
        read: false,
      }));
      const rows = toThreadRows(messages, people);
      const runs = rows.flatMap((row) => (row.kind === 'run' ? [row] : []));
      expect(runs.flatMap((run) => run.messages)).toEqual(messages);
      expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
      for (const run of runs)
        run.messages.forEach((one, index) => {
          const before = run.messages[index - 1];
          expect([one.from, one.shopperId]).toEqual([run.from, run.shopperId]);
          if (!before) return;
          expect(Date.parse(one.at) - Date.parse(before.at)).toBeLessThanOrEqual(300_000);
        });
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('the read mark is at the customer’s last read message', () => {
  const read = message(1, { from: 'customer', read: true });
  const unread = message(3, { from: 'customer' });
  const seenIn = (messages: Message[]) =>
    toThreadRows(messages, people).map((row) => row.kind === 'run' && row.seenId);
  const earlier = message(0, { from: 'customer', read: true });
  expect(seenIn([earlier, message(0), read, unread])).toEqual([
    false,
    undefined,
    undefined,
    read.id,
  ]);
  expect(seenIn([message(0, { read: true }), unread])).toEqual([false, undefined, undefined]);
});

test('new messages are the shopper’s, not the customer’s', () => {
  const before = [message(0), message(1, { from: 'customer' })];
  const news = message(3);
  expect(
    findNewShopperMessages(before, [...before, message(2, { from: 'customer' }), news]),
  ).toEqual([news]);
});

test('only unread messages of the shopper are counted as unread', () => {
  const read = message(0, { read: true });
  const [first, second] = [message(2), message(3)];
  const all = [read, message(1, { from: 'customer' }), first, second];
  expect(countUnread(all)).toBe(2);
  expect(findFirstUnread(all)).toBe(first);
  expect(countUnread([read])).toBe(0);
  expect(findFirstUnread([read])).toBeUndefined();
});

test('the newest picture of all messages is marked for eager loading', () => {
  const imageUrl = 'https://images.instacart.com/a.png';
  const [older, newer] = [message(0, { imageUrl }), message(1, { imageUrl })];
  const pictureIds = toThreadRows([older, newer, message(2)], people).map(
    (row) => row.kind === 'run' && row.newestPictureId,
  );
  expect(pictureIds).toEqual([false, undefined, newer.id, undefined]);
});

test('each row has a key made of its kind and of a message id', () => {
  const [first, second] = [message(0), message(1, { shopperId: '16' })];
  expect(toThreadRows([first, second], { ...people, currentShopperId: '17' })).toMatchObject([
    { kind: 'day', key: `day ${first.id}`, at: first.at },
    { kind: 'run', key: `run ${first.id}`, shopperId: '15' },
    { kind: 'handover', key: `handover ${second.id}` },
    { kind: 'run', key: `run ${second.id}`, shopperId: '16' },
    { kind: 'handover', key: 'handover now' },
  ]);
  expect(toThreadRows([first, second], people, second.id)).toMatchObject([
    ...[{}, {}, { kind: 'new', key: 'new' }, {}, {}],
  ]);
});

test('a thread begins at the same message as before, and shows at least the newest messages', () => {
  const all = Array.from({ length: 10 }, (_, index) => message(index, { id: `m${index}` }));
  expect(findFirstShown(all, { firstId: 'm3', count: 5 }, 4)).toBe(3);
  expect(findFirstShown(all, { firstId: 'm8', count: 2 }, 4)).toBe(6);
  expect(findFirstShown(all, { firstId: 'm0', count: 2 }, 4)).toBe(0);
  expect(findFirstShown(all, { firstId: 'gone', count: 7 }, 4)).toBe(3);
  expect(findFirstShown(all, { firstId: undefined, count: 2 }, 4)).toBe(6);
  expect(findFirstShown(all, { firstId: 'gone', count: 20 }, 4)).toBe(0);
  expect(findFirstShown(all.slice(0, 2), { firstId: undefined, count: 0 }, 4)).toBe(0);
});

test('a message of a sender without an id does not continue a run of the customer', () => {
  const robot = message(1);
  delete robot.shopperId;
  expect(outline([message(0, { from: 'customer' }), robot])).toEqual([
    ...['day', 'customer 1', 'shopper 1'],
  ]);
});
