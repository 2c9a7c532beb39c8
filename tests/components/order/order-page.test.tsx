import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { memo, Profiler } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OrderPage } from '@/components/order/order-page';
import { Skeleton } from '@/components/order/skeleton';
import type { OrderView } from '@/lib/order/order-view';
import { act, render, screen } from '@/tests/support/render';
import { at, fromCustomer, fromShopper, order, update } from '@/tests/support/sample-order';

// Records the renders of each part of the page.
const rendered = vi.hoisted((): string[] => []);

vi.mock(import('@/components/order/now-panel'), async (importOriginal) => {
  const { NowPanel } = await importOriginal();
  return {
    NowPanel: (props) => (
      <Profiler id="now" onRender={(id) => rendered.push(id)}>
        <NowPanel {...props} />
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
      <OrderPage token="t" skeleton={<Skeleton />} quickReplies={[]} supportUrl={undefined} />
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
  await pass(5_000);
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
