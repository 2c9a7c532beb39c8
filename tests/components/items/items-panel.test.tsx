import { memo, Profiler } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import { ItemsSection } from '@/components/items/items-section';
import { ITEM_STATES, type ItemLine, type OrderView } from '@/lib/order/order-view';
import { render, screen, userEvent, within } from '@/tests/support/render';
import { order, progress } from '@/tests/support/sample-order';
import { line, toItems } from '@/tests/support/sample-items';

// Records the renders of each row.
const rendered = vi.hoisted((): string[] => []);

vi.mock(import('@/components/items/item-row'), async (importOriginal) => {
  const { ItemRow } = await importOriginal();
  return {
    ItemRow: memo((props) => (
      <Profiler id={props.line.id} onRender={(id) => rendered.push(id)}>
        <ItemRow {...props} />
      </Profiler>
    )),
  };
});

beforeEach(() => {
  rendered.length = 0;
});

const noAnswer = () => undefined;

function show(lines: ItemLine[], more: Partial<OrderView> = {}) {
  const toElement = (now: ItemLine[]) => (
    <ItemsSection
      view={{ ...order({}, more), items: toItems(...now) }}
      token="t"
      onAnswer={noAnswer}
      fallback={null}
    />
  );
  const { rerender } = render(toElement(lines));
  return (...now: ItemLine[]) => rerender(toElement(now));
}

const panel = () => screen.getByRole('region', { name: 'Items' });
const rows = () => within(panel()).getAllByRole('listitem');
const announced = () =>
  screen.getAllByRole('status').flatMap(({ textContent }) => textContent || []);

test('the groups come in the order of their importance, with counts, and only those with lines', () => {
  show([...ITEM_STATES.map((state) => line(state, state)), line('b', 'found')]);
  const headings = within(panel()).getAllByRole('heading', { level: 3 });
  expect(headings.map(({ textContent }) => textContent)).toEqual([
    'Needs your answer · 1',
    'Replaced · 1',
    'Refunded · 1',
    'Found · 2',
    'Still to shop · 1',
    'Other items · 1',
  ]);
  expect(within(panel()).getByRole('button').textContent).toBe(
    'Items1 to decide · 1 replaced · 1 refunded · 2 found · 1 to shop · 1 other',
  );
});

test('a group without lines has no heading', () => {
  show([line('a', 'found')]);
  const headings = within(panel()).getAllByRole('heading', { level: 3 });
  expect(headings.map(({ textContent }) => textContent)).toEqual(['Found · 1']);
});

test('a replaced line has the replacement first and the ordered item struck out', () => {
  show([line('a', 'replaced', { replacement: { name: 'Oat', quantity: '2', unit: 'each' } })]);
  expect(rows()[0]?.textContent).toBe('Oatinstead ofMilk a2');
  expect(rows()[0]?.querySelector('s')?.textContent).toBe('Milk a');
});

test('a replaced line without a known replacement shows the ordered item, and is not struck out', () => {
  const { replacement, ...unknown } = line('a', 'replaced');
  expect(replacement).toBeTruthy();
  show([unknown]);
  expect(rows()[0]?.textContent).toBe('Milk a1');
  expect(rows()[0]?.querySelector('s')).toBeNull();
});

test('a changed line is announced once and marked for the visit, and other lines are not', () => {
  const poll = show([line('a', 'to_shop'), line('b', 'to_shop')]);
  expect([announced(), screen.queryByText('Updated')]).toEqual([[], null]);
  poll(line('a', 'found'), line('b', 'to_shop'));
  expect(announced()).toEqual(['Milk a was found']);
  poll(line('a', 'found'), line('b', 'to_shop'), line('c', 'to_shop'));
  expect(announced()).toEqual(['Milk a was found']);
  expect(rows().map((row) => row.textContent?.includes('Updated'))).toEqual([true, false, false]);
});

test('several changes are one announcement with their number', () => {
  const poll = show([line('a', 'to_shop'), line('b', 'to_shop')]);
  poll(line('a', 'found'), line('b', 'refunded'));
  expect(announced()).toEqual(['2 items have changed']);
});

test('a list of 300 lines has all rows, and a poll renders only the row that changed', () => {
  const lines = Array.from({ length: 300 }, (_, index) => line(`i${index}`, 'to_shop'));
  const poll = show(lines);
  expect(rows()).toHaveLength(300);
  rendered.length = 0;
  poll(...lines);
  expect(rendered).toEqual([]);
  poll(...lines.map((known) => (known.id === 'i7' ? line('i7', 'found') : known)));
  expect(rendered).toEqual(['i7']);
  expect(rows()).toHaveLength(300);
});

test('hostile names of a line stay text', () => {
  const name = '<img src=x onerror=alert(1)>';
  show([line('a', 'replaced', { name, replacement: { name, quantity: '1', unit: '' } })]);
  expect(panel().querySelectorAll('img')).toHaveLength(0);
  expect([...panel().querySelectorAll('bdi')].map((bdi) => bdi.textContent)).toEqual([
    name,
    name,
    '1',
  ]);
});

test.each<[string, Partial<OrderView>, string]>([
  ['during an open chat', {}, 'false'],
  ['after the end', { order: progress({ stage: 'done' }) }, 'true'],
  ['without a chat', { chat: { state: 'unavailable', messages: [], canReply: false } }, 'true'],
])('%s, the list of a wide page is open: %s', async (_, more, expanded) => {
  show([line('a', 'found')], more);
  const button = within(panel()).getByRole('button');
  expect(button.getAttribute('aria-expanded')).toBe(expanded);
  await userEvent.click(button);
  expect(button.getAttribute('aria-expanded')).toBe(expanded === 'true' ? 'false' : 'true');
  expect(rows()).toHaveLength(1);
});
