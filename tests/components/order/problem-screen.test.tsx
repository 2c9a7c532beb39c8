import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemScreen } from '@/components/order/problem-screen';
import { act, fireEvent, render, screen } from '@/tests/support/render';

const supportUrl = 'https://www.example.com/help';
const nowMs = Date.parse('2026-11-20T21:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now: nowMs });
});
afterEach(() => {
  vi.useRealTimers();
});

function pass(ms: number) {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

test.each([
  ['link_invalid', 'This link does not work'],
  ['link_expired', 'This link has expired'],
  ['order_not_found', 'We cannot find this order'],
] as const)('%s is final: a reason, the store’s address, no retry', (problem, title) => {
  render(<ProblemScreen problem={problem} supportUrl={supportUrl} refetchNow={vi.fn()} />);
  expect(screen.getByRole('heading', { level: 1, name: title })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Contact the store' })).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('the countdown runs to the next attempt, and the button starts one at once', () => {
  const refetchNow = vi.fn();
  const props = { problem: 'upstream_unavailable', supportUrl, refetchNow } as const;
  const { rerender } = render(<ProblemScreen {...props} retryAtMs={nowMs + 3_000} />);
  expect(screen.getByText('Trying again in 3 seconds')).toBeTruthy();
  pass(2_000);
  expect(screen.getByText('Trying again in 1 second')).toBeTruthy();
  pass(1_000);
  expect(screen.getByText('Trying again…')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Try again now' }));
  expect(refetchNow).toHaveBeenCalledOnce();
  rerender(<ProblemScreen {...props} retryAtMs={nowMs + 60_000} isFetching />);
  expect(screen.getByText('Trying again…')).toBeTruthy();
  expect(screen.getByRole('button').getAttribute('aria-disabled')).toBe('true');
});
