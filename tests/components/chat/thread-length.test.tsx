import { expect, test } from 'vitest';
import { Thread } from '@/components/chat/thread';
import { fireEvent, render, screen, waitFor } from '@/tests/support/render';
import { again, fromShopper, people } from '@/tests/support/sample-order';

// The shown part of a thread when the thread becomes shorter or longer.

function numbered(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, i) =>
    fromShopper(`Message ${from + i}`, { id: `m${from + i}` }),
  );
}

function range() {
  const shown = screen.queryAllByText(/^Message \d+$/).map(({ textContent }) => textContent);
  return [shown.length, shown.at(0), shown.at(-1)];
}

test.each([
  ['60 of the newest', numbered(61, 120), [50, 'Message 71', 'Message 120']],
  ['the newest 30', numbered(91, 120), [30, 'Message 91', 'Message 120']],
  ['all but the newest', numbered(1, 60), [50, 'Message 11', 'Message 60']],
  ['others altogether', numbered(201, 320), [50, 'Message 271', 'Message 320']],
  ['one', numbered(120, 120), [1, 'Message 120', 'Message 120']],
])('when 120 messages become %s, the newest 50 of them are shown', (_, left, expected) => {
  const { rerender } = render(<Thread {...again} messages={numbered(1, 120)} people={people} />);
  expect(range()).toEqual([50, 'Message 71', 'Message 120']);
  rerender(<Thread {...again} messages={left} people={people} />);
  expect(range()).toEqual(expected);
});

test('a thread that becomes shorter and longer again keeps its shown messages', () => {
  const { rerender } = render(<Thread {...again} messages={numbered(1, 120)} people={people} />);
  rerender(<Thread {...again} messages={numbered(61, 120)} people={people} />);
  rerender(<Thread {...again} messages={numbered(61, 121)} people={people} />);
  expect(range()).toEqual([51, 'Message 71', 'Message 121']);
  rerender(<Thread {...again} messages={numbered(1, 121)} people={people} />);
  expect(range()).toEqual([51, 'Message 71', 'Message 121']);
});

test('a thread that is shown as a whole stays whole when its oldest messages are removed', () => {
  const { rerender } = render(<Thread {...again} messages={numbered(1, 120)} people={people} />);
  fireEvent.click(screen.getByRole('button', { name: 'Show earlier messages (70)' }));
  expect(range()).toEqual([120, 'Message 1', 'Message 120']);
  rerender(<Thread {...again} messages={numbered(21, 120)} people={people} />);
  expect(range()).toEqual([100, 'Message 21', 'Message 120']);
});

test('only the newest picture of the thread is loaded eagerly', async () => {
  const withPicture = (name: string) =>
    fromShopper('', { imageUrl: `https://images.instacart.com/${name}.jpg` });
  const messages = [withPicture('old'), withPicture('new'), fromShopper('Which?')];
  const { container } = render(<Thread {...again} messages={messages} people={people} />);
  // The code of a photo is loaded after the first view.
  await waitFor(() => expect(container.querySelectorAll('button img[width]')).toHaveLength(2));
  const loading = [...container.querySelectorAll('button img[width]')].map((picture) =>
    picture.getAttribute('loading'),
  );
  expect(loading).toEqual(['lazy', 'eager']);
});
