import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UpdatesPanel } from '@/components/order/updates-panel';
import { render, screen, within } from '@/tests/support/render';
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
  render(<UpdatesPanel updates={[update('Picking', { media: ['sms', 'push', 'email'] })]} />);
  expect(entries()[0]?.textContent).toMatch(/2:00\sPM · Sent by text, app, and email$/);
});

test('several unknown media are shown once', () => {
  render(<UpdatesPanel updates={[update('Coo', { media: ['carrier_pigeon', 'fax', 'sms'] })]} />);
  expect(entries()[0]?.textContent).toMatch(/Sent by another way and text$/);
});

test('media with names of object properties are shown as unknown', () => {
  render(<UpdatesPanel updates={[update('Odd', { media: ['constructor', '__proto__'] })]} />);
  expect(entries()[0]?.textContent).toMatch(/Sent by another way$/);
});

test('an update of another day shows its date', () => {
  render(<UpdatesPanel updates={[update('Old', { at: at('14:00', '2026-11-18') })]} />);
  expect(entries()[0]?.textContent).toMatch(/Nov 18, 2:00\sPM/);
});

test('all updates are shown, and nothing folds them', () => {
  const updates = Array.from({ length: 12 }, (_, i) => update(`Update ${i}`));
  render(<UpdatesPanel updates={updates} />);
  expect(entries()).toHaveLength(12);
  expect(screen.queryByRole('button')).toBeNull();
});

test('an empty timeline shows an explanation', () => {
  render(<UpdatesPanel updates={[]} />);
  expect(screen.getByText('No updates yet.')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('an update with a picture shows it', async () => {
  const imageUrl = 'https://images.instacart.com/door.jpg';
  render(<UpdatesPanel updates={[update('Delivered', { imageUrl })]} />);
  expect(
    await screen.findByRole('button', { name: /^Open Photo with the update of 2:00\sPM$/ }),
  ).toBeTruthy();
});
