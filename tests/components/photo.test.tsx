import { expect, test } from 'vitest';
import { Photo } from '@/components/photo';
import { fireEvent, render, screen, userEvent, within } from './render';

const url = 'https://images.instacart.com/bananas.jpg';
const label = 'Photo from Zelma, 2:41 PM';

function thumbnail() {
  return within(screen.getByRole('button', { name: `Open ${label}` })).getByAltText(label);
}

test('has its box before the picture is there, and loads late and without a referrer', () => {
  render(<Photo url={url} label={label} />);
  const picture = thumbnail();
  expect(picture.getAttribute('src')).toBe(url);
  expect(picture.getAttribute('width')).toBe('240');
  expect(picture.getAttribute('height')).toBe('180');
  expect(picture.getAttribute('loading')).toBe('lazy');
  expect(picture.getAttribute('referrerpolicy')).toBe('no-referrer');
});

test('opens the whole picture in a dialog, and closes it', async () => {
  render(<Photo url={url} label={label} />);
  expect(screen.queryByRole('dialog')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: `Open ${label}` }));
  const dialog = screen.getByRole<HTMLDialogElement>('dialog', { name: label });
  expect(dialog.open).toBe(true);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
  expect(dialog.open).toBe(false);
});

test('shows a tile for a picture that fails, and loads it again when asked', async () => {
  render(<Photo url={url} label={label} />);
  fireEvent.error(thumbnail());
  expect(screen.getByText('The photo could not be loaded')).toBeTruthy();
  expect(screen.queryByAltText(label)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Load again' }));
  expect(thumbnail().getAttribute('src')).toBe(url);
  fireEvent.error(thumbnail());
  expect(screen.getByRole('button', { name: 'Load again' })).toBeTruthy();
});
