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

test('the avatar is hidden from screen readers, because the name is beside it', () => {
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
])('the avatar of %s shows the initials %s', (name, initials) => {
  expect(show({ name }).text()).toBe(initials);
});

test('one person always has the same colour, and people have different colours', () => {
  const color = (id: string) =>
    render(<Avatar person={{ id, name: 'Z' }} />).container.firstElementChild?.className;
  expect(color('z')).toBe(color('z'));
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(color)).size).toBeGreaterThan(2);
});

test('initials are shown until the picture has loaded, which is requested without a referrer', () => {
  const { picture, text } = show({ avatarUrl: url });
  expect(picture()?.getAttribute('src')).toBe(url);
  expect(picture()?.getAttribute('alt')).toBe('');
  expect(picture()?.getAttribute('referrerpolicy')).toBe('no-referrer');
  expect(text()).toBe('Z');
  fireEvent.load(picture() ?? document.body);
  expect(text()).toBe('');
});

test('a picture with a new signature is not loaded again', () => {
  const { picture, text, rerender } = show({ avatarUrl: `${url}?sig=1` });
  fireEvent.load(picture() ?? document.body);
  rerender(<Avatar person={{ id: 'z', name: 'Zelma', avatarUrl: `${url}?sig=2` }} />);
  expect(picture()?.getAttribute('src')).toBe(`${url}?sig=1`);
  expect(text()).toBe('');
});

test('a failed picture shows initials, and a new address is tried', () => {
  const { picture, text, rerender } = show({ avatarUrl: url });
  const broken = picture();
  if (broken) fireEvent.error(broken);
  expect(picture()).toBeNull();
  expect(text()).toBe('Z');
  rerender(<Avatar person={{ id: 'z', name: 'Zelma', avatarUrl: `${url}?2` }} />);
  expect(picture()?.getAttribute('src')).toBe(`${url}?2`);
});
