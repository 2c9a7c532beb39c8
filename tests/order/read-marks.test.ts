import { expect, test } from 'vitest';
import { isUnread, withRead } from '@/lib/order/read-marks';
import { fromCustomer, fromShopper, order } from '@/tests/support/sample-order';

const [first, second, third] = [fromShopper('One'), fromShopper('Two'), fromShopper('Three')];
const view = order({ messages: [first, fromCustomer('Hi'), second, third] });

test('the messages up to the newest seen one are read, and later ones are not', () => {
  const { messages } = withRead(view, new Set([second.id])).chat;
  expect(messages.filter(isUnread)).toEqual([third]);
  expect(messages[1]).toBe(view.chat.messages[1]);
});

test('the newest message leaves no unread one, however few others were on screen', () => {
  expect(withRead(view, new Set([third.id])).chat.messages.some(isUnread)).toBe(false);
});

test('unknown messages leave the order as it is', () => {
  expect(withRead(view, new Set(['gone']))).toBe(view);
});
