import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RenderBoundary } from '@/components/order/render-boundary';
import { takeRenderErrors } from '@/lib/client/order/render-errors';
import * as errorCopy from '@/lib/order/copy/en-US/error-page';
import { act, render, screen } from '@/tests/support/render';

let rendered = 0;
let isBroken = false;
const onError = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  // React reports each caught error on the console.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  rendered = 0;
  isBroken = true;
  onError.mockClear();
});
afterEach(() => {
  vi.mocked(console.error).mockClear();
  vi.useRealTimers();
  takeRenderErrors();
});

function Fragile() {
  countRendering();
  if (isBroken) throw new RangeError('Zelma’s message');
  return <p>The order</p>;
}

function countRendering() {
  rendered += 1;
}

function fragile() {
  return (
    <RenderBoundary
      fallback={<p>Loading</p>}
      supportUrl="https://www.example.com/help"
      onError={onError}
    >
      <Fragile />
    </RenderBoundary>
  );
}

/** Whether there was an attempt meanwhile: React may render more than once for one. */
async function pass(ms: number): Promise<boolean> {
  const before = rendered;
  await act(() => vi.advanceTimersByTimeAsync(ms));
  return rendered > before;
}

test('renders again after an error, and is as before', async () => {
  render(fragile());
  expect(screen.getByText('Loading')).toBeTruthy();
  isBroken = false;
  await pass(100);
  expect(screen.getByText('The order')).toBeTruthy();
  expect(onError).toHaveBeenCalledOnce();
});

test('tries three times with growing pauses, then offers reload and the store’s contact', async () => {
  render(fragile());
  const attempts: boolean[] = [];
  for (const ms of [99, 1, 999, 1, 4_999, 1, 3_600_000]) attempts.push(await pass(ms));
  expect(attempts).toEqual([false, true, false, true, false, true, false]);
  expect(screen.getByRole('heading').textContent).toBe(errorCopy.pageFailed);
  expect(screen.getByRole('button').textContent).toBe(errorCopy.reload);
  expect(screen.getByRole('link').getAttribute('href')).toBe('https://www.example.com/help');
});

test('an error after a minute without one gets its three attempts', async () => {
  const { rerender } = render(fragile());
  for (const ms of [100, 1_000]) await pass(ms);
  isBroken = false;
  await pass(5_000);
  expect(screen.getByText('The order')).toBeTruthy();
  await pass(60_000);
  isBroken = true;
  rerender(fragile());
  expect(screen.getByText('Loading')).toBeTruthy();
  isBroken = false;
  await pass(100);
  expect(screen.getByText('The order')).toBeTruthy();
});

test('several errors of one rendering are one attempt', async () => {
  function Broken() {
    if (isBroken) throw new TypeError('');
    return <p>Part</p>;
  }
  render(
    <RenderBoundary fallback={<p>Loading</p>} supportUrl={undefined}>
      <Broken />
      <Broken />
      <Broken />
    </RenderBoundary>,
  );
  isBroken = false;
  await pass(100);
  expect(screen.getAllByText('Part')).toHaveLength(3);
});

test('keeps the names of errors, four at most, and none that is not on the list', async () => {
  render(fragile());
  for (const ms of [100, 1_000, 5_000]) await pass(ms);
  expect(takeRenderErrors()).toBe('RangeError,RangeError,RangeError,RangeError');
  expect(takeRenderErrors()).toBe('');
  function Odd(): never {
    throw Object.assign(new Error('text'), { name: 'John’s address' });
  }
  render(
    <RenderBoundary fallback={<p>Loading</p>} supportUrl={undefined}>
      <Odd />
    </RenderBoundary>,
  );
  expect(takeRenderErrors()).toBe('other');
});
