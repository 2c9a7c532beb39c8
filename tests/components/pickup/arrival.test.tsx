import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Arrival } from '@/components/pickup/arrival';
import type { OrderView } from '@/lib/order/order-view';
import { order, update } from '@/tests/support/sample-order';
import { act, render, screen, userEvent, waitFor } from '@/tests/support/render';
import { instructions, pickupOrder, stubFetch } from './pickup-order';

const CURBSIDE = 'The store knows you are here. Stay in your car unless an update asks you inside.';

let server: ReturnType<typeof stubFetch>;
const onChanged = vi.fn();

beforeEach(() => {
  server = stubFetch();
  onChanged.mockClear();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function show(first: OrderView = pickupOrder()) {
  const toElement = (view: OrderView) => (
    <Arrival view={view} token="t" supportUrl={undefined} onChanged={onChanged} />
  );
  const { rerender, container } = render(toElement(first));
  return { container, poll: (view: OrderView) => rerender(toElement(view)) };
}

const button = () => screen.getByRole('button');
const findButton = () => screen.queryByRole('button');
const announced = () => screen.getByRole('status').textContent?.trim();

test('while the order is ready, a press reports the arrival once, however often it is repeated', async () => {
  show();
  expect(button().textContent).toBe('I have arrived');
  act(() => {
    button().click();
    button().click();
  });
  await userEvent.click(button());
  expect(button().textContent).toBe('Telling the store…');
  expect(button().getAttribute('aria-disabled')).toBe('true');
  expect(server.requests).toEqual([
    { path: '/api/order/arrival', method: 'POST', authorization: 'Bearer t', body: {} },
  ]);
});

test('after the arrival, the result replaces the button and takes its focus', async () => {
  const { container } = show();
  await userEvent.click(button());
  server.answer(200, {});
  await waitFor(() => expect(findButton()).toBeNull());
  expect(document.activeElement?.textContent).toBe(CURBSIDE);
  expect(onChanged).toHaveBeenCalledTimes(1);
  // Taking the focus is the announcement.
  expect(announced()).toBe('');
  expect(container.textContent).toBe(CURBSIDE);
});

test('a result is announced if the focus is elsewhere', async () => {
  show();
  await userEvent.click(button());
  act(() => button().blur());
  server.answer(200, {});
  await waitFor(() => expect(announced()).toBe(CURBSIDE));
  expect(document.activeElement).toBe(document.body);
});

test('after the arrival, the next stage changes and announces nothing', async () => {
  const { poll } = show();
  await userEvent.click(button());
  act(() => button().blur());
  server.answer(200, {});
  await waitFor(() => expect(announced()).toBe(CURBSIDE));
  const result = screen.getByText('The store knows you are here.');
  poll(pickupOrder('handing_over'));
  expect(screen.getByText('The store knows you are here.')).toBe(result);
  expect(screen.getByRole('status').textContent).toBe(CURBSIDE);
});

test('a poll that still has the order as ready does not bring the button back', async () => {
  const { poll } = show();
  await userEvent.click(button());
  server.answer(200, {});
  await waitFor(() => expect(findButton()).toBeNull());
  poll(pickupOrder('ready'));
  expect(findButton()).toBeNull();
});

test('an order that is ready again after a step back has the button again', async () => {
  const { poll } = show();
  await userEvent.click(button());
  server.answer(200, {});
  await waitFor(() => expect(findButton()).toBeNull());
  poll(pickupOrder('packing'));
  poll(pickupOrder('ready'));
  expect(button().textContent).toBe('I have arrived');
});

test('a poll with the next stage during the request keeps the button until the answer', async () => {
  const { poll } = show();
  await userEvent.click(button());
  poll(pickupOrder('handing_over', { canArrive: false }));
  expect(document.activeElement).toBe(button());
  server.answer(200, {});
  await waitFor(() => expect(document.activeElement?.textContent).toBe(CURBSIDE));
});

test('an arrival that another device reported replaces the button, announced and with its focus', () => {
  const { poll } = show();
  act(() => button().focus());
  poll(pickupOrder('handing_over'));
  expect(announced()).toBe(CURBSIDE);
  expect(document.activeElement?.textContent).toBe(CURBSIDE);
});

test.each([
  [instructions('curbside'), 'Stay in your car unless an update asks you inside.'],
  [instructions('curbside', 'curbside'), 'Stay in your car unless an update asks you inside.'],
  [instructions('locker'), 'Go to the lockers to collect your order.'],
  [instructions('in_store'), 'Go inside to the pickup desk.'],
  [instructions('curbside', 'in_store'), 'Follow the steps under “How to pick up”.'],
  [[], 'The next update will appear on this page.'],
])('during the handover, instructions %j lead to "%s"', (list, words) => {
  const { container } = show(pickupOrder('handing_over', { instructions: list }));
  expect(container.textContent).toBe(`The store knows you are here. ${words}`);
  expect(announced()).toBe('');
});

test('instructions that change from curbside to in store are announced', () => {
  const { poll } = show(pickupOrder('handing_over'));
  poll(pickupOrder('handing_over', { instructions: instructions('in_store') }));
  expect(announced()).toBe('The store knows you are here. Go inside to the pickup desk.');
});

test('during the handover, an update that arrives later replaces the next step and is not announced here', () => {
  const ready = update('Your order is ready for pickup.');
  const { poll, container } = show(pickupOrder('handing_over', {}, { updates: [ready] }));
  expect(container.textContent).toBe(CURBSIDE);
  const inside = update('Please pick up your order <b>inside</b> the store.');
  poll(pickupOrder('handing_over', {}, { updates: [ready, inside] }));
  expect(container.textContent).toBe(
    'The store knows you are here. Please pick up your order <b>inside</b> the store.',
  );
  expect(container.querySelector('bdi')?.dir).toBe('auto');
  expect(announced()).toBe('');
  poll(pickupOrder('handing_over', {}, { updates: [ready, inside, update('x'.repeat(500))] }));
  expect(container.textContent?.length).toBeLessThan(180);
});

test.each([
  ['ready', 'read'],
  ['handing_over', 'read'],
] as const)('in stage %s, a %s link shows nothing', (stage, access) => {
  expect(show(pickupOrder(stage, {}, { access })).container.textContent).toBe('');
  expect(findButton()).toBeNull();
});

test.each(['packing', 'unknown', 'done', 'cancelled'] as const)(
  'in stage %s, nothing is shown',
  (stage) => {
    const { container, poll } = show(pickupOrder(stage));
    expect(container.textContent).toBe('');
    expect(container.firstElementChild?.className).toBe('arrival');
    poll(order());
    expect(container.textContent).toBe('');
  },
);
