import { afterEach, expect, vi } from 'vitest';

// Tests fail on console output, because unread warnings hide important warnings.
const noise = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];

afterEach(() => {
  const calls = noise.flatMap((spy) => spy.mock.calls);
  noise.forEach((spy) => spy.mockClear());
  expect(calls).toEqual([]);
});
