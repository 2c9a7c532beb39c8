import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createViewRenderer } from '@/lib/server/rendered-view';
import type { OrderSnapshot } from '@/lib/server/to-order-view';

const asOfMs = Date.parse('2026-11-20T18:00:00Z');

function createSnapshot(body = 'Hello') {
  const counted = { serialisations: 0 };
  const message = {
    id: '1',
    at: '2026-11-20T17:00:00Z',
    from: 'shopper' as const,
    body,
    read: false,
    toJSON() {
      counted.serialisations += 1;
      return { id: '1', body };
    },
  };
  const snapshot: OrderSnapshot = {
    chatState: 'open',
    messages: [message],
    updates: [],
    people: { customer: { name: 'John' }, shoppers: [] },
    settled: false,
    unreadableCount: 0,
    droppedCount: 0,
  };
  return { snapshot, counted };
}

test('a snapshot is serialised once for each kind of reader, whatever the moment', () => {
  const render = createViewRenderer();
  const { snapshot, counted } = createSnapshot();
  for (let reading = 0; reading < 5; reading++)
    for (const pollAfterMs of [5_000, 10_000, undefined])
      for (const stale of [true, false])
        for (const isReadOnly of [true, false])
          render(snapshot, isReadOnly, { asOfMs: asOfMs + reading * 2_000, stale, pollAfterMs });
  expect(counted.serialisations).toBe(2);
});

test('the view says who may reply and when it was read, and has a tag over all but that time', () => {
  const render = createViewRenderer();
  const { snapshot } = createSnapshot();
  const moment = { asOfMs, stale: false, pollAfterMs: 5_000 };
  const first = render(snapshot, false, moment);
  expect(JSON.parse(first.text)).toEqual({
    chat: { state: 'open', messages: [{ id: '1', body: 'Hello' }], canReply: true },
    updates: [],
    people: { customer: { name: 'John' }, shoppers: [] },
    asOf: '2026-11-20T18:00:00.000Z',
    stale: false,
    pollAfterMs: 5_000,
  });
  expect(render(snapshot, false, moment)).toBe(first);
  const later = render(snapshot, false, { ...moment, asOfMs: asOfMs + 2_000 });
  expect(later.etag).toBe(first.etag);
  expect(JSON.parse(later.text).asOf).toBe('2026-11-20T18:00:02.000Z');
  const others = [
    render(snapshot, true, moment),
    render(snapshot, false, { ...moment, stale: true }),
    render(snapshot, false, { ...moment, pollAfterMs: 10_000 }),
    render(snapshot, false, { ...moment, pollAfterMs: undefined }),
    render(createSnapshot('Hi').snapshot, false, moment),
  ];
  expect(new Set([first, ...others].map(({ etag }) => etag)).size).toBe(6);
  expect(JSON.parse(others[0]?.text ?? '').chat.canReply).toBe(false);
  expect(JSON.parse(others[3]?.text ?? '')).not.toHaveProperty('pollAfterMs');
});

test('what is worth it is compressed once', async () => {
  const render = createViewRenderer();
  const moment = { asOfMs, stale: false, pollAfterMs: 5_000 };
  const small = render(createSnapshot().snapshot, false, moment);
  await small.zip();
  expect([small.needsZip(), small.zipped()]).toEqual([false, undefined]);
  const view = render(createSnapshot('Hello '.repeat(500)).snapshot, false, moment);
  expect([view.needsZip(), view.zipped()]).toEqual([true, undefined]);
  await Promise.all([view.zip(), view.zip()]);
  const bytes = view.zipped();
  expect(gunzipSync(bytes ?? '').toString()).toBe(view.text);
  await view.zip();
  expect(view.zipped()).toBe(bytes);
  expect(view.needsZip()).toBe(false);
});

test('only the latest views of an order are kept, however many paces are told', () => {
  const render = createViewRenderer();
  const { snapshot } = createSnapshot();
  const held = Array.from({ length: 1_000 }, (_, turn) => {
    const moment = { asOfMs, stale: false, pollAfterMs: 1_500 + turn };
    return { moment, view: render(snapshot, false, moment) };
  });
  const kept = held.filter(({ moment, view }) => render(snapshot, false, moment) === view);
  expect(kept.length).toBeLessThanOrEqual(8);
  expect(held.every(({ moment, view }) => render(snapshot, false, moment).etag === view.etag)).toBe(
    true,
  );
});
