import { expect, test } from 'vitest';
import { toPictureIdentity } from '@/lib/server/orders/picture-identity';
import { serializeOrder } from '@/lib/server/orders/serialized-order';
import { UNAVAILABLE_SNAPSHOT, type OrderSnapshot } from '@/lib/server/orders/to-order-view';

const picture = 'https://images.instacart.com/a.png';
const snapshot: OrderSnapshot = {
  ...UNAVAILABLE_SNAPSHOT,
  chatState: 'open',
  messages: [
    { id: '1', at: '2026-11-20T17:00:00Z', from: 'shopper', body: 'Hi', read: false },
    {
      ...{ id: '2', at: '2026-11-20T17:05:00Z', from: 'shopper', body: '', read: false },
      imageUrl: `${picture}?sig=1`,
    },
  ],
  updates: [
    { id: '1', at: '2026-11-20T16:00:00Z', body: 'Picking', media: ['sms'] },
    { id: '2', at: '2026-11-20T17:10:00Z', body: 'Out', media: ['sms'] },
  ],
  people: {
    customer: { name: 'John', avatarUrl: `${picture}?sig=1` },
    shoppers: [{ id: '15', name: 'Zelma', avatarUrl: `${picture}?sig=1` }],
    currentShopperId: '15',
  },
};

const hashOf = (change: Partial<OrderSnapshot>) =>
  serializeOrder({ ...snapshot, ...change }).contentHash;

function withSignature(value: unknown, signature: string): Partial<OrderSnapshot> {
  return JSON.parse(JSON.stringify(value).replaceAll('sig=1', signature));
}

test('the newest item is the last message or update', () => {
  const newestOf = (change: Partial<OrderSnapshot>) =>
    serializeOrder({ ...snapshot, ...change }).newestItemAtMs;
  expect(newestOf({})).toBe(Date.parse('2026-11-20T17:10:00Z'));
  expect(newestOf({ updates: [] })).toBe(Date.parse('2026-11-20T17:05:00Z'));
  expect(newestOf({ messages: [], updates: [] })).toBe(-Infinity);
});

test('the byte length counts messages, updates, people, a time per update and the progress', () => {
  const { messages, updates, people } = snapshot;
  const length = [messages, updates, people].map((part) => JSON.stringify(part).length);
  expect(serializeOrder(snapshot).byteLength).toBe(
    length.reduce((sum, one) => sum + one) + 48 * updates.length + 1_000,
  );
});

test('a new signature of a picture does not change the hash of the content', () => {
  expect(hashOf({})).toMatch(/^[\w-]{43}$/);
  expect(hashOf(withSignature(snapshot, 'sig=2'))).toBe(hashOf({}));
});

test('every other change of the content changes the hash', () => {
  const { messages, updates, people } = snapshot;
  const hashes = [
    {},
    { chatState: 'expired' as const },
    { unreadableCount: 1 },
    { messages: messages.slice(1) },
    { messages: messages.slice(0, 1) },
    { updates: updates.slice(1) },
    { people: { ...people, currentShopperId: '16' } },
    { people: { ...people, shoppers: [] } },
    { people: { ...people, customer: { name: 'Jane' } } },
    { people: { ...people, customer: { name: 'John' } } },
    { people: { ...people, customer: { name: 'John', avatarUrl: `${picture}x` } } },
    { people: { ...people, shoppers: [{ id: '15', name: 'Zelma' }] } },
    { messages: [] },
    { messages: messages.map((one) => ({ ...one, imageUrl: `${picture}y` })) },
  ].map(hashOf);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('the identity of a picture is its address without query and fragment', () => {
  expect(toPictureIdentity(`${picture}?sig=1#top`)).toBe(picture);
  expect(toPictureIdentity(`${picture}#top`)).toBe(picture);
});
