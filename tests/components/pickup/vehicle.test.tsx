import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Vehicle } from '@/components/pickup/vehicle';
import type { Vehicle as VehicleData } from '@/lib/order/pickup';
import { fireEvent, render, screen, userEvent, waitFor } from '@/tests/support/render';
import { refusal, stubFetch } from './pickup-order';

const hatchback: VehicleData = { kind: 'hatchback', color: 'red', plate: 'ABC 123' };
const corolla: VehicleData = { ...hatchback, model: 'Toyota Corolla', kind: 'sedan' };

let server: ReturnType<typeof stubFetch>;
const onChanged = vi.fn();

beforeEach(() => {
  server = stubFetch();
  onChanged.mockClear();
});
afterEach(() => {
  onlineManager.setOnline(true);
  vi.unstubAllGlobals();
});

function show(first: VehicleData | undefined, canChange = true) {
  const toElement = (polled: VehicleData | undefined) => (
    <Vehicle polled={polled} token="t" canChange={canChange} onChanged={onChanged} />
  );
  const { rerender, container } = render(toElement(first));
  return { container, poll: (polled: VehicleData | undefined) => rerender(toElement(polled)) };
}

const open = () => userEvent.click(screen.getByRole('button', { name: /your car$/ }));
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const values = () =>
  ['Make and model', 'Type', 'Color', 'License plate'].map((name) => field(name).value);
const row = (container: HTMLElement) => container.querySelector('p:not([role])')?.textContent;
const announced = () => screen.getByRole('status').textContent?.trim();

test('the form opens in the place of the row with the vehicle, and takes the focus', async () => {
  show(hatchback);
  await open();
  expect(values()).toEqual(['', 'hatchback', 'red', 'ABC 123']);
  expect(document.activeElement).toBe(field('Make and model'));
  expect(field('Make and model').maxLength).toBe(100);
  expect(field('License plate').maxLength).toBe(20);
  for (const name of ['Make and model', 'Type', 'Color', 'License plate'])
    expect(field(name).getAttribute('autocomplete')).toBe('off');
  expect([...field('Color').children].map(({ textContent }) => textContent)).toHaveLength(11);
});

test('Cancel closes the form, sends nothing and returns the focus', async () => {
  show(hatchback);
  await open();
  await userEvent.type(field('License plate'), 'X');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  const change = screen.getByRole('button', { name: 'Change your car' });
  expect(document.activeElement).toBe(change);
  expect(server.requests).toEqual([]);
  await open();
  expect(field('License plate').value).toBe('ABC 123');
});

test('a saved vehicle is shown and announced at once, with the focus on its button', async () => {
  const { container } = show(undefined);
  await open();
  await userEvent.type(field('Make and model'), ' Toyota Corolla ');
  await userEvent.selectOptions(field('Color'), 'Red');
  await userEvent.type(field('License plate'), 'X-1{Enter}');
  const sent = { model: 'Toyota Corolla', color: 'red', plate: 'X-1' };
  expect(server.requests).toEqual([
    { path: '/api/order/vehicle', method: 'PUT', authorization: 'Bearer t', body: sent },
  ]);
  server.answer(200, { vehicle: sent });
  await waitFor(() => expect(announced()).toBe('Your car is saved.'));
  expect(row(container)).toBe('Red carToyota Corolla · X-1');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Change your car' }));
  expect(onChanged).toHaveBeenCalledTimes(1);
});

test('a saved vehicle stays while polls still bring the one before, and gives way to a newer one', async () => {
  const { container, poll } = show(hatchback);
  await open();
  await userEvent.selectOptions(field('Type'), 'Sedan');
  await save();
  server.answer(200, { vehicle: { ...hatchback, kind: 'sedan' } });
  await waitFor(() => expect(row(container)).toMatch(/^Red sedan/));
  poll({ ...hatchback });
  expect(row(container)).toMatch(/^Red sedan/);
  poll({ ...hatchback, kind: 'sedan' });
  expect(row(container)).toMatch(/^Red sedan/);
  poll(hatchback);
  expect(row(container)).toMatch(/^Red hatchback/);
});

test('a vehicle that was saved twice stays while polls still bring the first one', async () => {
  const { container, poll } = show(hatchback);
  for (const kind of ['sedan', 'suv'] as const) {
    await open();
    await userEvent.selectOptions(field('Type'), kind);
    await save();
    server.answer(200, { vehicle: { ...hatchback, kind } });
    await waitFor(() => expect(announced()).toBe('Your car is saved.'));
  }
  poll({ ...hatchback });
  expect(row(container)).toMatch(/^Red SUV/);
});

