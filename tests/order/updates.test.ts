import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareIds, toUpdates, type Notice } from '@/lib/order/updates';

const START_MS = Date.parse('2026-11-20T18:00:00Z');
const at = (seconds: number) => new Date(START_MS + seconds * 1_000).toISOString();

let nextId = 1;
function notice(seconds: number, medium: string, body = 'Picking', extra: Partial<Notice> = {}) {
  return { id: String(nextId++), at: at(seconds), medium, body, ...extra };
}

test('an event that was sent on several media is one update', () => {
  const updates = toUpdates([notice(0, 'sms'), notice(1, 'push'), notice(90, 'email')]);
  expect(updates).toMatchObject([{ at: at(0), body: 'Picking', media: ['sms', 'push', 'email'] }]);
});

test('an equal text after a step back is a second event, on all its media', () => {
  const media = toUpdates([
    notice(0, 'sms'),
    notice(1, 'push'),
    notice(60, 'sms'),
    notice(61, 'push'),
    notice(600, 'sms'),
  ]).map((update) => update.media);
  expect(media).toEqual([['sms', 'push'], ['sms', 'push'], ['sms']]);
});

test('an equal text on another medium after more than two minutes is a second event', () => {
  expect(toUpdates([notice(0, 'sms'), notice(120, 'push')])).toHaveLength(1);
  expect(toUpdates([notice(0, 'sms'), notice(121, 'push')])).toHaveLength(2);
});

test('a notice that is received twice is one update, with one id or with two', () => {
  const first = notice(0, 'sms');
  expect(toUpdates([first, first, { ...first, id: 'other' }])).toMatchObject([{ media: ['sms'] }]);
});

test('different notices with the same id are separate updates with unique ids', () => {
  const updates = toUpdates([
    notice(0, 'sms', 'Picking', { id: '1' }),
    notice(9, 'push', 'Delivering', { id: '1' }),
    notice(9, 'sms', 'Delivering', { id: '1' }),
    notice(500, 'sms', 'Delivered', { id: '1' }),
  ]);
  expect(updates.map(({ body }) => body)).toEqual(['Picking', 'Delivering', 'Delivered']);
  expect(new Set(updates.map(({ id }) => id)).size).toBe(3);
});

test('a picture is kept from any medium', () => {
  const imageUrl = 'https://images.instacart.com/a.png';
  expect(toUpdates([notice(0, 'sms'), notice(1, 'push', 'Picking', { imageUrl })])).toMatchObject([
    { imageUrl },
  ]);
});

test('ids of any length are ordered by value', () => {
  const ids = ['10', '9', '9007199254740993', '9007199254740992', '123'];
  expect(ids.sort(compareIds)).toEqual(['9', '10', '123', '9007199254740992', '9007199254740993']);
});

const notices = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 12 }).map(String),
    at: fc.integer({ min: 0, max: 400 }).map(at),
    medium: fc.constantFrom('sms', 'push', 'email'),
    body: fc.constantFrom('Picking', 'Delivering', 'Delivered'),
  }),
  { maxLength: 20 },
);

test('updates are oldest first, with unique ids, and contain every text and medium', () => {
  fc.assert(
    fc.property(notices, (all) => {
      const updates = toUpdates(all);
      const times = updates.map((update) => Date.parse(update.at));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(new Set(updates.map(({ id }) => id)).size).toBe(updates.length);
      for (const { body, medium } of all)
        expect(updates.some((one) => one.body === body && one.media.includes(medium))).toBe(true);
      for (const { media } of updates) expect(new Set(media).size).toBe(media.length);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('the order of the notices does not matter', () => {
  const shuffled = notices.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      expect(toUpdates(other)).toEqual(toUpdates(all));
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('thousands of notices with one id are separated quickly', () => {
  const notices = Array.from({ length: 20_000 }, (_, i) =>
    notice(i, 'sms', `Update ${i}`, { id: '0' }),
  );
  expect(new Set(toUpdates(notices).map(({ id }) => id)).size).toBe(20_000);
});
