import { expect, test } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { hostileTexts } from '@/tests/simulator/hostile-scenario';
import type { ItemLine } from '@/tests/simulator/item-line';
import { shoppingScript } from '@/tests/simulator/shopping-scenario';
import { startItemsServer as start } from '@/tests/support/items-server';

const milk: ItemLine = { id: 'm', product: { name: 'Oat milk' } };

test('an order has its lines with states, pictures, quantities and counts', async () => {
  const { read, simulator } = await start();
  const { items } = await read('shopping');
  expect(items?.lines.map(({ id, state }) => [id, state])).toEqual([
    ['1', 'found'],
    ['2', 'replaced'],
    ['3', 'decide'],
    ['4', 'found'],
    ['5', 'found'],
    ['6', 'refunded'],
  ]);
  expect(items?.counts).toEqual({
    ...{ to_shop: 0, found: 3, replaced: 1, decide: 1, refunded: 1, other: 0 },
  });
  expect(items?.lines[1]).toEqual({
    ...{ id: '2', name: 'Organic strawberries, 1 lb', quantity: '1', unit: 'each' },
    imageUrl: `${simulator.url}/pictures/photo/berries.svg`,
    state: 'replaced',
    replacement: {
      ...{ name: 'Raspberries, 6 oz', quantity: '2', unit: 'each' },
      imageUrl: `${simulator.url}/pictures/photo/berries.svg`,
    },
  });
  expect(items?.lines[5]).toMatchObject({ quantity: '1.5', unit: 'lb' });
});

test('an unreadable field costs its own line at most and is named in the log', async () => {
  const { control, read, logLines } = await start();
  control.setItems('A-1', [
    { ...milk, without: ['status'] },
    { ...milk, id: 'n', product: { name: null } },
    { ...milk, id: 'q', product: { name: 'Eggs', quantity: {} }, status: 'FOUND' },
  ]);
  expect((await read()).items).toEqual({
    lines: [
      { id: 'm', name: 'Oat milk', quantity: '1', unit: 'each', state: 'other' },
      { id: 'q', name: 'Eggs', quantity: '', unit: 'each', state: 'found' },
    ],
    counts: { to_shop: 0, found: 1, replaced: 0, decide: 0, refunded: 0, other: 1 },
  });
  expect(JSON.parse(logLines.at(-1) ?? '').unreadableFields).toEqual([
    ...['line_items.item.name', 'line_items.item.quantity', 'line_items.status'],
  ]);
});

test('hostile names are text without control or bidi characters, and pictures come from listed hosts', async () => {
  const { control, read } = await start();
  const images = ['javascript:alert(1)', 'https://evil.example/x.png', '//evil.example/x.png'];
  control.setItems(
    'A-1',
    Object.entries(hostileTexts).map(([id, name], index) => ({
      id,
      product: { name, image: images[index % 3] ?? '', quantity: name, unit: name },
      ...{ status: 'REPLACED', replacementStatus: 'PENDING', replacement: { name, unit: name } },
      extra: { price: '$3.99', cost: 399, shopper: 'Zelma' },
    })),
  );
  const { items } = await read();
  expect(items?.lines.length).toBe(Object.keys(hostileTexts).length - 2);
  const text = JSON.stringify(items);
  expect(text).not.toMatch(/price|399|Zelma|imageUrl/);
  for (const { name, replacement, quantity } of items?.lines ?? []) {
    expect(name.length).toBeLessThanOrEqual(200);
    expect(quantity).toBe('');
    for (const shown of [name, replacement?.name ?? '', replacement?.unit ?? '']) {
      expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(shown.isWellFormed()).toBe(true);
    }
  }
});

test('a picture that is signed again keeps the ETag, and a changed line changes it', async () => {
  const { clock, control, open, poll } = await start();
  control.setOrder('A-1', { state: 'picking' });
  async function tagOf(signature: string, status: string) {
    const image = `/pictures/photo/bananas.svg?signature=${signature}`;
    control.setItems('A-1', [{ id: '1', product: { name: 'Bananas', image }, status }]);
    clock.advance(10 * secondMs);
    expect(JSON.stringify(await poll(7, 10 * secondMs))).toContain(signature);
    return (await open('A-1')).headers.get('etag');
  }
  const tag = await tagOf('one', 'NOT_PICKED');
  expect(await tagOf('two', 'NOT_PICKED')).toBe(tag);
  expect(await tagOf('two', 'FOUND')).not.toBe(tag);
});

test.each([{ MESSAGING: 'retailer' }, {}])(
  'with %j an order without a chat or shopper information has items',
  async (overrides) => {
    const { control, read } = await start(overrides);
    control.putOrder('B-1', { script: shoppingScript, shopperInfoRemoved: true });
    expect(await read('B-1')).toMatchObject({
      chat: { state: 'unavailable' },
      items: { counts: { decide: 1 } },
    });
  },
);

test('with ORDER_DETAILS=off, or where the order is refused, items are neither read nor shown', async () => {
  const off = await start({ ORDER_DETAILS: 'off' });
  expect(await off.read('shopping')).not.toHaveProperty('items');
  expect(off.itemCalls()).toBe(0);
  const { control, poll } = await start();
  control.fault({ route: 'order', kind: 'status', status: 403 });
  expect(await poll(20, 10 * secondMs)).not.toHaveProperty('items');
  expect(control.calls({ route: 'items' })).toHaveLength(1);
});

test('a read link sees the items, and a share link does not', async () => {
  const { mint, request } = await start();
  const view = async (scp: string) => (await request(await mint('shopping', { scp }))).json();
  expect(await view('read')).toHaveProperty('items.counts.decide', 1);
  expect(await view('share')).not.toHaveProperty('items');
});
