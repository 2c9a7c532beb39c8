import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { toRepresentation, type Representation } from '@/lib/server/orders/representation';
import type { OrderSnapshot } from '@/lib/server/orders/to-order-view';
import { serializeOrder } from '@/lib/server/orders/serialized-order';

const full = { access: 'full' } as const;
const asOfMs = Date.parse('2026-11-20T18:00:00Z');

const snapshot: OrderSnapshot = {
  chatState: 'open',
  messages: [{ id: '1', at: '2026-11-20T17:00:00Z', from: 'shopper', body: 'Hello', read: false }],
  updates: [],
  people: { customer: { name: 'John' }, shoppers: [] },
  isFinal: false,
  unreadableCount: 0,
  droppedCount: 0,
};

function write(body = 'Hello') {
  const messages = snapshot.messages.map((message) => ({ ...message, body }));
  return serializeOrder({ ...snapshot, messages });
}

const read = (view: Representation | undefined) =>
  JSON.parse(Buffer.from(view?.plain() ?? []).toString());

test('a serialized order keeps a long text once, as bytes, and keeps no object', () => {
  const order = write('’'.repeat(10_000));
  const [bytes] = order.messages;
  expect(bytes?.buffer.byteLength).toBe(bytes?.length);
  const rest = JSON.stringify({ ...order, messages: undefined });
  expect(rest).not.toContain('’');
  expect(rest.length).toBeLessThan(1_000);
});

test('a representation has canReply and asOf, and its ETag excludes asOf', () => {
  const order = write();
  const moment = { asOfMs, stale: false, pollAfterMs: 5_000 };
  const first = toRepresentation(order, full, moment);
  const { chatState: state, messages, updates, people } = snapshot;
  expect(read(first)).toEqual({
    chat: { state, messages, canReply: true },
    updates,
    people,
    access: 'full',
    asOf: '2026-11-20T18:00:00.000Z',
    stale: false,
    pollAfterMs: 5_000,
  });
  expect(toRepresentation(order, full, moment)).toBe(first);
  const later = toRepresentation(order, full, { ...moment, asOfMs: asOfMs + 2_000 });
  expect(later.etag).toBe(first.etag);
  expect(read(later).asOf).toBe('2026-11-20T18:00:02.000Z');
  const others = [
    toRepresentation(order, { access: 'read' }, moment),
    toRepresentation(order, full, { ...moment, stale: true }),
    toRepresentation(order, full, { ...moment, pollAfterMs: 10_000 }),
    toRepresentation(order, full, { ...moment, pollAfterMs: undefined }),
    toRepresentation(write('Hi'), full, moment),
  ];
  expect(new Set([first, ...others].map(({ etag }) => etag)).size).toBe(6);
  expect(read(others[0]).chat.canReply).toBe(false);
  expect(read(others[3])).not.toHaveProperty('pollAfterMs');
});

const shared = {
  ...({ type: 'delivery', stage: 'shopping', isLate: false } as const),
  steps: [{ stage: 'received', state: 'done', at: '2026-11-20T16:00:00Z' } as const],
  window: { from: '2026-11-20T18:00:00Z', to: '2026-11-20T19:00:00Z' },
};
const progress = { ...shared, messagesReadableUntil: '2026-11-21T19:00:00Z' };

test('a share link gets listed members only, and its ETag covers only these', () => {
  const moment = { asOfMs, stale: false, pollAfterMs: 30_000 };
  const link = { access: 'share', number: 'GM-20418' } as const;
  // A member of a later version, of the order and of a step.
  const later = {
    note: 'secret',
    steps: progress.steps.map((step) => ({ ...step, by: 'secret' })),
  };
  const orders = [
    { ...write(), order: progress },
    { ...write('Another text'), order: progress },
    { ...write(), order: { ...progress, ...later, messagesReadableUntil: '2026-11-22T00:00:00Z' } },
  ];
  const views = orders.map((order) => toRepresentation(order, link, moment));
  for (const view of views)
    expect(read(view)).toEqual({
      chat: { state: 'unavailable', messages: [], canReply: false },
      updates: [],
      people: { customer: { name: '' }, shoppers: [] },
      access: 'share',
      order: shared,
      ...{ asOf: '2026-11-20T18:00:00.000Z', stale: false, pollAfterMs: 30_000 },
    });
  expect(new Set(views.map(({ etag }) => etag)).size).toBe(1);
  const onTheWay = { ...write(), order: { ...progress, stage: 'on_the_way' as const } };
  expect(toRepresentation(onTheWay, link, moment).etag).not.toBe(views[0]?.etag);
});

