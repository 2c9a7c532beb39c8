import { expect, test } from 'vitest';
import { minuteMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { startOrderServer } from '@/tests/support/order-server';

async function readUnder(effect: FaultEffect | undefined, orderId = 'shopping') {
  const server = await startOrderServer();
  if (effect) server.simulator.control.fault({ route: 'order_messages', ...effect });
  const response = await server.open(orderId);
  const text = await response.text();
  await server.simulator.close();
  const view = JSON.parse(text.replaceAll(server.simulator.url, ''));
  return { status: response.status, view, line: JSON.parse(server.logLines[0] ?? '') };
}

const withoutIds = (text: unknown) =>
  JSON.parse(
    JSON.stringify(text, (name, value) =>
      /^(id|shopperId|currentShopperId)$/.test(name) ? '' : value,
    ),
  );

test.each<FaultEffect>([
  { kind: 'repeated-entries' },
  { kind: 'shuffled' },
  { kind: 'unknown-fields' },
  { kind: 'missing-field', path: 'lifecycle_messages.*.delivered_at' },
  { kind: 'wrong-type', path: 'chat_messages.*.order_id', value: 1 },
  { kind: 'wrong-type', path: 'chat_messages.*.recipient_id', value: null },
  { kind: 'missing-field', path: 'chat_messages.*.sender_type' },
  { kind: 'missing-field', path: 'lifecycle_messages.*.sent_at' },
])('under %j the order is shown unchanged', async (effect) => {
  const { view } = await readUnder(undefined);
  expect(await readUnder(effect)).toMatchObject({ view, line: { droppedCount: 0 } });
});

test('ids above 2^53 keep all their digits and stay distinct', async () => {
  const { view } = await readUnder(undefined);
  const huge = await readUnder({ kind: 'huge-ids' });
  expect(withoutIds(huge.view)).toEqual(withoutIds(view));
  const { chat, updates } = huge.view;
  for (const list of [chat.messages, updates]) {
    const ids = list.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(list.length);
    for (const id of ids) expect(id).toMatch(/^9007\d{12}$/);
  }
  expect(BigInt(chat.messages[0].id) - 2n ** 53n).toBe(BigInt(view.chat.messages[0].id));
});

test('messages and notices that share one id are all shown with unique ids', async () => {
  const { view } = await readUnder(undefined);
  const same = await readUnder({ kind: 'duplicate-ids' });
  expect(withoutIds(same.view)).toEqual(withoutIds(view));
  for (const list of [same.view.chat.messages, same.view.updates])
    expect(new Set(list.map(({ id }: { id: string }) => id)).size).toBe(list.length);
});

test('an unknown sender type is shown as staff without a name, and an unknown medium is kept', async () => {
  const { status, view } = await readUnder({ kind: 'unknown-values' });
  expect(status).toBe(200);
  for (const message of view.chat.messages) {
    expect(message.from).toBe('shopper');
    expect(message).not.toHaveProperty('shopperId');
  }
  for (const { media } of view.updates) expect(media).toEqual(['carrier_pigeon']);
});

test.each([-10 * minuteMs, 10 * minuteMs, 400 * 24 * 60 * minuteMs])(
  'times that are %d ms off are passed on unchanged',
  async (skewMs) => {
    const { view } = await readUnder(undefined);
    const skewed = await readUnder({ kind: 'skewed-dates', skewMs });
    expect(skewed.status).toBe(200);
    const [before, after] = [view, skewed.view].map(({ chat }) => Date.parse(chat.messages[0].at));
    expect((after ?? NaN) - (before ?? NaN)).toBe(skewMs);
    expect(skewed.view.pollAfterMs).toBeGreaterThanOrEqual(5_000);
  },
);

test.each<FaultEffect>([
  { kind: 'missing-field', path: 'chat_messages.0.body' },
  { kind: 'wrong-type', path: 'chat_messages.3', value: null },
  { kind: 'wrong-type', path: 'chat_messages.2.created_at', value: 'yesterday-ish' },
  { kind: 'wrong-type', path: 'lifecycle_messages.1.body', value: 5 },
  { kind: 'wrong-type', path: 'lifecycle_messages.0', value: null },
])('under %j one message is omitted, and counted in the log and the chat', async (effect) => {
  const { status, view, line } = await readUnder(effect);
  expect(status).toBe(200);
  const isChat = 'path' in effect && effect.path.startsWith('chat_messages');
  expect(view.chat.unreadableCount).toBe(isChat ? 1 : undefined);
  expect(line).toMatchObject({ status: 200, droppedCount: 1 });
});

test('a chat without readable messages has their count, and the rest of the order is shown', async () => {
  const { view } = await readUnder(undefined);
  const { status, view: odd } = await readUnder({
    kind: 'missing-field',
    path: 'chat_messages.*.created_at',
  });
  expect(status).toBe(200);
  expect(odd).toMatchObject({
    chat: { state: 'open', messages: [], unreadableCount: view.chat.messages.length },
    updates: view.updates,
    people: view.people,
  });
});

test('a thread of 1,000 messages is returned as a whole', async () => {
  const { view } = await readUnder(undefined, 'long');
  expect(view.chat.messages).toHaveLength(1_000);
});
