import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ConnectionNotice } from '@/components/order/connection-notice';
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

function showNotice(props: Partial<React.ComponentProps<typeof ConnectionNotice>>) {
  render(
    <ConnectionNotice
      asOfMs={nowMs}
      isOffline={false}
      isFetching={false}
      retryAtMs={nowMs + 8_000}
      refetchNow={vi.fn()}
      {...props}
    />,
  );
}

test('the notice shows the growing age and the next attempt', () => {
  showNotice({ retryAtMs: nowMs + 200_000 });
  const notice = screen.getByText(/Updated/).closest('p');
  expect(notice?.textContent).toBe('Updated just now, reconnecting');
  expect(screen.getByRole('status').textContent).toBe('reconnecting');
  expect(screen.getByText('Trying again in 200 seconds')).toBeTruthy();
  pass(130_000);
  expect(notice?.textContent).toBe('Updated 2 min. ago, reconnecting');
  expect(screen.getByRole('status').textContent).toBe('reconnecting');
  expect(screen.getByText('Trying again in 70 seconds')).toBeTruthy();
});

test('the offline notice offers a retry, because the state may be wrong', () => {
  showNotice({ isOffline: true, asOfMs: nowMs - 5 * 60_000 });
  expect(screen.getByText(/Updated/).closest('p')?.textContent).toBe(
    'You are offline. Updated 5 min. ago',
  );
  expect(screen.getByRole('status').textContent).toBe('You are offline.');
  expect(screen.getByRole('button', { name: 'Try again now' })).toBeDefined();
});

test('the countdown is not in a live region', () => {
  showNotice({});
  expect(screen.getByRole('status').textContent).not.toContain('Trying again');
});
