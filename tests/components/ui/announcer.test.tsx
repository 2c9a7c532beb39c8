import { expect, test } from 'vitest';
import { Announcer } from '@/components/ui/announcer';
import type { OrderProgress, OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { render, screen } from '@/tests/support/render';
import {
  amida,
  at,
  fromCustomer,
  fromShopper,
  order,
  progress,
  update,
  zelma,
} from '@/tests/support/sample-order';

const first = fromShopper('Hi John');

function follow(before: OrderView, ...after: OrderView[]) {
  const { rerender } = render(<Announcer view={before} />);
  const announced = () => screen.getByRole('status').textContent;
  expect(announced()).toBe('');
  for (const view of after) rerender(<Announcer view={view} />);
  return announced();
}

function chat(...messages: OrderView['chat']['messages']) {
  return order({ messages });
}

test('nothing is announced at load', () => {
  expect(follow(order({ messages: [first] }, { updates: [update('Picking')] }))).toBe('');
});

test('one new message is announced with its sender', () => {
  expect(follow(chat(first), chat(first, fromShopper('Will these do?')))).toBe(
    'Zelma: Will these do?',
  );
});

test('several new messages are announced as a number', () => {
  const more = [fromShopper('One'), fromShopper('Two'), fromShopper('Three')];
  expect(follow(chat(first), chat(first, ...more))).toBe('3 new messages');
});

test('the customer’s own messages are not announced', () => {
  expect(follow(chat(first), chat(first, fromCustomer('Yes')))).toBe('');
});

test('known messages and read marks are not announced', () => {
  const message = fromCustomer('Yes');
  const read = { ...message, read: true };
  expect(follow(chat(first, message), chat({ ...first }, read))).toBe('');
});

test('the last announcement stays without new messages', () => {
  const both = chat(first, fromShopper('News'));
  expect(follow(chat(first), both, { ...both, asOf: 'later' })).toBe('Zelma: News');
});

test('a picture without text is announced', () => {
  const imageUrl = 'https://images.instacart.com/a.jpg';
  expect(follow(chat(first), chat(first, fromShopper('', { imageUrl })))).toBe(
    'Zelma sent a photo',
  );
});

test('a long message is shortened', () => {
  const announced = follow(chat(first), chat(first, fromShopper('word '.repeat(100))));
  expect(announced?.length).toBe(140);
  expect(announced).toMatch(/…$/);
  document.body.replaceChildren();
  const faces = follow(chat(first), chat(first, fromShopper('🙂'.repeat(100))));
  expect(faces?.isWellFormed()).toBe(true);
});

test('an unknown shopper is announced with a neutral name', () => {
  expect(follow(chat(), chat(fromShopper('Boo', { shopperId: '404' })))).toBe('Your shopper: Boo');
});

test('new updates are announced', () => {
  const picking = update('Picking');
  const later = [picking, update('On its way')];
  const messages = [first];
  expect(follow(order({}, { updates: [picking] }), order({}, { updates: later }))).toBe(
    'Update: On its way',
  );
  document.body.replaceChildren();
  expect(follow(order({}, { updates: [] }), order({ messages }, { updates: later }))).toBe(
    'Zelma: Hi John\n2 new updates',
  );
});

test('the removal of the messages is announced', () => {
  expect(follow(chat(first), order({ state: 'expired', canReply: false }))).toBe(
    'The messages of this order have been removed.',
  );
});

test('a new current shopper is announced', () => {
  const { people, ...rest } = order({});
  const before = { ...rest, people: { ...people, currentShopperId: zelma.id } };
  const after = { ...rest, people: { ...people, currentShopperId: amida.id } };
  expect(follow(before, after)).toBe('Amida now has your order');
});

test('a text with a picture is announced as such', () => {
  const message = fromShopper('Will these do?', { imageUrl: 'https://images.instacart.com/a.jpg' });
  expect(follow(chat(first), chat(first, message))).toBe('Zelma: Will these do? (with a photo)');
});

const old = [update('On its way', { at: at('10:00') })];
const under = (more: Partial<OrderProgress>, updates = old) =>
  order({}, { order: progress(more), updates, asOf: at('15:00') });

test('a stage without an update is announced as its headline', () => {
  expect(follow(under({ stage: 'on_the_way' }), under({ stage: 'done' }))).toBe('Delivered');
  expect(screen.queryByText(/Update/)).toBeNull();
});

test('an order that becomes late is announced', () => {
  expect(follow(under({ isLate: false }), under({ isLate: true }))).toBe(copy.announce.late);
});

test('a stage with a recent update is announced once, by its update', () => {
  const recent = [update('Your order was delivered.', { at: at('14:59') })];
  const announced = follow(
    under({ stage: 'on_the_way' }),
    under({ stage: 'on_the_way' }, recent),
    under({ stage: 'done' }, recent),
  );
  expect(announced).toBe('Update: Your order was delivered.');
});
