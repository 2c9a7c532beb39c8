import { expect, test } from 'vitest';
import { ChatPanel } from '@/components/chat/chat-panel';
import type { OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { render, screen } from '@/tests/support/render';
import { fromShopper, order, people, sending } from '@/tests/support/sample-order';

function show(chat: Partial<OrderView['chat']>, supportUrl?: string) {
  const view = order(chat);
  render(<ChatPanel view={view} sending={sending} supportUrl={supportUrl} />);
}

test('is named after the one who has the order', () => {
  show({});
  expect(screen.getByRole('region', { name: 'Messages with Zelma' })).toBeTruthy();
});

test('is named neutrally when nobody has it', () => {
  const { customer, shoppers } = people;
  const view = order({ state: 'waiting' }, { people: { customer, shoppers } });
  render(<ChatPanel view={view} sending={sending} supportUrl={undefined} />);
  expect(screen.getByRole('region', { name: 'Messages' })).toBeTruthy();
});

test('while open, shows the thread and where to answer', () => {
  show({ messages: [fromShopper('Hello')] });
  expect(screen.getByText('Hello')).toBeTruthy();
  expect(screen.getByRole('textbox', { name: 'Message to Zelma' })).toBeTruthy();
});

test('with a read-only link, says that only the buyer can answer', () => {
  show({ canReply: false });
  expect(screen.getByText(/Only the person who placed it can answer/)).toBeTruthy();
});

test('while nobody has the order, says that messages will come', () => {
  show({ state: 'waiting', canReply: false });
  expect(screen.getByText('They appear here once a shopper has your order.')).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Message thread' })).toBeNull();
});

test('once expired, says why the messages are gone and where to turn', () => {
  show({ state: 'expired', canReply: false }, 'https://www.example.com/help');
  expect(screen.getByText(copy.chat.expired)).toBeTruthy();
  expect(screen.getByText(/24 hours after an order is delivered or cancelled/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Contact the store' }).getAttribute('href')).toBe(
    'https://www.example.com/help',
  );
});

test('promises no help where the store has no address for it', () => {
  show({ state: 'expired', canReply: false });
  expect(screen.queryByRole('link')).toBeNull();
});
