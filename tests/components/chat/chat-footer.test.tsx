import { expect, test, vi } from 'vitest';
import { ChatFooter, type Sending } from '@/components/chat/chat-footer';
import { DeliveryLine } from '@/components/chat/delivery-line';
import type { Outgoing } from '@/lib/order/outgoing';
import type { OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { fireEvent, render, screen, userEvent } from '@/tests/support/render';
import { at, fromShopper, order, sending } from '@/tests/support/sample-order';

function outgoing(id: string, more: Partial<Outgoing>): Outgoing {
  const base = { body: 'Hello', at: at('15:00'), knownIds: new Set<string>() };
  return { clientMessageId: id, delivery: 'sending', ...base, ...more };
}

function footer(view: OrderView, items: Outgoing[] = [], more: Partial<Sending> = {}) {
  return (
    <ChatFooter
      view={view}
      sending={{ ...sending, outgoing: items, ...more }}
      quickReplies={[]}
      supportUrl="https://www.example.com/help"
    />
  );
}

const refused = outgoing('a', { delivery: 'failed', problem: 'chat_closed' });

test.each([
  ['offline', { behindSinceMs: Date.now(), isOffline: true }],
  ['behind', { behindSinceMs: Date.now() - 60_000, isOffline: false }],
] as const)(
  'while the customer writes, the connection state "%s" is shown above the field, which keeps its text',
  (state, connection) => {
    const { rerender } = render(footer(order(), [], connection));
    expect(screen.queryByText(copy.composer[state])).toBeNull();
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Half a sent' } });
    expect(screen.getByText(copy.composer[state])).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Half a sent');
    rerender(footer(order(), [], { isOffline: false }));
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '' } });
    expect(screen.queryByText(copy.composer[state])).toBeNull();
  },
);

test('a waiting message shows that the page is offline', () => {
  const connection = { behindSinceMs: Date.now(), isOffline: true };
  const { rerender } = render(footer(order(), [outgoing('a', { delivery: 'queued' })], connection));
  expect(screen.getByText(copy.composer.offline)).toBeTruthy();
  rerender(footer(order(), [outgoing('a', { delivery: 'sent' })], connection));
  expect(screen.queryByText(copy.composer.offline)).toBeNull();
});

test('a poll that failed once is not mentioned', () => {
  render(footer(order(), [], { behindSinceMs: Date.now() - 10_000 }));
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Half a sent' } });
  expect(screen.queryByText(copy.composer.behind)).toBeNull();
});

test('a refused message hides the composer until the chat changes', () => {
  const view = order({ messages: [fromShopper('Hi')] });
  const { rerender } = render(footer(view));
  expect(screen.getByRole('textbox')).toBeTruthy();
  rerender(footer(view, [refused]));
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.getByText(copy.composer.closed)).toBeTruthy();
  expect(screen.getByRole('link').getAttribute('href')).toBe('https://www.example.com/help');
  // An equal view, as after a poll without changes.
  rerender(footer({ ...view }, [refused]));
  expect(screen.queryByRole('textbox')).toBeNull();
  const later = order({ messages: [...view.chat.messages, fromShopper('Here I am')] });
  rerender(footer(later, [refused]));
  expect(screen.getByRole('textbox')).toBeTruthy();
  rerender(footer(later, [refused, { ...refused, clientMessageId: 'b' }]));
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('outcomes are announced, also two equal ones, and nothing is announced at load', () => {
  const { rerender } = render(footer(order()));
  const readAnnouncement = () => screen.getAllByRole('status')[0]?.textContent;
  expect(readAnnouncement()).toBe('');
  rerender(footer(order(), [outgoing('a', {})]));
  expect(readAnnouncement()).toBe('');
  rerender(footer(order(), [outgoing('a', { delivery: 'sent' })]));
  const first = readAnnouncement();
  expect(first?.trim()).toBe(copy.announce.sent);
  rerender(footer(order(), [outgoing('a', { delivery: 'sent' }), outgoing('b', {})]));
  expect(readAnnouncement()).toBe(first);
  rerender(
    footer(order(), [outgoing('a', { delivery: 'sent' }), outgoing('b', { delivery: 'sent' })]),
  );
  expect(readAnnouncement()?.trim()).toBe(copy.announce.sent);
  expect(readAnnouncement()).not.toBe(first);
  rerender(footer(order(), [outgoing('b', { delivery: 'failed' })]));
  expect(readAnnouncement()?.trim()).toBe(copy.announce.failed);
});

test('a retried or deleted message causes no announcement', () => {
  const sent = outgoing('a', { delivery: 'sent' });
  const { rerender } = render(footer(order(), [sent]));
  const readAnnouncement = () => screen.getAllByRole('status')[0]?.textContent?.trim();
  rerender(footer(order(), [sent, outgoing('b', { delivery: 'failed' })]));
  expect(readAnnouncement()).toBe(copy.announce.failed);
  rerender(footer(order(), [sent, outgoing('b', { delivery: 'sending' })]));
  rerender(footer(order(), [sent]));
  expect(readAnnouncement()).toBe(copy.announce.failed);
});

test('a read-only link shows that only the customer can answer', () => {
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

test('a rate-limited message shows the reason', () => {
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

test('a message that is being sent has no buttons', () => {
  render(
    <DeliveryLine delivery="sending" onSendAgain={() => undefined} onRemove={() => undefined} />,
  );
  expect(screen.queryByRole('button')).toBeNull();
});
