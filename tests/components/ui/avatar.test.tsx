import { expect, test } from 'vitest';
import { Avatar } from '@/components/ui/avatar';
import { fireEvent, render } from '@/tests/support/render';

const url = 'https://images.instacart.com/zelma.jpg';

function show(person: { name?: string; avatarUrl?: string }) {
  const shown = render(<Avatar person={{ id: 'z', name: 'Zelma', ...person }} />);
  return {
    ...shown,
    text: () => shown.container.textContent,
    picture: () => shown.container.querySelector('img'),
  };
}

test('is decoration: the name stands beside it', () => {
  const { container } = show({});
  expect(container.firstElementChild?.getAttribute('aria-hidden')).toBe('true');
});

test.each([
  ['Zelma', 'Z'],
  ['mary ann o’neil', 'MO'],
  ['Élodie Ågren', 'ÉÅ'],
  ['محمد', 'م'],
  ['<img src=x>', 'IX'],
  ['', '?'],
  ['🙂', '?'],
])('stands in for the face of %s with %s', (name, initials) => {
  expect(show({ name }).text()).toBe(initials);
});

test('keeps one person’s colour and tells people apart', () => {
  const color = (id: string) =>
    render(<Avatar person={{ id, name: 'Z' }} />).container.firstElementChild?.className;
  expect(color('z')).toBe(color('z'));
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(color)).size).toBeGreaterThan(2);
});

test('shows initials until the face is there, which comes without a referrer', () => {
  const { picture, text } = show({ avatarUrl: url });
  expect(picture()?.getAttribute('src')).toBe(url);
  expect(picture()?.getAttribute('alt')).toBe('');
  expect(picture()?.getAttribute('referrerpolicy')).toBe('no-referrer');
  expect(text()).toBe('Z');
  fireEvent.load(picture() ?? document.body);
  expect(text()).toBe('');
});

test('a face that is signed anew is not loaded again', () => {
  const { picture, text, rerender } = show({ avatarUrl: `${url}?sig=1` });
  fireEvent.load(picture() ?? document.body);
  rerender(<Avatar person={{ id: 'z', name: 'Zelma', avatarUrl: `${url}?sig=2` }} />);
  expect(picture()?.getAttribute('src')).toBe(`${url}?sig=1`);
  expect(text()).toBe('');
});

test('falls back to initials when the picture fails, and gives a new address its chance', () => {
  const { picture, text, rerender } = show({ avatarUrl: url });
  const broken = picture();
  if (broken) fireEvent.error(broken);
  expect(picture()).toBeNull();
  expect(text()).toBe('Z');
  rerender(<Avatar person={{ id: 'z', name: 'Zelma', avatarUrl: `${url}?2` }} />);
  expect(picture()?.getAttribute('src')).toBe(`${url}?2`);
});
