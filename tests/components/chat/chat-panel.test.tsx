import { expect, test } from 'vitest';
import { ChatPanel } from '@/components/chat/chat-panel';
import type { OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { cleanup } from '@testing-library/react';
import { render, screen } from '@/tests/support/render';
import {
  at,
  fromCustomer,
  fromShopper,
  order,
  people,
  progress,
  sending,
  update,
} from '@/tests/support/sample-order';

const supportUrl = 'https://www.example.com/help';

function panel(view: OrderView, url?: string) {
  const quickReplies = { 'en-US': ['Yes, that works'] };
  return <ChatPanel view={view} sending={{ ...sending, quickReplies }} supportUrl={url} />;
}

function show(chat: Partial<OrderView['chat']>, more: Partial<OrderView> = {}) {
  return render(panel(order(chat, more))).container;
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
  expect(screen.getByText(/while driving/).textContent).toContain('may not answer');
  cleanup();
  show({ messages: [fromShopper('Off I go')] }, { order: progress({ stage: 'shopping' }) });
  expect(screen.queryByText(/while driving/)).toBeNull();
});

test('quick answers are offered only while the shopper’s last message asks something', () => {
  const question = fromShopper('Is oat milk fine?');
  const { rerender } = render(panel(order({ messages: [question] })));
  expect(screen.getByRole('button', { name: 'Yes, that works' })).toBeTruthy();
  const others = [[], [fromShopper('I am at the store.')], [question, fromCustomer('Yes?')]];
  for (const messages of others) {
    rerender(panel(order({ messages })));
    expect(screen.queryByRole('list', { name: copy.composer.quickRepliesLabel })).toBeNull();
  }
  const photo = fromShopper('', { imageUrl: 'https://images.instacart.com/a.jpg' });
  rerender(panel(order({ messages: [photo] })));
  expect(screen.getByRole('button', { name: 'Yes, that works' })).toBeTruthy();
});

test('an order that is over offers no quick answers', () => {
  const messages = [fromShopper('Is oat milk fine?')];
  render(panel(order({ messages }, { order: progress({ stage: 'done' }) })));
  expect(screen.queryByRole('list', { name: copy.composer.quickRepliesLabel })).toBeNull();
  expect(screen.getByRole('textbox')).toBeTruthy();
});

test('the thread of an order on its way ends with a note about driving, with a neutral name for an unknown shopper', () => {
  const { customer } = people;
  show({}, { order: progress({ stage: 'on_the_way' }), people: { customer, shoppers: [] } });
  expect(screen.getByText('Your shopper').closest('p')?.textContent).toBe(
    'Your shopper may not answer while driving.',
  );
});

test.each([
  ['done', copy.ending.problem],
  ['cancelled', copy.ending.cancelled],
] as const)('the thread of an order with stage %s ends with a link to the store', (stage, text) => {
  render(panel(order({}, { order: progress({ stage }) }), supportUrl));
  const link = screen.getByRole('link', { name: text });
  expect(link.getAttribute('href')).toBe(supportUrl);
  expect(link.getAttribute('rel')).toBe('noopener noreferrer');
});

test('without SUPPORT_URL and before the end there is no link to the store', () => {
  show({}, { order: progress({ stage: 'done' }) });
  render(panel(order({}, { order: progress({ stage: 'shopping' }) }), supportUrl));
  expect(screen.queryByRole('link')).toBeNull();
});