test('the number of a link is a member of the order, and absent without an order', () => {
  const moment = { asOfMs, stale: false, pollAfterMs: 5_000 };
  const link = { access: 'read', number: 'GM-20418' } as const;
  const order = { ...write(), order: progress };
  expect(read(toRepresentation(order, link, moment)).order).toEqual({
    ...progress,
    number: 'GM-20418',
  });
  expect(read(toRepresentation(write(), link, moment))).not.toHaveProperty('order');
  expect(read(toRepresentation(order, full, moment)).order).toEqual(progress);
});

test('a chat that is not open has canReply false, and its unreadable messages are counted', () => {
  for (const chatState of ['waiting', 'expired', 'unavailable'] as const) {
    const order = serializeOrder({ ...snapshot, chatState, unreadableCount: 2 });
    const { chat } = read(
      toRepresentation(order, full, { asOfMs, stale: false, pollAfterMs: 5_000 }),
    );
    expect(chat).toMatchObject({ state: chatState, canReply: false, unreadableCount: 2 });
  }
});

test('a large representation is compressed once, and a small one never', async () => {
  const moment = { asOfMs, stale: false, pollAfterMs: 5_000 };
  const small = toRepresentation(write(), full, moment);
  await small.zip();
  expect([small.needsZip(), small.zipped()]).toEqual([false, undefined]);
  const view = toRepresentation(write('Hello '.repeat(500)), full, moment);
  expect([view.needsZip(), view.zipped()]).toEqual([true, undefined]);
  await Promise.all([view.zip(), view.zip()]);
  const bytes = view.zipped();
  expect(gunzipSync(bytes ?? '')).toEqual(view.plain());
  expect(bytes?.buffer.byteLength).toBe(bytes?.byteLength);
  await view.zip();
  expect(view.zipped()).toBe(bytes);
  expect(view.needsZip()).toBe(false);
});

test('at most 8 representations of an order are kept for different poll intervals', () => {
  const order = write();
  const held = Array.from({ length: 1_000 }, (_, turn) => {
    const moment = { asOfMs, stale: false, pollAfterMs: 1_500 + turn };
    return { moment, view: toRepresentation(order, full, moment) };
  });
  const kept = held.filter(({ moment, view }) => toRepresentation(order, full, moment) === view);
  expect(kept.length).toBeLessThanOrEqual(8);
  expect(
    held.every(({ moment, view }) => toRepresentation(order, full, moment).etag === view.etag),
  ).toBe(true);
});

test('a newer representation replaces the older one with the same ETag', () => {
  const order = write();
  const moment = { asOfMs, stale: false, pollAfterMs: 5_000 };
  for (const later of [moment, { ...moment, asOfMs: asOfMs + 1_000 }]) {
    const representation = toRepresentation(order, { ...full, access: 'read' }, later);
    expect(representation.etag).toMatch(/^W\/"[\w-]{27}"$/);
    expect(read(representation).access).toBe('read');
    expect(toRepresentation(order, { ...full, access: 'read' }, later)).toBe(representation);
  }
});

test('exactly eight poll intervals are kept', () => {
  const order = write();
  const moments = Array.from({ length: 8 }, (_, index) => {
    return { asOfMs, stale: false, pollAfterMs: 1_500 + index };
  });
  const views = moments.map((moment) => toRepresentation(order, full, moment));
  expect(moments.map((moment) => toRepresentation(order, full, moment))).toEqual(views);
  expect(toRepresentation(order, full, { asOfMs, stale: false, pollAfterMs: 1_500 })).toBe(
    views[0],
  );
});

test('a representation is compressed from 1,024 bytes on', () => {
  const moment = { asOfMs, stale: false, pollAfterMs: 5_000 };
  const represent = (length: number) => toRepresentation(write('x'.repeat(length)), full, moment);
  const missing = 1_024 - represent(0).plain().length;
  expect(represent(missing).needsZip()).toBe(true);
  expect(represent(missing - 1).needsZip()).toBe(false);
});
