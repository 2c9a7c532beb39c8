import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UpdatesPanel } from '@/components/order/updates-panel';
import { render, screen, userEvent, within } from '@/tests/support/render';
import { at, update } from '@/tests/support/sample-order';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(at('15:00')) });
});
afterEach(() => {
  vi.useRealTimers();
});

function entries() {
  return within(screen.getByRole('list')).getAllByRole('listitem');
}

test('updates are listed newest first, and the latest is the current step', () => {
  render(
    <UpdatesPanel
      canFold
      updates={[update('We have your order'), update('On its way', { at: at('14:30') })]}
    />,
  );
  const [newest, oldest] = entries();
  expect(newest?.textContent).toContain('On its way');
  expect(newest?.getAttribute('aria-current')).toBe('step');
  expect(oldest?.textContent).toContain('We have your order');
  expect(oldest?.hasAttribute('aria-current')).toBe(false);
});

test('an update shows its time and its media in words', () => {
  render(
    <UpdatesPanel canFold updates={[update('Picking', { media: ['sms', 'push', 'email'] })]} />,
  );
  expect(entries()[0]?.textContent).toMatch(/2:00\sPM · Sent by text, app, and email$/);
});

test('several unknown media are shown once', () => {
  render(
    <UpdatesPanel canFold updates={[update('Coo', { media: ['carrier_pigeon', 'fax', 'sms'] })]} />,
  );
  expect(entries()[0]?.textContent).toMatch(/Sent by another way and text$/);
});

test('media with names of object properties are shown as unknown', () => {
  render(
    <UpdatesPanel canFold updates={[update('Odd', { media: ['constructor', '__proto__'] })]} />,
  );
  expect(entries()[0]?.textContent).toMatch(/Sent by another way$/);
});

test('an update of another day shows its date', () => {
  render(<UpdatesPanel canFold updates={[update('Old', { at: at('14:00', '2026-11-18') })]} />);
  expect(entries()[0]?.textContent).toMatch(/Nov 18, 2:00\sPM/);
});

test('the button folds and unfolds the timeline', async () => {
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  render(<UpdatesPanel canFold updates={[update('One'), update('Two'), update('Three')]} />);
  const fold = screen.getByRole('button', { name: 'Sent by text Show all 3 updates' });
  expect(fold.getAttribute('aria-expanded')).toBe('false');
  expect(fold.getAttribute('aria-controls')).toBe(screen.getByRole('list').id);
  await user.click(fold);
  expect(fold.getAttribute('aria-expanded')).toBe('true');
  expect(fold.textContent).toContain('Show less');
});

test('an empty timeline shows an explanation', () => {
  render(<UpdatesPanel canFold updates={[]} />);
  expect(screen.getByText('No updates yet.')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('an update with a picture shows it', () => {
  const imageUrl = 'https://images.instacart.com/door.jpg';
  render(<UpdatesPanel canFold updates={[update('Delivered', { imageUrl })]} />);
  expect(
    screen.getByRole('button', { name: /^Open Photo with the update of 2:00\sPM$/ }),
  ).toBeTruthy();
});
