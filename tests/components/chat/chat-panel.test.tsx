import { expect, test } from 'vitest';
import { ChatPanel } from '@/components/chat/chat-panel';
import type { OrderView } from '@/lib/order/order-view';
import { cleanup } from '@testing-library/react';
import { render, screen } from '@/tests/support/render';
import {
  at,
  fromShopper,
  order,
  people,
  progress,
  sending,
  update,
} from '@/tests/support/sample-order';

function show(chat: Partial<OrderView['chat']>, more: Partial<OrderView> = {}) {
  return render(<ChatPanel view={order(chat, more)} sending={sending} supportUrl={undefined} />)
    .container;
}

test('the panel is labelled with the current shopper’s name', () => {
  show({});
  expect(screen.getByRole('region', { name: 'Messages with Zelma' })).toBeTruthy();
  const heading = screen.getByRole('heading', { level: 2 });
  expect(heading.textContent).toBe('ZZelma · your shopper');
  expect(heading.querySelector('bdi')?.textContent).toBe('Zelma');
});

test('the panel has a neutral label without a current shopper', () => {
  const { customer, shoppers } = people;
  show({}, { people: { customer, shoppers } });
  expect(screen.getByRole('region', { name: 'Messages' })).toBeTruthy();
  expect(screen.getByRole('heading', { name: 'Messages' })).toBeTruthy();
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

test('the updates are shown between the messages', () => {
  const messages = [
    fromShopper('Hello', { at: at('14:10') }),
    fromShopper('No oat milk', { at: at('14:30') }),
  ];
  const container = show({ messages }, { updates: [update('Picking', { at: at('14:20') })] });
  const rows = [...container.querySelectorAll('ol > li')].map(({ textContent }) => textContent);
  expect(rows.map((text) => /Hello|Picking|No oat milk/.exec(text)?.[0])).toEqual([
    undefined,
    'Hello',
    'Picking',
    'No oat milk',
  ]);
});

test('only while the order is on the way, the thread ends with the note about driving', () => {
  show({ messages: [fromShopper('Off I go')] }, { order: progress({ stage: 'on_the_way' }) });
  const rows = screen.getAllByRole('listitem');
  expect(rows.at(-1)?.textContent).toBe('Zelma may not answer while driving.');
  cleanup();
  show({ messages: [fromShopper('Off I go')] }, { order: progress({ stage: 'shopping' }) });
  expect(screen.queryByText(/while driving/)).toBeNull();
});
