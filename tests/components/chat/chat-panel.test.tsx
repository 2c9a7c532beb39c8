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

test('the panel is labelled with the current shopper’s name', () => {
  show({});
  expect(screen.getByRole('region', { name: 'Messages with Zelma' })).toBeTruthy();
});

test('the panel has a neutral label without a current shopper', () => {
  const { customer, shoppers } = people;
  const view = order({ state: 'waiting' }, { people: { customer, shoppers } });
  render(<ChatPanel view={view} sending={sending} supportUrl={undefined} />);
  expect(screen.getByRole('region', { name: 'Messages' })).toBeTruthy();
});

test('an open chat shows the thread and the composer', () => {
  show({ messages: [fromShopper('Hello')] });
  expect(screen.getByText('Hello')).toBeTruthy();
  expect(screen.getByRole('textbox', { name: 'Message to Zelma' })).toBeTruthy();
});

test('a read-only link shows that only the buyer can answer', () => {
  show({ canReply: false });
  expect(screen.getByText(/Only the person who placed it can answer/)).toBeTruthy();
});

test('a waiting chat shows that messages will appear', () => {
  show({ state: 'waiting', canReply: false });
  expect(screen.getByText('They appear here once a shopper has your order.')).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Message thread' })).toBeNull();
});

test('an expired chat shows the reason and the support link', () => {
  show({ state: 'expired', canReply: false }, 'https://www.example.com/help');
  expect(screen.getByText(copy.chat.expired)).toBeTruthy();
  expect(screen.getByText(/24 hours after an order is delivered or cancelled/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Contact the store' }).getAttribute('href')).toBe(
    'https://www.example.com/help',
  );
});

test('an expired chat has no link without SUPPORT_URL', () => {
  show({ state: 'expired', canReply: false });
  expect(screen.queryByRole('link')).toBeNull();
});
