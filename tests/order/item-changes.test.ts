import { expect, test } from 'vitest';
import { findChangedLines, toItemsAnnouncement } from '@/lib/order/item-changes';
import { ITEM_STATES, type ItemLine } from '@/lib/order/order-view';
import { line, toItems } from '@/tests/support/sample-items';
import * as itemsCopy from '@/lib/order/copy/en-US/items';

const announce = (before: ItemLine[], after: ItemLine[]) =>
  toItemsAnnouncement(toItems(...before), toItems(...after), new Set(['told']), itemsCopy);
const offer = (name: string) => ({ replacement: { name, quantity: '1', unit: '' } });

test('lines with another state have changed; new, removed and equal lines have not', () => {
  const before = toItems(line('a', 'to_shop'), line('b', 'to_shop'), line('c', 'to_shop'));
  const after = toItems(line('a', 'found'), line('b', 'to_shop'), line('d', 'found'));
  expect(findChangedLines(before, after).map(({ id }) => id)).toEqual(['a']);
});

test('another replacement to decide is a change, and another signature of its picture is not', () => {
  const before = toItems(line('a', 'decide', offer('Oat')));
  const signed = { ...offer('Oat').replacement, imageUrl: 'https://i.example/?signed' };
  const find = (after: ItemLine) => findChangedLines(before, toItems(after)).length;
  expect(find(line('a', 'decide', offer('Soy')))).toBe(1);
  expect(find(line('a', 'decide', { replacement: signed }))).toBe(0);
});

test.each(ITEM_STATES.filter((state) => state !== 'to_shop' && state !== 'decide'))(
  'a line that is now %s is announced with its name',
  (state) => {
    expect(announce([line('a', 'to_shop')], [line('a', state)])).toMatch(/^Milk a /);
  },
);

test('a new question is announced with both names, before the number of other changes', () => {
  const before = [line('a', 'to_shop'), line('b', 'to_shop'), line('c', 'to_shop')];
  expect(announce(before, [line('a', 'found'), line('b'), line('c', 'refunded')])).toBe(
    'Your answer is needed. Milk b: keep Oat milk b instead, or refund it?\n2 items have changed',
  );
});

test('a question without a known replacement is announced with the ordered name', () => {
  const { replacement, ...unknown } = line('a');
  expect(replacement).toBeTruthy();
  expect(announce([line('a', 'to_shop')], [unknown])).toBe(
    'A replacement for Milk a needs your answer',
  );
});

test('items without changes have no announcement', () => {
  expect(announce([line('a')], [line('a')])).toBe('');
});

test('a result that the customer was told is not announced, but a new question about the line is', () => {
  expect(announce([line('told')], [line('told', 'replaced')])).toBe('');
  expect(announce([line('told', 'found')], [line('told')])).toContain('Your answer is needed.');
});
