import { expect, test } from 'vitest';
import { customer, phoneNumbers } from '@/tests/simulator/people';
import { listScenarios } from '@/tests/simulator/scenarios';
import { startOrderServer } from '@/tests/support/order-server';

const fields: Record<string, string[]> = {
  '': [
    ...['chat', 'updates', 'people', 'access', 'order', 'items', 'pickup', 'asOf', 'stale'],
    'pollAfterMs',
  ],
  chat: ['state', 'messages', 'canReply'],
  'chat.messages': [
    ...['id', 'at', 'from', 'shopperId', 'body', 'imageUrl', 'imageWithheld', 'readAt', 'read'],
  ],
  updates: ['id', 'at', 'body', 'imageUrl', 'media'],
  people: ['customer', 'shoppers', 'currentShopperId'],
  'people.customer': ['name', 'avatarUrl'],
  'people.shoppers': ['id', 'name', 'avatarUrl'],
  order: ['type', 'stage', 'steps', 'window', 'isLate', 'messagesReadableUntil'],
  'order.steps': ['stage', 'state', 'at'],
  'order.window': ['from', 'to'],
  items: ['lines', 'counts'],
  'items.lines': ['id', 'name', 'imageUrl', 'quantity', 'unit', 'state', 'replacement'],
  'items.lines.replacement': ['name', 'imageUrl', 'quantity', 'unit'],
  pickup: ['instructions', 'canArrive', 'vehicle'],
  'pickup.instructions': ['kind', 'text', 'images'],
  'pickup.instructions.images': ['url', 'alt'],
  'pickup.vehicle': ['model', 'kind', 'color', 'plate'],
  'items.counts': ['to_shop', 'found', 'replaced', 'decide', 'refunded', 'other'],
};

function expectKnownFields(value: unknown, path: string): void {
  if (Array.isArray(value)) value.forEach((entry) => expectKnownFields(entry, path));
  else if (typeof value === 'object' && value !== null)
    for (const [name, entry] of Object.entries(value)) {
      expect(fields[path]).toContain(name);
      expectKnownFields(entry, path ? `${path}.${name}` : name);
    }
}

test.each(listScenarios().map(({ orderId }) => orderId))(
  'the response for order "%s" has only documented fields',
  async (orderId) => {
    const { clock, simulator, open } = await startOrderServer();
    await open(orderId);
    clock.advance(100_000);
    const text = await (await open(orderId)).text();
    expectKnownFields(JSON.parse(text), '');
    for (const number of [...Object.values(phoneNumbers), '+14155552671', '+18005551234'])
      expect(text).not.toContain(number);
    expect(text).not.toContain(`"${customer.id}"`);
    expect(text).not.toMatch(
      /demo-customer|demo-client|demo-secret|recipient|sender_|unknown_field/,
    );
    await simulator.close();
  },
);

test('hostile text is returned well-formed, without control, bidi or stacked characters', async () => {
  const { simulator, open } = await startOrderServer();
  const view = await (await open('hostile')).json();
  const texts: string[] = [
    ...view.chat.messages.map(({ body }: { body: string }) => body),
    ...view.updates.map(({ body }: { body: string }) => body),
    ...view.people.shoppers.map(({ name }: { name: string }) => name),
  ];
  expect(texts.length).toBeGreaterThan(10);
  for (const text of texts) {
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(text).not.toMatch(/\p{M}{9}/u);
    expect(text.isWellFormed()).toBe(true);
  }
  const urls = JSON.stringify(view).match(/"(?:imageUrl|avatarUrl)":"[^"]*"/g) ?? [];
  expect(urls.length).toBeGreaterThan(0);
  for (const url of urls) expect(url).toContain(simulator.url);
  await simulator.close();
});
