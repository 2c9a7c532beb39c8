import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectUpdates, compareIds, toUpdates, type Notice } from '@/lib/order/updates';

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

test('equal notices with one id are one event on different media at any distance, but not on one medium', () => {
  const id = '1';
  expect(
    toUpdates([notice(0, 'sms', 'Out', { id }), notice(300, 'push', 'Out', { id })]),
  ).toMatchObject([{ media: ['sms', 'push'] }]);
  expect(
    toUpdates([notice(0, 'sms', 'Out', { id }), notice(300, 'sms', 'Out', { id })]),
  ).toHaveLength(2);
});

test('an event keeps the first of two texts of equal length, and its first picture', () => {
  const notices = [
    { medium: 'sms', body: 'It’s here', imageUrl: 'https://images.example.com/1.png' },
    { medium: 'push', body: "It's here", imageUrl: 'https://images.example.com/2.png' },
    { medium: 'email', body: 'It’s here' },
  ].map((notice, id) => ({ id: String(id), at: '2026-11-20T18:00:00Z', ...notice }));
  expect(toUpdates(notices)).toEqual([
    {
      ...{ id: '0', at: '2026-11-20T18:00:00Z', body: 'It’s here' },
      ...{ imageUrl: 'https://images.example.com/1.png', media: ['sms', 'push', 'email'] },
    },
  ]);
});

test('a notice is compared with the meaning of the last eight events', () => {
  const events = (count: number) =>
    ['Your order is on its way', ...Array.from({ length: count }, (_, i) => `Item ${i} found`)].map(
      (body, id) => ({ id: String(100 + id), at: '2026-11-20T18:00:00Z', medium: 'sms', body }),
    );
  const last = { id: '200', at: '2026-11-20T18:00:01Z', medium: 'push' };
  const body = 'Hi Ada, your order is on its way';
  expect(toUpdates([...events(7), { ...last, body }])).toHaveLength(8);
  expect(toUpdates([...events(8), { ...last, body }])).toHaveLength(10);
});

test('the work of a notice is 500 units and its length', () => {
  const notice = { id: '1', at: '2026-11-20T18:00:00Z', medium: 'sms', body: 'Out' };
  expect(collectUpdates([notice]).next()).toEqual({ done: false, value: 503 });
});
