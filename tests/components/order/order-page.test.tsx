import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { memo, Profiler } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OrderPage } from '@/components/order/order-page';
import { Skeleton } from '@/components/order/skeleton';
import type { OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { act, fireEvent, render, screen } from '@/tests/support/render';
import {
  at,
  fromCustomer,
  fromShopper,
  order,
  progress,
  update,
  settings,
} from '@/tests/support/sample-order';

// Records the renders of each part of the page.
const rendered = vi.hoisted((): string[] => []);

vi.mock(import('@/components/order/status-block'), async (importOriginal) => {
  const { StatusBlock } = await importOriginal();
  return {
    StatusBlock: (props) => (
      <Profiler id="status" onRender={(id) => rendered.push(id)}>
        <StatusBlock {...props} />
      </Profiler>
    ),
  };
});
vi.mock(import('@/components/chat/thread-row'), async (importOriginal) => {
  const { ThreadRow } = await importOriginal();
  return {
    ThreadRow: memo((props) => (
      <Profiler id="row" onRender={(id) => rendered.push(id)}>
        <ThreadRow {...props} />
      </Profiler>
    )),
  };
});

let current: { view: OrderView; etag: string };
let polls = 0;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(at('15:00')) });
  polls = 0;
  vi.stubGlobal('fetch', async (_path: string, init: { headers: Record<string, string> }) => {
    polls += 1;
    const { view, etag } = current;
    if (init.headers['if-none-match'] === etag) return new Response(null, { status: 304 });
    return new Response(JSON.stringify(view), { headers: { etag } });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function pass(ms: number) {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

async function openPage(view: OrderView) {
  current = { view, etag: 'W/"1"' };
  const queryClient = new QueryClient();
  render(
    <QueryClientProvider client={queryClient}>
      <OrderPage token="t" skeleton={<Skeleton copy={copy} />} settings={settings} />
    </QueryClientProvider>,
  );
  expect(screen.getByText('Loading your order…')).toBeTruthy();
  await pass(1);
  rendered.length = 0;
}

const hello = fromShopper('Hello');
const picking = update('Picking', { at: at('14:59') });

test('a poll without changes renders no part of the order', async () => {
  await openPage(order({ messages: [hello] }, { updates: [picking], pollAfterMs: 1_000 }));
  // Not five seconds, because the clock of the freshness has steps of five seconds.
  await pass(4_990);
  expect(polls).toBeGreaterThanOrEqual(4);
  expect(rendered).toEqual([]);
});

test('a new message renders a row', async () => {
  const view = order({ messages: [hello] }, { updates: [picking], pollAfterMs: 1_000 });
  await openPage(view);
  const messages = [hello, fromShopper('News')];
  current = { view: { ...view, chat: { ...view.chat, messages } }, etag: 'W/"2"' };
  await pass(1_500);
  expect(screen.getByText('News')).toBeTruthy();
  expect(rendered).toContain('row');
});

test('a newly read message renders two rows: its own and the one that had the mark', async () => {
  const [first, second] = [fromCustomer('One', { read: true }), fromCustomer('Two')];
  const view = order({ messages: [first, hello, second] }, { pollAfterMs: 1_000 });
  await openPage(view);
  const messages = [first, hello, { ...second, read: true }];
  current = { view: { ...view, chat: { ...view.chat, messages } }, etag: 'W/"2"' };
  await pass(1_500);
  expect(screen.getByText(/Seen/)).toBeTruthy();
  expect(rendered.filter((id) => id === 'row')).toHaveLength(2);
});

test('polling ends when the order cannot change any more', async () => {
  const { pollAfterMs, ...settled } = order({ state: 'expired', canReply: false });
  expect(pollAfterMs).toBeDefined();
  await openPage(settled);
  await pass(3_600_000);
  expect(polls).toBe(1);
});

test('the page polls at the interval of the server', async () => {
  await openPage(order({ state: 'waiting', canReply: false }, { pollAfterMs: 30_000 }));
  await pass(20_000);
  expect(polls).toBe(1);
  await pass(20_000);
  expect(polls).toBe(2);
});

function readSections() {
  return [...document.querySelectorAll('.order-grid')].map((grid) => [
    grid.getAttribute('data-section'),
    ...screen.queryAllByRole('button', { pressed: true }).map((button) => button.textContent),
  ])[0];
}

test('an open chat is the first section, and the reader’s choice survives a poll', async () => {
  const view = order({ messages: [hello] }, { updates: [picking], pollAfterMs: 1_000 });
  await openPage(view);
  expect(readSections()).toEqual(['chat', 'Chat11 new message']);
  fireEvent.click(screen.getByRole('button', { name: 'Updates' }));
  expect(readSections()).toEqual(['updates', 'Updates']);
  const messages = [hello, fromShopper('News')];
  current = { view: { ...view, chat: { ...view.chat, messages } }, etag: 'W/"2"' };
  await pass(1_500);
  expect(readSections()).toEqual(['updates', 'Updates']);
  expect(screen.getByRole('button', { name: /^Chat ?2 new messages$/ })).toBeTruthy();
});

test.each(['waiting', 'expired'] as const)(
  'without a chat (%s) the updates are shown, and there is no switch and no chat panel',
  async (state) => {
    await openPage(order({ state, canReply: false }, { updates: [picking] }));
    expect(readSections()).toEqual(['updates']);
    expect(screen.queryByRole('group')).toBeNull();
    expect(screen.queryByRole('region', { name: /^Messages/ })).toBeNull();
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getByRole('region', { name: 'Updates' }).textContent).toContain('Picking');
  },
);

test('an account without messages, updates and progress gets a message of its own', async () => {
  const chat = { state: 'unavailable', canReply: false } as const;
  const { pollAfterMs, ...settled } = order(chat);
  expect(pollAfterMs).toBeDefined();
  await openPage(settled);
  expect(screen.getByRole('heading', { name: copy.nothingShown.title })).toBeTruthy();
});

test('an unavailable chat of an order with progress shows the progress and no empty updates', async () => {
  const chat = { state: 'unavailable', canReply: false } as const;
  await openPage(order(chat, { order: progress({ stage: 'shopping' }), access: 'share' }));
  expect(screen.getByRole('list', { name: copy.status.progress })).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Updates' })).toBeNull();
  expect(screen.getByText(copy.chat.sharedHint)).toBeTruthy();
});
