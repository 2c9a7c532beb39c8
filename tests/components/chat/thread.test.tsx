import { expect, test, vi, beforeEach, afterEach } from 'vitest';
import { Thread } from '@/components/chat/thread';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { fireEvent, render, screen, within } from '@/tests/support/render';
import {
  again,
  amida,
  at,
  fromCustomer,
  fromShopper,
  people,
  zelma,
} from '@/tests/support/sample-order';

// Counts renders of rows: each row of a shopper has one avatar.
const avatars = vi.hoisted(() => ({ count: 0 }));
vi.mock(import('@/components/ui/avatar'), async (importOriginal) => {
  const { Avatar } = await importOriginal();
  return {
    Avatar: (props) => {
      avatars.count += 1;
      return Avatar(props);
    },
  };
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(at('15:00')) });
});
afterEach(() => {
  vi.useRealTimers();
});

function rows() {
  return within(screen.getByRole('list')).getAllByRole('listitem');
}

test('the thread is a labelled, focusable region with a list', () => {
  render(<Thread {...again} messages={[fromShopper('Hi')]} people={people} />);
  const region = screen.getByRole('region', { name: 'Message thread' });
  expect(region.tabIndex).toBe(0);
  expect(within(region).getByRole('list')).toBeTruthy();
});

test('messages of one sender that are close in time share one name and one time', () => {
  render(
    <Thread
      {...again}
      messages={[
        fromShopper('One', { at: at('14:41') }),
        fromShopper('Two', { at: at('14:45') }),
        fromShopper('Later', { at: at('14:51') }),
        fromCustomer('Mine', { at: at('14:52') }),
      ]}
      people={people}
    />,
  );
  const [, together, later, own] = rows();
  expect(together?.textContent).toContain('ZelmaOneTwoZelma · 2:45 PM');
  expect(later?.textContent).toContain('ZelmaLater2:51 PM');
  expect(own?.textContent).toContain('YouMine2:52 PM');
});

test('the exact time of a run is in its title', () => {
  render(<Thread {...again} messages={[fromShopper('Hi')]} people={people} />);
  const time = screen.getByText('2:41 PM').closest('time');
  expect(time?.dateTime).toBe(at('14:41'));
  expect(time?.title).toMatch(/^Friday, November 20, 2026 at 2:41\sPM$/);
});

test('days are separated by their names', () => {
  render(
    <Thread
      {...again}
      messages={[
        fromShopper('Old', { at: at('23:59', '2026-11-18') }),
        fromShopper('Last night', { at: at('23:59', '2026-11-19') }),
        fromShopper('After midnight', { at: at('00:01') }),
      ]}
      people={people}
    />,
  );
  const days = rows().filter((row) => !row.dataset.from);
  expect(days.map((row) => row.textContent)).toEqual([
    'Wednesday, November 18',
    'Yesterday',
    'Today',
  ]);
});

test('a hand-over is shown before the new shopper’s first message', () => {
  render(
    <Thread
      {...again}
      messages={[fromShopper('My shift ends'), fromShopper('Hello', { shopperId: 'a' })]}
      people={{ ...people, currentShopperId: 'a' }}
    />,
  );
  expect(rows().map((row) => row.textContent)).toEqual([
    'Today',
    expect.stringContaining('ZelmaMy shift ends'),
    expect.stringContaining('Amida now has your order'),
    expect.stringContaining('AmidaHello'),
  ]);
});

test('a hand-over is shown at the end while the new shopper has not written', () => {
  const silent = { ...people, currentShopperId: amida.id };
  render(<Thread {...again} messages={[fromShopper('Bye')]} people={silent} />);
  expect(rows().at(-1)?.textContent).toContain('Amida now has your order');
});

test('a shopper who is not listed gets a neutral name', () => {
  const nameless = { ...people, shoppers: [{ ...zelma, name: '' }] };
  render(
    <Thread
      {...again}
      messages={[
        fromShopper('From a stranger', { shopperId: '404' }),
        { id: 'staff', at: at('15:00'), from: 'shopper', body: 'From staff', read: false },
        fromShopper('From the nameless', { shopperId: 'z', at: at('15:10') }),
      ]}
      people={nameless}
    />,
  );
  const texts = rows().map((row) => row.textContent);
  for (const body of ['From a stranger', 'From staff', 'From the nameless'])
    expect(texts).toContainEqual(expect.stringContaining(`?Your shopper${body}`));
});