test('a poll neither closes the form nor changes what is typed', async () => {
  const { poll } = show(hatchback);
  await open();
  await userEvent.clear(field('License plate'));
  await userEvent.type(field('License plate'), 'NEW 1');
  poll(corolla);
  poll(undefined);
  expect(values()).toEqual(['', 'hatchback', 'red', 'NEW 1']);
  expect(document.activeElement).toBe(field('License plate'));
});

test('while the vehicle is saved, nothing is sent again and nothing typed is lost', async () => {
  show(hatchback);
  await open();
  await save();
  const saving = screen.getByRole('button', { name: 'Saving…' });
  expect(document.activeElement).toBe(saving);
  await userEvent.click(saving);
  await userEvent.type(field('License plate'), 'X');
  fireEvent.change(field('Color'), { target: { value: 'blue' } });
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(values()).toEqual(['', 'hatchback', 'red', 'ABC 123']);
  expect(field('License plate').readOnly).toBe(true);
  expect(server.requests).toHaveLength(1);
});

test.each([
  ['send_unconfirmed', 504, 'We could not confirm that your car was saved. You can save it again.'],
  ['upstream_unavailable', 503, 'Your car could not be saved. Please try again.'],
  ['invalid_request', 400, 'The store does not accept these details. Please check them.'],
  ['slow_down', 429, 'Too many attempts. Wait a minute, then save again.'],
  ['read_only_link', 403, 'This link cannot change the order, so your car was not saved.'],
  ['not_ready', 409, 'Your car cannot be saved for this order.'],
])('after %s (%i) the form keeps what was typed and says "%s"', async (code, status, words) => {
  show(hatchback);
  await open();
  await userEvent.type(field('Make and model'), 'Golf');
  await save();
  server.answer(status, refusal(code));
  await waitFor(() => expect(announced()).toBe(words));
  expect(screen.getAllByText(words)).toHaveLength(2);
  expect(values()).toEqual(['Golf', 'hatchback', 'red', 'ABC 123']);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Save' }));
  await save();
  expect(server.requests).toHaveLength(2);
});

test('a device without connection says so', async () => {
  show(hatchback);
  await open();
  await save();
  onlineManager.setOnline(false);
  server.fail();
  await waitFor(() => expect(announced()).toMatch(/^You are offline/));
});

test('an empty form is not sent, and the reason is shown', async () => {
  show(undefined);
  await open();
  await userEvent.type(field('License plate'), '  \u200b ');
  await save();
  expect(announced()).toBe('Fill in at least one field.');
  expect(server.requests).toEqual([]);
});

test.each(['7', 'ABC', 'DHY-1234', 'B MW 123 E', '京A·12345', 'ס 12-345-67', 'a b ❤'])(
  'the plate "%s" is sent as typed and shown',
  async (plate) => {
    const { container } = show(undefined);
    await open();
    fireEvent.change(field('License plate'), { target: { value: plate } });
    await save();
    expect(server.requests[0]?.body).toEqual({ plate });
    server.answer(200, { vehicle: { plate } });
    await waitFor(() => expect(row(container)).toContain(plate));
  },
);

test('a field that was emptied and that the store has kept is shown, with the reason', async () => {
  const { container } = show(hatchback);
  await open();
  await userEvent.clear(field('License plate'));
  await save();
  expect(server.requests[0]?.body).toEqual({ kind: 'hatchback', color: 'red' });
  server.answer(200, { vehicle: hatchback });
  await waitFor(() =>
    expect(announced()).toMatch(/^Your car is saved\. Fields that you left empty/),
  );
  expect(row(container)).toBe('Red hatchbackABC 123');
  expect(container.textContent).toContain('keep their earlier value.');
});

test('an answer without a vehicle shows the one that was sent', async () => {
  const { container } = show(undefined);
  await open();
  await userEvent.selectOptions(field('Type'), 'SUV');
  await save();
  server.answer(200, {});
  await waitFor(() => expect(row(container)).toBe('SUV'));
});

test('the store’s markup is shown as text of its own direction', () => {
  const { container } = show({ model: '<b>רכב</b>', color: 'red' });
  const texts = [...container.querySelectorAll('bdi')].map(({ textContent }) => textContent);
  expect(texts).toEqual(['Red car', '<b>רכב</b>']);
});
