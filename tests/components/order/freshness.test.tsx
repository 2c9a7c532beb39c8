import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Freshness } from '@/components/order/freshness';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { act, fireEvent, render, screen } from '@/tests/support/render';

const nowMs = Date.parse('2026-11-20T21:00:00Z');
const refetchNow = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ now: nowMs });
  refetchNow.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
});

function pass(ms: number) {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

function freshness(behindSinceMs: number | undefined, isOffline = false) {
  return <Freshness behindSinceMs={behindSinceMs} isOffline={isOffline} refetchNow={refetchNow} />;
}

/** The visible text without the separator, which is hidden from screen readers. */
function shown(): string | undefined {
  return screen.queryByText(/checked/)?.parentElement?.textContent;
}

function announced(): string | null {
  return screen.getByRole('status').textContent;
}

test('an order that is up to date has no notice', () => {
  render(freshness(undefined));
  pass(120_000);
  expect(shown()).toBeUndefined();
  expect(announced()).toBe('');
});

test('for 30 seconds nothing is shown or announced, then both', () => {
  render(freshness(nowMs));
  pass(29_000);
  expect(shown()).toBeUndefined();
  expect(announced()).toBe('');
  expect(screen.queryByRole('button')).toBeNull();
  pass(1_000);
  expect(shown()).toBe('checked just now');
  expect(announced()).toBe(copy.connection.reconnecting);
});

test('the age grows and is not announced', () => {
  render(freshness(nowMs));
  pass(60_000);
  expect(shown()).toBe('checked 1 min. ago');
  pass(60_000);
  expect(shown()).toBe('checked 2 min. ago');
  expect(announced()).toBe(copy.connection.reconnecting);
});

test('after six hours the time replaces the age', () => {
  render(freshness(nowMs - 7 * 3_600_000));
  expect(shown()).toMatch(/^checked 8:00\sAM$/);
});

test('an offline page announces that', () => {
  render(freshness(nowMs - 60_000, true));
  expect(announced()).toBe(copy.connection.offline);
  expect(shown()).toBe('checked 1 min. ago');
});

test('after the recovery the notice stays for five seconds, so that it can be read', () => {
  const { rerender } = render(freshness(nowMs - 60_000));
  rerender(freshness(undefined));
  expect(announced()).toBe('');
  expect(shown()).toBe('checked just now');
  pass(4_900);
  expect(shown()).toBe('checked just now');
  pass(100);
  expect(shown()).toBeUndefined();
});

test('a second failure within five seconds keeps the notice only if the order is old', () => {
  const { rerender } = render(freshness(nowMs - 60_000));
  rerender(freshness(undefined));
  pass(3_000);
  rerender(freshness(nowMs + 3_000));
  pass(10_000);
  expect(shown()).toBeUndefined();
  pass(30_000);
  expect(shown()).toBe('checked just now');
});

test('the button refetches the order', () => {
  render(freshness(nowMs - 60_000));
  fireEvent.click(screen.getByRole('button', { name: copy.status.checkAgain }));
  expect(refetchNow).toHaveBeenCalledOnce();
});
