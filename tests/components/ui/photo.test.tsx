import { afterEach, expect, test, vi } from 'vitest';
import { Photo } from '@/components/ui/photo';
import { provideFreshAddresses } from '@/lib/client/hooks/picture-refresh';
import { fireEvent, render, screen, userEvent, waitFor, within } from '@/tests/support/render';

const url = 'https://images.instacart.com/bananas.jpg';
const label = 'Photo from Zelma, 2:41 PM';

function thumbnail() {
  return within(screen.getByRole('button', { name: `Open ${label}` })).getByAltText(label);
}

test('the picture has a fixed box, and is loaded lazily and without a referrer', () => {
  render(<Photo url={url} label={label} />);
  const picture = thumbnail();
  expect(picture.getAttribute('src')).toBe(url);
  expect(picture.getAttribute('width')).toBe('240');
  expect(picture.getAttribute('height')).toBe('180');
  expect(picture.getAttribute('loading')).toBe('lazy');
  expect(picture.getAttribute('referrerpolicy')).toBe('no-referrer');
});

test('a tap opens the whole picture in a dialog, and the dialog closes', async () => {
  render(<Photo url={url} label={label} />);
  expect(screen.queryByRole('dialog')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: `Open ${label}` }));
  const dialog = screen.getByRole<HTMLDialogElement>('dialog', { name: label });
  expect(dialog.open).toBe(true);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
  expect(dialog.open).toBe(false);
});

test('a failed picture shows a tile, and “Load again” bypasses the cache', async () => {
  render(<Photo url={url} label={label} />);
  fireEvent.error(thumbnail());
  expect(screen.getByText('The photo could not be loaded')).toBeTruthy();
  expect(screen.queryByAltText(label)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Load again' }));
  expect(thumbnail().getAttribute('src')).toBe(`${url}?retry=1`);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: `Open ${label}` }));
  fireEvent.error(thumbnail());
  expect(screen.queryByAltText(label)).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Load again' }));
});

test.each([
  ['photo.HEIC?sig=1', 'This photo’s format cannot be shown here'],
  ['photo?sig=1', 'The photo could not be loaded'],
])('a picture that the browser cannot show, %s, has a link to a new tab', (name, text) => {
  const address = `https://images.instacart.com/${name}`;
  render(<Photo url={address} label={label} />);
  fireEvent.error(thumbnail());
  expect(screen.getByText(text)).toBeTruthy();
  const link = screen.getByRole('link', { name: 'Open photo' });
  expect(link.getAttribute('href')).toBe(address);
  expect(link.getAttribute('target')).toBe('_blank');
  expect(link.getAttribute('rel')).toBe('noopener noreferrer');
});

test('the newest picture is loaded eagerly', () => {
  render(<Photo url={url} label={label} isEager />);
  expect(thumbnail().getAttribute('loading')).toBe('eager');
});

test('a tap on the open picture zooms it and does not close the dialog', async () => {
  render(<Photo url={url} label={label} />);
  await userEvent.click(screen.getByRole('button', { name: `Open ${label}` }));
  await userEvent.click(screen.getByRole('button', { name: 'Zoom in' }));
  expect(screen.getByRole<HTMLDialogElement>('dialog').open).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: 'Zoom out' }));
  await userEvent.click(screen.getByRole('dialog'));
  expect(screen.queryByRole('dialog')).toBeNull();
});

let stopProviding: (() => void) | undefined;
afterEach(() => stopProviding?.());

/** Renders a photo. Each request of the order signs its address with the next one of `signatures`, if there is one. */
function renderSigned(...signatures: string[]) {
  return renderSignedAt(url, ...signatures);
}

function renderSignedAt(unsigned: string, ...signatures: string[]) {
  const address = (signature = 'first') => `${unsigned}?sig=${signature}`;
  const page = render(<Photo url={address()} label={label} />);
  const sign = (signature: string | undefined) =>
    page.rerender(<Photo url={address(signature)} label={label} />);
  const read = vi.fn(async () => {
    if (signatures.length > 0) sign(signatures.shift());
  });
  stopProviding = provideFreshAddresses(read);
  return { read, sign, address, src: () => thumbnail().getAttribute('src') };
}

test('a picture with a new signature keeps its address and its open dialog', async () => {
  const { sign, address, src, read } = renderSigned();
  const picture = thumbnail();
  fireEvent.load(picture);
  await userEvent.click(screen.getByRole('button', { name: `Open ${label}` }));
  sign('second');
  expect(thumbnail()).toBe(picture);
  expect(src()).toBe(address('first'));
  expect(screen.getByRole<HTMLDialogElement>('dialog').open).toBe(true);
  expect(read).not.toHaveBeenCalled();
});

test('a failed picture is loaded from the newest address', () => {
  const { sign, address, src, read } = renderSigned();
  sign('second');
  fireEvent.error(thumbnail());
  expect(src()).toBe(address('second'));
  expect(read).not.toHaveBeenCalled();
});

test('without a newer address the order is requested once', async () => {
  const { address, src, read } = renderSigned('second');
  fireEvent.error(thumbnail());
  await waitFor(() => expect(src()).toBe(address('second')));
  fireEvent.error(thumbnail());
  expect(await screen.findByText('The photo could not be loaded')).toBeTruthy();
  expect(read).toHaveBeenCalledTimes(1);
});

test('a picture that always fails is tried twice more, even with further signatures', async () => {
  const { sign, read } = renderSigned('second');
  let tries = 1;
  fireEvent.error(thumbnail());
  for (let i = 0; i < 20; i++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    sign(`number-${i}`);
    const [picture] = screen.queryAllByAltText(label);
    if (!picture) continue;
    tries += 1;
    fireEvent.error(picture);
  }
  expect(tries).toBeLessThanOrEqual(3);
  expect(read).toHaveBeenCalledTimes(1);
  expect(screen.getByText('The photo could not be loaded')).toBeTruthy();
});

test('“Load again” requests the newest address and keeps the signature valid', async () => {
  const { address, src, read } = renderSigned();
  fireEvent.error(thumbnail());
  await userEvent.click(await screen.findByRole('button', { name: 'Load again' }));
  await waitFor(() => expect(src()).not.toBeNull());
  expect(read).toHaveBeenCalledTimes(2);
  const retried = new URL(src() ?? '');
  expect(retried.href).not.toBe(address());
  expect([...retried.searchParams]).toEqual([...new URL(address()).searchParams]);
});

test('“Load again” that fails shows the tile until the order has a newer address', async () => {
  const { sign, address, src } = renderSigned();
  fireEvent.error(thumbnail());
  await userEvent.click(await screen.findByRole('button', { name: 'Load again' }));
  await waitFor(() => expect(src()).not.toBeNull());
  fireEvent.error(thumbnail());
  sign('first');
  expect(screen.queryByAltText(label)).toBeNull();
  sign('second');
  expect(src()).toBe(address('second'));
});

test('a picture in an unsupported format is retried only by the button', async () => {
  const { sign, address, src, read } = renderSignedAt('https://images.instacart.com/a.heic');
  fireEvent.error(thumbnail());
  sign('second');
  expect(screen.queryByAltText(label)).toBeNull();
  expect(read).not.toHaveBeenCalled();
  read.mockImplementation(async () => sign('third'));
  await userEvent.click(screen.getByRole('button', { name: 'Load again' }));
  await waitFor(() => expect(src()).toBe(address('third')));
  fireEvent.error(thumbnail());
  sign('fourth');
  expect(screen.queryByAltText(label)).toBeNull();
});
