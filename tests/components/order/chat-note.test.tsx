import { expect, test } from 'vitest';
import { ChatNote } from '@/components/order/chat-note';
import type { OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { render, screen } from '@/tests/support/render';
import { order, progress } from '@/tests/support/sample-order';

const supportUrl = 'https://www.example.com/help';

function show(
  state: OrderView['chat']['state'],
  more: Partial<OrderView> = {},
  url: string | undefined = supportUrl,
) {
  const view = order({ state, canReply: false }, more);
  return render(<ChatNote view={view} supportUrl={url} />).container;
}

test('an open chat has no note', () => {
  expect(show('open').textContent).toBe('');
});

test('while the order waits for a shopper, the note says what comes next', () => {
  show('waiting');
  expect(screen.getByText(copy.waiting.title)).toBeTruthy();
  expect(screen.getByText(copy.waiting.hint)).toBeTruthy();
  expect(screen.queryByRole('link')).toBeNull();
});

test.each([
  { type: 'last_mile', stage: 'received' },
  { stage: 'on_the_way' },
  { stage: 'done' },
] as const)('%j promises no chat', (more) => {
  expect(show('waiting', { order: progress(more) }).textContent).toBe('');
});

test('an expired chat shows the reason and the support link', () => {
  show('expired');
  expect(screen.getByText(copy.chat.expired)).toBeTruthy();
  expect(screen.getByText(/24 hours after an order is delivered or canceled/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Contact the store' }).getAttribute('href')).toBe(
    supportUrl,
  );
});

test('an expired chat has no second support link beside that of an order that is over', () => {
  show('expired', { order: progress({ stage: 'done' }) });
  expect(screen.getByText(copy.chat.expired)).toBeTruthy();
  expect(screen.queryByRole('link')).toBeNull();
});

test.each(['expired', 'unavailable'] as const)(
  'chat state %s has no link without SUPPORT_URL',
  (state) => {
    render(<ChatNote view={order({ state, canReply: false })} supportUrl={undefined} />);
    expect(screen.queryByRole('link')).toBeNull();
  },
);

test('a store without chat says so', () => {
  show('unavailable');
  expect(screen.getByText(copy.chat.unavailableHint)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Contact the store' })).toBeTruthy();
});

test('a shared link says why it shows no messages', () => {
  show('unavailable', { access: 'share' });
  expect(screen.getByText(copy.chat.sharedHint)).toBeTruthy();
  expect(screen.queryByText(copy.chat.unavailableHint)).toBeNull();
});
