import { expect, test } from 'vitest';
import { MAX_HEADLINE_NAME_LENGTH, toHeadline } from '@/lib/order/headline';
import { ORDER_TYPES, STAGES } from '@/lib/order/stages';
import { people, zelma } from '@/tests/support/sample-order';
import { copy } from '@/lib/order/copy/en-US/order-page';
import type { People } from '@/lib/order/order-view';

const nobody = { customer: { name: 'John' }, shoppers: [] };

function read(order: Parameters<typeof toHeadline>[0], people: People): string | undefined {
  const headline = toHeadline(order, people, copy);
  if (!headline) return undefined;
  return 'text' in headline ? headline.text : headline.toSentence(headline.value);
}

test('every stage but “unknown” has a headline, with and without a shopper', () => {
  for (const type of ORDER_TYPES)
    for (const stage of STAGES)
      for (const those of [people, nobody]) {
        const headline = read({ type, stage }, those);
        if (stage === 'unknown') expect(headline).toBeUndefined();
        else expect(headline).toMatch(/^[A-Z].+[a-z]$/);
      }
});

test('the shopper is named while they work on the order', () => {
  const naming = STAGES.filter((stage) =>
    read({ type: 'delivery', stage }, people)?.includes('Zelma'),
  );
  expect(naming).toEqual(['assigned', 'shopping', 'packing', 'on_the_way']);
  const named = STAGES.filter((stage) =>
    /undefined|Zelma/.test(read({ type: 'delivery', stage }, nobody) ?? ''),
  );
  expect(named).toEqual([]);
});

test('the current shopper is named, not the first one', () => {
  const those = { ...people, currentShopperId: 'a' };
  expect(read({ type: 'delivery', stage: 'shopping' }, those)).toBe('Amida is shopping your order');
});

test('an order that is done was delivered or picked up', () => {
  expect(ORDER_TYPES.map((type) => read({ type, stage: 'done' }, people))).toEqual([
    'Delivered',
    'Picked up',
    'Delivered',
  ]);
});

test.each([
  [MAX_HEADLINE_NAME_LENGTH, true],
  [MAX_HEADLINE_NAME_LENGTH + 1, false],
  [0, false],
])('a name of %i characters is part of the headline: %s', (length, isNamed) => {
  const shoppers = [{ ...zelma, name: 'N'.repeat(length) }];
  const headline = toHeadline(
    { type: 'delivery', stage: 'shopping' },
    { ...people, shoppers },
    copy,
  );
  expect(headline && 'value' in headline).toBe(isNamed);
});
