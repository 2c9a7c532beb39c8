import { onlineManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OrderPage } from '@/components/order/order-page';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { act, fireEvent, render, screen } from '@/tests/support/render';
import { at, fromShopper, order, settings } from '@/tests/support/sample-order';

// A page whose browser reports a wrong connection state or a wrong visibility.

let polls = 0;
let sends: string[] = [];
let isNetworkUp = true;
let visibility: DocumentVisibilityState = 'visible';
let settle: (() => Promise<Response>) | undefined;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(at('15:00')) });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => isNetworkUp);
  [polls, sends, isNetworkUp, visibility, settle] = [0, [], true, 'visible', undefined];
  vi.stubGlobal('fetch', async (path: string, init: { method?: string; body?: string }) => {
    const isReport = path === '/api/order/read';
    if (isReport && isNetworkUp) return new Response(null, { status: 204 });
    if (isReport) throw new TypeError('Failed to fetch');
    if (init.method === 'POST') sends.push(init.body ?? '');
    else polls += 1;
    if (settle) return settle();
    if (!isNetworkUp) throw new TypeError('Failed to fetch');
    if (init.method !== 'POST') return Response.json(order({ messages: [fromShopper('Hello')] }));
    return Response.json({ message: { id: `m${sends.length}`, at: at('15:01') } }, { status: 201 });
  });
});
afterEach(() => {
  onlineManager.setOnline(true);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function pass(ms: number) {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

async function emit(target: EventTarget, type: string) {
  await act(() => void target.dispatchEvent(new Event(type, { bubbles: true })));
}

async function openPage() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <OrderPage token="t" skeleton={null} settings={settings} />
    </QueryClientProvider>,
  );
  await pass(1);
  expect(screen.getByText('Hello')).toBeTruthy();
}

async function write(text: string) {
  fireEvent.change(screen.getByRole('textbox'), { target: { value: text } });
  fireEvent.click(screen.getByRole('button', { name: copy.composer.send }));
  await pass(1);
}

function expectNoNotice() {
  expect(screen.queryByText(copy.composer.offline)).toBeNull();
  expect(screen.queryByText(copy.composer.behind)).toBeNull();
  expect(screen.queryByText(copy.connection.offline)).toBeNull();
  expect(screen.queryByText(/checked/)).toBeNull();
}

test('a wrong offline event does not stop polls and sends, and shows no notice', async () => {
  await openPage();
  await emit(window, 'offline');
  await write('Still here');
  expectNoNotice();
  await pass(1_000);
  expect(polls).toBeGreaterThanOrEqual(2);
  expect(sends).toHaveLength(1);
  expectNoNotice();
  const before = polls;
  await pass(30_000);
  expect(polls).toBeGreaterThanOrEqual(before + 2);
});

test('without an online event the status offers “Check again” after 30 seconds, and the timer detects the network', async () => {
  await openPage();
  isNetworkUp = false;
  await emit(window, 'offline');
  await write('For later');
  await pass(1_000);
  expect(screen.getByText(copy.composer.offline)).toBeTruthy();
  expect(screen.getByText(copy.delivery.queued)).toBeTruthy();
  expect(screen.queryByText(copy.connection.offline)).toBeNull();
  await pass(35_000);
  expect(screen.getByText(copy.connection.offline)).toBeTruthy();
  const before = polls;
  fireEvent.click(screen.getByRole('button', { name: copy.status.checkAgain }));
  await pass(1);
  expect(polls).toBe(before + 1);
  isNetworkUp = true;
  await pass(80_000);
  expectNoNotice();
  expect(sends).toHaveLength(1);
});

test('an order that the server could not read again is marked as old after 30 seconds', async () => {
  await openPage();
  settle = async () => new Response('{}', { status: 503 });
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Half a sent' } });
  await pass(15_000);
  expectNoNotice();
  await pass(35_000);
  expect(screen.getByText(copy.composer.behind)).toBeTruthy();
  expect(screen.getByText(/checked/)).toBeTruthy();
  expect(screen.getByText(copy.connection.reconnecting)).toBeTruthy();
  settle = undefined;
  await pass(120_000);
  expectNoNotice();
});

test('a page that lost its network without an event queues its messages', async () => {
  await openPage();
  isNetworkUp = false;
  await write('In the tunnel');
  await pass(120_000);
  isNetworkUp = true;
  await pass(145_000);
  expect(screen.queryByText(copy.delivery.unconfirmed)).toBeNull();
  expect(JSON.parse(sends.at(-1) ?? '')).toMatchObject({ body: 'In the tunnel' });
  const count = sends.length;
  await pass(60_000);
  expect(sends).toHaveLength(count);
});

test('bursts of events cause at most one poll per second, and one per two seconds after failures', async () => {
  await openPage();
  async function burst() {
    const before = polls;
    for (let i = 0; i < 200; i++) {
      await emit(window, i % 2 ? 'online' : 'offline');
      await emit(document, 'visibilitychange');
      await pass(50);
    }
    return polls - before;
  }
  expect(await burst()).toBeLessThanOrEqual(10);
  isNetworkUp = false;
  expect(await burst()).toBeLessThanOrEqual(6);
});

test('the waits double while the network is down', async () => {
  await openPage();
  isNetworkUp = false;
  await pass(10_000);
  const before = polls;
  await pass(60_000);
  expect(polls - before).toBe(4);
});

test('a page that the browser reports as hidden polls once per minute, and sends', async () => {
  await openPage();
  visibility = 'hidden';
  await emit(document, 'visibilitychange');
  const before = polls;
  await pass(59_000);
  expect(polls).toBe(before);
  await pass(121_000);
  expect(polls).toBe(before + 3);
  await write('Seen after all');
  expect(sends).toHaveLength(1);
});

test('a page that the browser reports as hidden retries a failed send', async () => {
  await openPage();
  visibility = 'hidden';
  await emit(document, 'visibilitychange');
  settle = () => Promise.reject(new TypeError('reset'));
  await write('Once more');
  settle = undefined;
  await pass(2_000);
  expect(sends).toHaveLength(2);
});

test.each(['pointerdown', 'keydown', 'focus'])(
  'after timers are lost, a %s event causes a poll if one is due',
  async (type) => {
    await openPage();
    const before = polls;
    await emit(window, type);
    expect(polls).toBe(before);
    vi.clearAllTimers();
    await pass(20_000);
    expect(polls).toBe(before);
    await emit(window, type);
    expect(polls).toBe(before + 1);
  },
);

test.each(['resume', 'visibilitychange', 'online'])(
  'a %s event causes a poll at once',
  async (type) => {
    await openPage();
    await pass(5_000);
    const before = polls;
    await emit(document, type);
    await pass(1);
    expect(polls).toBe(before + 1);
  },
);
