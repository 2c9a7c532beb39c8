import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PickupPanel } from '@/components/pickup/pickup-panel';
import type { Pickup } from '@/lib/order/pickup';
import { render, screen } from '@/tests/support/render';
import { order } from '@/tests/support/sample-order';
import { instructions, pickupOrder } from './pickup-order';

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function show(pickup: Partial<Pickup>, access: 'full' | 'read' = 'full') {
  return render(
    <PickupPanel
      view={pickupOrder('ready', pickup, { access })}
      token="t"
      onChanged={() => undefined}
    />,
  );
}

function headings() {
  return screen.getAllByRole('heading').map(({ tagName, textContent }) => [tagName, textContent]);
}

test('instructions of one kind have no heading of their own', () => {
  show({ instructions: instructions('curbside', 'curbside') });
  expect(headings()).toEqual([
    ['H2', 'How to pick up'],
    ['H2', 'Your car'],
  ]);
  expect(screen.getAllByText('Park in bay 1.')).toHaveLength(2);
});

test('instructions of several kinds are grouped under a heading per kind', () => {
  show({ instructions: instructions('in_store', 'curbside', 'in_store', 'locker') });
  expect(headings()).toEqual([
    ['H2', 'How to pick up'],
    ['H3', 'In store'],
    ['H3', 'Curbside'],
    ['H3', 'Locker'],
    ['H2', 'Your car'],
  ]);
});

test('the text of the store is text of its own direction, with its line breaks', () => {
  const text = 'שער 3\n<img src=x onerror=alert(1)> **bold**';
  const { container } = show({ instructions: [{ kind: 'curbside', text, images: [] }] });
  const body = container.querySelector('bdi');
  expect(body?.dir).toBe('auto');
  expect(body?.textContent).toBe(text);
  expect(body?.className).toContain('whitespace-pre-line');
  expect(container.querySelector('img')).toBeNull();
});

test('pictures have the description of the store, or else ours', () => {
  const images = [
    { url: 'https://images.instacart.com/1.jpg', alt: 'The north entrance' },
    { url: 'https://images.instacart.com/2.jpg' },
  ];
  show({ instructions: [{ kind: 'locker', text: '', images }] });
  expect(screen.getByRole('button', { name: 'Open The north entrance' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Open picture of the pickup place' })).toBeTruthy();
});

test('without instructions the section says so and offers the vehicle', () => {
  show({ instructions: [] });
  expect(screen.getByRole('region', { name: 'Pickup' }).textContent).toContain(
    'No instructions from the store yet.',
  );
  expect(screen.getByRole('button', { name: 'Add your car' })).toBeTruthy();
});

test.each(['locker', 'in_store'] as const)(
  'a pickup of the kind %s asks for no vehicle',
  (kind) => {
    show({ instructions: instructions(kind), vehicle: { model: 'Corolla' } });
    expect(screen.queryByText('Your car')).toBeNull();
  },
);

test('a read link sees the vehicle and cannot change it', () => {
  show({ vehicle: { kind: 'hatchback', color: 'red', plate: 'ABC 123' } }, 'read');
  expect(screen.getByText('Red hatchback')).toBeTruthy();
  expect(screen.getByText('ABC 123')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('a read link sees nothing of a vehicle that is not known', () => {
  show({}, 'read');
  expect(screen.queryByText('Your car')).toBeNull();
});

test('an order without a pickup has no section', () => {
  render(<PickupPanel view={order()} token="t" onChanged={() => undefined} />);
  expect(screen.queryByRole('region')).toBeNull();
});
