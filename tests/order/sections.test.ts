import { expect, test } from 'vitest';
import { findFirstSection, listSections } from '@/lib/order/sections';
import type { ChatState } from '@/lib/order/order-view';
import { order, update } from '@/tests/support/sample-order';
import { line, toItems } from '@/tests/support/sample-items';

const items = toItems(line('1', 'found'));

test.each<[ChatState, boolean, string[], string | undefined]>([
  ['open', true, ['chat', 'items', 'updates'], 'chat'],
  ['open', false, ['chat', 'updates'], 'chat'],
  ['waiting', true, ['items', 'updates'], 'updates'],
  ['waiting', false, ['updates'], 'updates'],
  ['expired', true, ['items', 'updates'], 'updates'],
  ['unavailable', true, ['items'], 'items'],
  ['unavailable', false, [], undefined],
])(
  'with chat %s and items: %s, the sections are %j and the first is %s',
  (state, has, names, first) => {
    const view = order({ state }, has ? { items } : {});
    expect(listSections(view)).toEqual(names);
    expect(findFirstSection(listSections(view), view)).toBe(first);
  },
);

test.each([
  [true, 'items'],
  [false, 'updates'],
])('without a chat but with updates, and items: %s, the first section is %s', (has, first) => {
  const view = order(
    { state: 'unavailable' },
    { updates: [update('News')], ...(has && { items }) },
  );
  expect(listSections(view)).toContain('updates');
  expect(findFirstSection(listSections(view), view)).toBe(first);
});
