import { beforeEach, afterEach, expect, test, vi } from 'vitest';
import { Thread } from '@/components/chat/thread';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { hostileTexts } from '@/tests/simulator/hostile-scenario';
import { fireEvent, render, screen, within } from '@/tests/support/render';
import { again, at, fromCustomer, fromShopper, people, update } from '@/tests/support/sample-order';

// Rows besides the messages: updates, names, the mark of new messages and notes.

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(at('15:00')) });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function rows() {
  return within(screen.getByRole('list')).getAllByRole('listitem');
}

/** The rows' bodies, in order, without names and times. */
function bodies(pattern: RegExp) {
  return rows().map(({ textContent }) => pattern.exec(textContent)?.[0] ?? '');
}

test('updates are rows between the messages, with their time', () => {
  const messages = [
    fromShopper('Hello', { at: at('14:10') }),
    fromShopper('No oat milk', { at: at('14:12') }),
  ];
  const updates = [
    update('We have your order', { at: at('14:00') }),
    update('Picking', { at: at('14:11') }),
    update('On its way', { at: at('14:30') }),
  ];
  render(<Thread {...again} messages={messages} updates={updates} people={people} />);
  expect(
    bodies(/Today|Hello|No oat milk|We have your order · .*|Picking · .*|On its way · .*/),
  ).toEqual([
    'Today',
    expect.stringMatching(/^We have your order · 2:00\sPM/),
    'Hello',
    expect.stringMatching(/^Picking · 2:11\sPM/),
    'No oat milk',
    expect.stringMatching(/^On its way · 2:30\sPM/),
  ]);
});

test('an update row shows hostile text literally, without links', () => {
  const body = `${hostileTexts.imageTag} https://www.example.com/`;
  const { container } = render(
    <Thread {...again} messages={[fromShopper('Hi')]} updates={[update(body)]} people={people} />,
  );
  expect(container.querySelector('li bdi[dir=auto]')?.textContent).toBe(body);
  expect(container.querySelectorAll('img, a')).toHaveLength(0);
});

