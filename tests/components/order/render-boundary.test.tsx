import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RenderBoundary } from '@/components/order/render-boundary';
import { takeRenderErrors } from '@/lib/client/order/render-errors';
import { act, render, screen } from '@/tests/support/render';
import { shellCopy } from '@/lib/order/copy/en-US/shell';

let rendered = 0;
let isBroken = false;
const onError = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  // React logs each caught error to the console.
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

/** Whether there was an attempt during the time: React may render more than once per attempt. */
async function pass(ms: number): Promise<boolean> {
  const before = rendered;
  await act(() => vi.advanceTimersByTimeAsync(ms));
  return rendered > before;
}

test('children are rendered again after an error', async () => {
  render(fragile());
  expect(screen.getByText('Loading')).toBeTruthy();
  isBroken = false;
  await pass(100);
  expect(screen.getByText('The order')).toBeTruthy();
  expect(onError).toHaveBeenCalledOnce();
});

test('after three attempts with growing pauses a reload and the support link are offered', async () => {
  render(fragile());
  const attempts: boolean[] = [];
  for (const ms of [99, 1, 999, 1, 4_999, 1, 3_600_000]) attempts.push(await pass(ms));
  expect(attempts).toEqual([false, true, false, true, false, true, false]);
  expect(screen.getByRole('heading').textContent).toBe(shellCopy.failed.title);
  expect(screen.getByRole('button').textContent).toBe(shellCopy.failed.reload);
  expect(screen.getByRole('link').getAttribute('href')).toBe('https://www.example.com/help');
});

test('an error after one minute without errors gets three new attempts', async () => {
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

test('several errors of one render count as one attempt', async () => {
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

test('at most four error names are stored, and unlisted names are stored as “other”', async () => {
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
