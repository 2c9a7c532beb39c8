import { expect, test } from 'vitest';
import { asksForAnswer } from '@/lib/order/asks-for-answer';
import { STAGES } from '@/lib/order/stages';
import { line, toItems } from '@/tests/support/sample-items';
import { fromCustomer, fromShopper, order, progress } from '@/tests/support/sample-order';

const imageUrl = 'https://images.instacart.com/a.jpg';

test.each([
  'Is oat milk fine?',
  '? I cannot find it',
  'Oat milk？',
  'هل هذا جيد؟',
  'Τι λέτε;'.replace(';', '\u037e'),
  'Լա՞վ է',
  'ጥሩ ነው፧',
])('“%s” asks for an answer', (body) => {
  expect(asksForAnswer(order(), fromShopper(body))).toBe(true);
});

test.each(['I am at the store.', 'On my way!', 'Wait; I see it', ''])(
  '“%s” asks nothing',
  (body) => {
    expect(asksForAnswer(order(), fromShopper(body))).toBe(false);
  },
);

test('a picture asks for an answer, also if it is withheld', () => {
  expect(asksForAnswer(order(), fromShopper('', { imageUrl }))).toBe(true);
  expect(asksForAnswer(order(), fromShopper('This one', { imageWithheld: true }))).toBe(true);
});

test('a message of the customer and an empty chat ask nothing', () => {
  expect(asksForAnswer(order(), fromCustomer('Is it there?', { imageUrl }))).toBe(false);
  expect(asksForAnswer(order(), undefined)).toBe(false);
});

test('only an order that is not over asks', () => {
  const asking = STAGES.filter((stage) =>
    asksForAnswer(order({}, { order: progress({ stage }) }), fromShopper('Is it fine?')),
  );
  expect(asking).toEqual(STAGES.filter((stage) => stage !== 'done' && stage !== 'cancelled'));
});

test('a message of the shopper asks while a replacement waits for a decision, and not once it is decided', () => {
  const asks = (state: 'decide' | 'replaced') =>
    asksForAnswer(order({}, { items: toItems(line('1', state)) }), fromShopper('I see oat milk.'));
  expect(asks('decide')).toBe(true);
  expect(asks('replaced')).toBe(false);
});