test('while earlier messages are hidden, so are the updates before the first shown one', () => {
  const messages = Array.from({ length: 60 }, (_, i) =>
    fromShopper(`Message ${i + 1}`, { at: new Date(Date.parse(at('13:00')) + i * 6e4).toJSON() }),
  );
  const updates = [
    update('Early', { at: at('12:59') }),
    update('Between', { at: at('13:05') }),
    update('Late', { at: at('13:30') }),
  ];
  render(<Thread {...again} messages={messages} updates={updates} people={people} />);
  expect(['Early', 'Between', 'Late'].map((body) => screen.queryAllByText(body).length)).toEqual([
    0, 0, 1,
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Show earlier messages (10)' }));
  expect(['Early', 'Between', 'Late'].map((body) => screen.queryAllByText(body).length)).toEqual([
    1, 1, 1,
  ]);
});

test('each shopper’s name is visible at the first run only, and hidden from screen readers there', () => {
  render(
    <Thread
      {...again}
      messages={[
        fromShopper('One', { at: at('14:01') }),
        fromCustomer('Mine', { at: at('14:05') }),
        fromShopper('Two', { at: at('14:11') }),
        fromShopper('Hello', { at: at('14:21'), shopperId: 'a' }),
        fromShopper('Again', { at: at('14:31'), shopperId: 'a' }),
      ]}
      people={{ ...people, currentShopperId: 'a' }}
    />,
  );
  const named = rows().map((row) => row.querySelector('p [aria-hidden=true]')?.textContent ?? '');
  expect(named.filter(Boolean)).toEqual(['Zelma · ', 'Amida · ']);
  const spoken = rows().flatMap((row) => row.querySelector('p.sr-only')?.textContent ?? []);
  expect(spoken).toEqual(['Zelma', 'You', 'Zelma', 'Amida', 'Amida']);
});

/** Messages that arrive while the reader has scrolled up. */
function arriveUnseen(...arrivals: string[][]) {
  const messages = [
    fromShopper('Old', { at: at('14:01'), read: true }),
    fromShopper('Question', { at: at('14:02'), read: true }),
  ];
  const { rerender } = render(<Thread {...again} messages={[...messages]} people={people} />);
  const region = screen.getByRole('region', { name: 'Message thread' });
  Object.defineProperties(region, {
    scrollHeight: { value: 2_000 },
    clientHeight: { value: 400 },
  });
  region.scrollTop = 100;
  fireEvent.scroll(region);
  for (const bodies of arrivals) {
    messages.push(...bodies.map((body) => fromShopper(body, { at: at('14:10') })));
    rerender(<Thread {...again} messages={[...messages]} people={people} />);
  }
  return region;
}

test('the pill counts the messages that arrived out of view and leads to the first one, marked “New”', () => {
  const region = arriveUnseen(['First', 'Second'], ['Third']);
  const mark = screen.getByText(copy.chat.newFromHere);
  expect(bodies(/^New$|First|Old/).filter(Boolean)).toEqual(['Old', 'New', 'First']);
  vi.spyOn(mark, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 900, 100, 20));
  const scrollTo = vi.spyOn(region, 'scrollTo');
  fireEvent.click(screen.getByRole('button', { name: '3 new messages' }));
  expect(scrollTo).toHaveBeenLastCalledWith({ top: 1_000, behavior: 'instant' });
  expect(document.activeElement).toBe(region);
});

test('the mark stays at the first of the messages that arrive out of view', () => {
  arriveUnseen(['First'], ['Second']);
  expect(screen.getAllByText(copy.chat.newFromHere)).toHaveLength(1);
  expect(bodies(/^New$|First|Second|Old/).filter(Boolean)).toEqual(['Old', 'New', 'First']);
});

test('a thread opens with the mark before the first unread message', () => {
  const messages = [
    fromShopper('Read', { at: at('14:01'), read: true }),
    fromShopper('Unread', { at: at('14:02') }),
  ];
  render(<Thread {...again} messages={messages} people={people} />);
  expect(bodies(/^New$|Read|Unread/).filter(Boolean)).toEqual(['Read', 'New', 'Unread']);
});

const readThenUnread = [
  fromShopper('Old', { at: at('14:01'), read: true }),
  fromShopper('Unread', { at: at('14:02') }),
];

test('a message that arrives in view does not move the mark', () => {
  const { rerender } = render(<Thread {...again} messages={readThenUnread} people={people} />);
  const later = fromShopper('Later', { at: at('14:10') });
  rerender(<Thread {...again} messages={[...readThenUnread, later]} people={people} />);
  expect(bodies(/^New$|Unread|Later/).filter(Boolean)).toEqual(['New', 'Unread', 'Later']);
  expect(screen.queryByRole('button', { name: /new message/ })).toBeNull();
});

test('a thread that opens below its mark has a pill that leads up to it', () => {
  const place = vi.spyOn(Element.prototype, 'getBoundingClientRect');
  place.mockImplementation(function (this: Element) {
    return new DOMRect(0, this.classList.contains('new-mark') ? -273 : 180, 100, 20);
  });
  const messages = [...readThenUnread, fromShopper('Last', { at: at('14:03') })];
  render(<Thread {...again} messages={messages} people={people} />);
  const region = screen.getByRole('region', { name: 'Message thread' });
  const scrollTo = vi.spyOn(region, 'scrollTo');
  fireEvent.click(screen.getByRole('button', { name: '2 new messages' }));
  expect(scrollTo).toHaveBeenLastCalledWith({ top: -453, behavior: 'instant' });
  expect(screen.queryByRole('button', { name: '2 new messages' })).toBeNull();
});

test('a reader who scrolls up to the mark needs no pill', () => {
  const place = vi.spyOn(Element.prototype, 'getBoundingClientRect');
  let markPx = -273;
  place.mockImplementation(function (this: Element) {
    return new DOMRect(0, this.classList.contains('new-mark') ? markPx : 180, 100, 20);
  });
  render(<Thread {...again} messages={readThenUnread} people={people} />);
  expect(screen.getByRole('button', { name: '1 new message' })).toBeTruthy();
  markPx = 200;
  fireEvent.scroll(screen.getByRole('region', { name: 'Message thread' }));
  expect(screen.queryByRole('button', { name: '1 new message' })).toBeNull();
});
