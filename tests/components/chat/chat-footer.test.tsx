import { expect, test, vi } from 'vitest';
import { ChatFooter } from '@/components/chat/chat-footer';
import { DeliveryLine } from '@/components/chat/delivery-line';
import type { Outgoing } from '@/lib/order/outgoing';
import type { OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { render, screen, userEvent } from '@/tests/support/render';
import { at, fromShopper, order, sending } from '@/tests/support/sample-order';

function outgoing(id: string, more: Partial<Outgoing>): Outgoing {
  const base = { body: 'Hello', at: at('15:00'), knownIds: new Set<string>() };
  return { clientMessageId: id, delivery: 'sending', ...base, ...more };
}

function footer(view: OrderView, items: Outgoing[] = [], isAsked = false) {
  const quickReplies = ['Yes, that works'];
  return (
    <ChatFooter
      view={view}
      sending={{ ...sending, items, quickReplies }}
      isAsked={isAsked}
      supportUrl="https://www.example.com/help"
    />
  );
}

const refused = outgoing('a', { delivery: 'failed', problem: 'chat_closed' });

test('offers quick answers only to a question', () => {
  const { rerender } = render(footer(order(), [], false));
  expect(screen.queryByRole('list')).toBeNull();
  rerender(footer(order(), [], true));
  expect(screen.getByRole('button', { name: 'Yes, that works' })).toBeTruthy();
});

test('a refused message closes the field until something changes', () => {
  const view = order({ messages: [fromShopper('Hi')] });
  const { rerender } = render(footer(view));
  expect(screen.getByRole('textbox')).toBeTruthy();
  rerender(footer(view, [refused]));
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.getByText(copy.composer.closed)).toBeTruthy();
  expect(screen.getByRole('link').getAttribute('href')).toBe('https://www.example.com/help');
  // The same again, as after a poll that brought nothing.
  rerender(footer({ ...view }, [refused]));
  expect(screen.queryByRole('textbox')).toBeNull();
  const later = order({ messages: [...view.chat.messages, fromShopper('Here I am')] });
  rerender(footer(later, [refused]));
  expect(screen.getByRole('textbox')).toBeTruthy();
  rerender(footer(later, [refused, { ...refused, clientMessageId: 'b' }]));
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('says what became of a message, and nothing at load; twice the same is two announcements', () => {
  const { rerender } = render(footer(order()));
  const said = () => screen.getAllByRole('status')[0]?.textContent;
  expect(said()).toBe('');
  rerender(footer(order(), [outgoing('a', {})]));
  expect(said()).toBe('');
  rerender(footer(order(), [outgoing('a', { delivery: 'sent' })]));
  const first = said();
  expect(first?.trim()).toBe(copy.announce.sent);
  rerender(footer(order(), [outgoing('a', { delivery: 'sent' }), outgoing('b', {})]));
  expect(said()).toBe(first);
  rerender(
    footer(order(), [outgoing('a', { delivery: 'sent' }), outgoing('b', { delivery: 'sent' })]),
  );
  expect(said()?.trim()).toBe(copy.announce.sent);
  expect(said()).not.toBe(first);
  rerender(footer(order(), [outgoing('b', { delivery: 'failed' })]));
  expect(said()?.trim()).toBe(copy.announce.failed);
});

test('what is tried again or deleted is not announced as if it had just been sent', () => {
  const sent = outgoing('a', { delivery: 'sent' });
  const { rerender } = render(footer(order(), [sent]));
  const said = () => screen.getAllByRole('status')[0]?.textContent?.trim();
  rerender(footer(order(), [sent, outgoing('b', { delivery: 'failed' })]));
  expect(said()).toBe(copy.announce.failed);
  rerender(footer(order(), [sent, outgoing('b', { delivery: 'sending' })]));
  rerender(footer(order(), [sent]));
  expect(said()).toBe(copy.announce.failed);
});

test('a read-only link is told that it cannot answer', () => {
  render(footer(order({ canReply: false })));
  expect(screen.getByText(copy.chat.readOnly)).toBeTruthy();
  expect(screen.queryByRole('textbox')).toBeNull();
});

test.each([
  ['failed', copy.delivery.tryAgain],
  ['unconfirmed', copy.delivery.sendAgain],
] as const)('%s: the customer decides between "%s" and deleting', async (delivery, again) => {
  const [onSendAgain, onRemove] = [vi.fn(), vi.fn()];
  render(<DeliveryLine delivery={delivery} onSendAgain={onSendAgain} onRemove={onRemove} />);
  expect(screen.getByText(copy.delivery[delivery])).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: again }));
  await userEvent.click(screen.getByRole('button', { name: copy.delivery.remove }));
  expect([onSendAgain.mock.calls.length, onRemove.mock.calls.length]).toEqual([1, 1]);
});

test('says why a message was not sent where that helps', () => {
  render(
    <DeliveryLine
      delivery="failed"
      problem="slow_down"
      onSendAgain={() => undefined}
      onRemove={() => undefined}
    />,
  );
  expect(screen.getByText(copy.delivery.tooMany)).toBeTruthy();
});

test('while a message is on its way there is nothing to decide', () => {
  render(
    <DeliveryLine delivery="sending" onSendAgain={() => undefined} onRemove={() => undefined} />,
  );
  expect(screen.queryByRole('button')).toBeNull();
});