test('only the customer’s last read message has the read mark', () => {
  render(
    <Thread
      {...again}
      messages={[
        fromCustomer('First', { at: at('14:00'), read: true }),
        fromCustomer('Second', { at: at('14:10'), read: true, readAt: at('14:12') }),
        fromCustomer('Third', { at: at('14:20') }),
      ]}
      people={people}
    />,
  );
  const seen = screen.getAllByText(/Seen/);
  expect(seen).toHaveLength(1);
  expect(seen[0]?.title).toMatch(/^Seen Friday, November 20, 2026 at 2:12\sPM$/);
  expect(rows().find((row) => row.contains(seen[0] ?? null))?.textContent).toContain('Second');
});

test('an empty thread shows an explanation', () => {
  render(<Thread {...again} messages={[]} people={people} />);
  expect(screen.getByText('No messages yet')).toBeTruthy();
});

test('a thread of 1,000 messages shows the newest 50, and earlier ones after a click', () => {
  const messages = Array.from({ length: 1_000 }, (_, i) =>
    fromShopper(`Message ${i + 1}`, { at: new Date(Date.parse(at('06:00')) + i * 1e4).toJSON() }),
  );
  const { container } = render(<Thread {...again} messages={messages} people={people} />);
  const shown = () => container.textContent.match(/Message \d+/g) ?? [];
  expect(shown()).toHaveLength(50);
  expect(shown()[0]).toBe('Message 951');
  fireEvent.click(screen.getByRole('button', { name: 'Show earlier messages (950)' }));
  expect(shown()).toHaveLength(250);
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Message thread' }));
  // Found by text, because a lookup by role among 1,000 messages takes seconds.
  for (const left of [750, 550, 350, 150])
    fireEvent.click(screen.getByText(`Show earlier messages (${left})`));
  expect(shown()).toHaveLength(1_000);
  expect(screen.queryByText(/earlier messages/)).toBeNull();
});

test('the shown messages stay when new ones arrive', () => {
  const messages = Array.from({ length: 60 }, (_, i) => fromShopper(`Message ${i + 1}`));
  const { rerender } = render(<Thread {...again} messages={messages} people={people} />);
  rerender(
    <Thread {...again} messages={[...messages, fromShopper('Message 61')]} people={people} />,
  );
  const shown = screen.getAllByText(/^Message \d+$/);
  expect(shown[0]?.textContent).toBe('Message 11');
  expect(shown).toHaveLength(51);
});

test('the read mark stays at the read message when another follows', () => {
  const messages = [
    fromCustomer('Read', { at: at('14:40'), read: true }),
    fromCustomer('Not read', { at: at('14:41') }),
  ];
  const { container } = render(<Thread {...again} messages={messages} people={people} />);
  expect(container.querySelector('[data-from=customer]')?.textContent).toMatch(
    /Read\s*Seen\s*Not read/,
  );
});

test('the number of unreadable messages is shown', () => {
  render(<Thread {...again} messages={[fromShopper('Hi')]} people={people} unreadableCount={2} />);
  expect(screen.getByText('2 messages cannot be shown here.')).toBeTruthy();
});

test('the focus moves to the thread when a line is removed with its button', () => {
  const stuck = { ...fromCustomer('Lost'), delivery: 'failed' as const };
  render(<Thread {...again} messages={[stuck]} people={people} />);
  const remove = screen.getByRole('button', { name: copy.delivery.remove });
  remove.focus();
  fireEvent.click(remove);
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Message thread' }));
});

test('a new message renders its own row only', () => {
  const messages = [
    fromShopper('One', { at: at('14:01') }),
    fromShopper('Two', { at: at('14:11') }),
    fromShopper('Three', { at: at('14:21') }),
    fromShopper('Four', { at: at('14:31') }),
  ];
  const { rerender } = render(
    <Thread {...again} messages={messages.slice(0, 3)} people={people} />,
  );
  expect(avatars.count).toBeGreaterThanOrEqual(3);
  avatars.count = 0;
  rerender(<Thread {...again} messages={messages} people={people} />);
  expect(screen.getByText('Four')).toBeTruthy();
  expect(avatars.count).toBe(1);
});

test('a row with a changed message renders again', () => {
  const first = fromShopper('One', { at: at('14:01') });
  const { rerender } = render(<Thread {...again} messages={[first]} people={people} />);
  rerender(<Thread {...again} messages={[{ ...first, body: 'Uno' }]} people={people} />);
  expect(screen.getByText('Uno')).toBeTruthy();
});
