import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useLoadedLater } from '@/lib/client/hooks/use-loaded-later';
import { act, fireEvent, render, screen } from '@/tests/support/render';

const RETRY_MS = 5_000;
/** At most the time until the next frame, with its timer. */
const FRAME_MS = 20;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function pass(ms: number) {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

type Props = { load: () => Promise<string> };

function Page({ load }: Props) {
  const part = useLoadedLater(load);
  const [count, setCount] = useState(0);
  return (
    <>
      <p>{part ?? 'placeholder'}</p>
      <button type="button" onClick={() => setCount(count + 1)}>
        {`Pressed ${count}`}
      </button>
    </>
  );
}

test('a part is loaded once, after the frame that is painted without it', async () => {
  const load = vi.fn(async () => 'part');
  const { rerender } = render(<Page load={load} />);
  expect(load).not.toHaveBeenCalled();
  expect(screen.getByText('placeholder')).toBeTruthy();
  await pass(FRAME_MS);
  rerender(<Page load={load} />);
  await pass(60_000);
  expect(screen.getByText('part')).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(1);
});

test('a failed load is repeated every five seconds, and the rest of the page goes on', async () => {
  const load = vi.fn<() => Promise<string>>();
  load.mockRejectedValueOnce(new Error('no connection'));
  load.mockRejectedValueOnce(new Error('no connection'));
  load.mockResolvedValue('part');
  render(<Page load={load} />);
  await pass(RETRY_MS);
  expect(load).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByRole('button'));
  expect(screen.getByRole('button').textContent).toBe('Pressed 1');
  expect(screen.getByText('placeholder')).toBeTruthy();
  // The state of the failure is rendered after the first of the two.
  await pass(FRAME_MS);
  await pass(FRAME_MS);
  expect(load).toHaveBeenCalledTimes(2);
  await pass(RETRY_MS + FRAME_MS);
  await pass(FRAME_MS);
  expect(screen.getByText('part')).toBeTruthy();
  await pass(60_000);
  expect(load).toHaveBeenCalledTimes(3);
  expect(screen.getByRole('button').textContent).toBe('Pressed 1');
});

test('after the page is left, a failed load is not repeated', async () => {
  const load = vi.fn(() => Promise.reject(new Error('no connection')));
  const { unmount } = render(<Page load={load} />);
  await pass(FRAME_MS);
  unmount();
  await pass(60_000);
  expect(load).toHaveBeenCalledTimes(1);
});

test('after the page is left during the load, its failure starts no timer', async () => {
  let fail: (cause: Error) => void = vi.fn();
  const load = () => new Promise<string>((_, reject) => (fail = reject));
  const { unmount } = render(<Page load={load} />);
  await pass(FRAME_MS);
  unmount();
  fail(new Error('no connection'));
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
});
