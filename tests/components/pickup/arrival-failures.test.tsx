import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Arrival } from '@/components/pickup/arrival';
import type { OrderView } from '@/lib/order/order-view';
import { render, screen, userEvent, waitFor } from '@/tests/support/render';
import { pickupOrder, refusal, stubFetch } from './pickup-order';

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

function show(supportUrl: string | null = 'https://s.example/') {
  const toElement = (view: OrderView) => (
    <Arrival view={view} token="t" supportUrl={supportUrl ?? undefined} onChanged={onChanged} />
  );
  const { rerender } = render(toElement(pickupOrder()));
  return { poll: (view: OrderView) => rerender(toElement(view)) };
}

const button = () => screen.getByRole('button');
const announced = () => screen.getByRole('status').textContent?.trim();

async function press(status: number, body: unknown) {
  await userEvent.click(button());
  server.answer(status, body);
  await waitFor(() => expect(button().textContent).toBe('I have arrived'));
}

test.each([
  [
    'not_ready',
    409,
    'Your order is not ready yet. Please try again in a few minutes.',
    { link: false, again: true },
  ],
  [
    'send_unconfirmed',
    504,
    'We could not confirm that the store knows you are here. Try again in a minute, or contact the store.',
    { link: true, again: true },
  ],
  [
    'upstream_unavailable',
    503,
    'We could not tell the store that you are here. Try again, or contact the store.',
    { link: true, again: false },
  ],
  [
    'slow_down',
    429,
    'Too many attempts. Wait a minute and try again, or contact the store.',
    { link: true, again: false },
  ],
  [
    'link_expired',
    410,
    'This link cannot tell the store that you are here. Please contact the store.',
    { link: true, again: true },
  ],
])('after %s (%i), the button stays with the words "%s"', async (code, status, words, more) => {
  show();
  await press(status, refusal(code));
  expect(screen.getAllByText(words).length).toBe(2);
  expect(announced()).toBe(words);
  expect(document.activeElement).toBe(button());
  const link = screen.queryByRole('link', { name: 'Contact the store' });
  expect(link?.getAttribute('href')).toBe(more.link ? 'https://s.example/' : undefined);
  expect(onChanged).toHaveBeenCalledTimes(more.again ? 1 : 0);
});

test.each([
  ['an error page of a proxy', 502, '<html>Bad gateway</html>'],
  ['a captive portal', 200, '<html>Log in</html>'],
  ['an unknown code', 500, refusal('news')],
])('after %s, the arrival is unconfirmed and never shown as done', async (_, status, body) => {
  show();
  await press(status, body);
  expect(announced()).toMatch(/^We could not confirm/);
});

test('a broken connection is unconfirmed, and a device without connection says so', async () => {
  show();
  await userEvent.click(button());
  server.fail();
  await waitFor(() => expect(announced()).toMatch(/^We could not confirm/));
  await userEvent.click(button());
  onlineManager.setOnline(false);
  server.fail();
  await waitFor(() => expect(announced()).toMatch(/^You are offline/));
  expect(button().getAttribute('aria-disabled')).toBe('false');
});

test('the same failure twice is announced twice, and keeps its place in between', async () => {
  show();
  await press(409, refusal('not_ready'));
  const first = screen.getByRole('status').textContent;
  await userEvent.click(button());
  expect(screen.getAllByText(/^Your order is not ready yet/)).toHaveLength(2);
  server.answer(409, refusal('not_ready'));
  await waitFor(() => expect(screen.getByRole('status').textContent).not.toBe(first));
  expect(announced()).toBe(first);
});

test('without a support address, a failure has no link', async () => {
  show(null);
  await press(503, refusal('upstream_unavailable'));
  expect(screen.queryByRole('link')).toBeNull();
});

test('an order that is packed again keeps the reason and the focus without the button', async () => {
  const { poll } = show();
  await press(409, refusal('not_ready'));
  const announcement = screen.getByRole('status').textContent;
  poll(pickupOrder('packing', { canArrive: false }));
  expect(screen.queryByRole('button')).toBeNull();
  expect(document.activeElement?.textContent).toMatch(/^Your order is not ready yet/);
  expect(screen.getByRole('status').textContent).toBe(announcement);
  poll(pickupOrder());
  expect(document.activeElement).toBe(button());
  expect(screen.queryAllByText(/^Your order is not ready yet/)).toHaveLength(1);
});

test('a cancelled order shows no reason', async () => {
  const { poll } = show();
  await press(409, refusal('not_ready'));
  poll(pickupOrder('cancelled', { canArrive: false }));
  expect(screen.getAllByText(/^Your order is not ready yet/)).toEqual([screen.getByRole('status')]);
});
