import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { openMetrics } from '@/tests/support/open-metrics';
import { readSamples } from '@/tests/support/metric-samples';
import { startOrderServer } from '@/tests/support/order-server';

/** Returns the order for a response body of Connect, with the log line and counts of the read. */
async function readBody(body: unknown) {
  const server = await startOrderServer({ METRICS_PORT: '0' });
  onTestFinished(server.close);
  server.simulator.control.putOrder('odd', { body: JSON.stringify(body) });
  const response = await server.open('odd');
  const metrics = await (await fetch(await openMetrics(server.services))).text();
  const prefix = 'order_status_connect_unreadable_fields_total';
  const counts = [...readSamples(metrics)]
    .filter(([name, count]) => name.startsWith(prefix) && count > 0)
    .map(([name, count]) => [/field="(.*)"/.exec(name)?.[1], count]);
  return {
    status: response.status,
    view: await response.json(),
    line: JSON.parse(server.logLines.at(-1) ?? ''),
    counts: Object.fromEntries(counts),
  };
}

const message = {
  id: 1,
  order_id: 1,
  created_at: '2026-11-20T18:00:00Z',
  recipient_id: 8,
  recipient_type: 'user',
  sender_id: 15,
  sender_type: 'driver',
  read: true,
  body: 'Hi',
};
const notice = {
  notification_id: 1,
  medium: 'sms',
  created_at: '2026-11-20T18:00:00Z',
  sent_at: '2026-11-20T18:00:01Z',
  body: 'Shopping has begun',
};
const shopper = { id: 15, display_name: 'Robin' };
const metadata = {
  customer: { id: 8, display_name: 'Ada' },
  current_shopper: shopper,
  shoppers: [shopper],
  is_expired: false,
};
const answer = { chat_messages: [message], lifecycle_messages: [notice], metadata };

test('a null list counts as empty, and the rest of the order is shown', async () => {
  const { status, view, line, counts } = await readBody({ ...answer, chat_messages: null });
  expect(status).toBe(200);
  expect(view).toMatchObject({ chat: { messages: [] }, updates: [{ body: 'Shopping has begun' }] });
  expect(view.chat).not.toHaveProperty('unreadableCount');
  expect(line.unreadableFields).toEqual(['chat_messages']);
  expect(counts).toEqual({ chat_messages: 1 });
});

test('a field that is not shown may be null: sent_at', async () => {
  const sentNever = { ...notice, sent_at: null };
  const { view, line } = await readBody({ ...answer, lifecycle_messages: [sentNever] });
  expect(view).toMatchObject({ updates: [{ body: 'Shopping has begun' }] });
  expect(line).not.toHaveProperty('unreadableFields');
});

test('a photo without text is shown', async () => {
  const photo = { ...message, body: null, image: 'https://images.example/a.png' };
  const { view, counts } = await readBody({ ...answer, chat_messages: [photo] });
  expect(view.chat.messages).toMatchObject([{ body: '', imageWithheld: true }]);
  expect(counts).toEqual({ 'chat_messages.body': 1 });
});

test('a former shopper whose name is null is listed without a name', async () => {
  const shoppers = [shopper, { id: 16, display_name: null }];
  const { view, counts } = await readBody({ ...answer, metadata: { ...metadata, shoppers } });
  expect(view.people.shoppers).toEqual([
    { id: '15', name: 'Robin' },
    { id: '16', name: '' },
  ]);
  expect(counts).toEqual({ 'metadata.shoppers.display_name': 1 });
});

test('a response without a list gets 502, and the log names the list', async () => {
  const { status, view, line } = await readBody({ ...answer, chat_messages: undefined });
  expect([status, view.error.code]).toEqual([502, 'upstream_invalid']);
  expect(line.unreadableFields).toEqual(['chat_messages']);
});

test('docs/operating.md explains the log field and the metric of unreadable fields', () => {
  const page = readFileSync('docs/operating.md', 'utf8');
  expect(page).toContain('`unreadableFields`');
  expect(page).toContain('`order_status_connect_unreadable_fields_total`');
});
