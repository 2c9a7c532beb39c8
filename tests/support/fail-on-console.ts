import { afterEach, expect, vi } from 'vitest';

// Noise is a failure: a warning nobody reads hides the one that matters.
const noise = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];

afterEach(() => {
  const calls = noise.flatMap((spy) => spy.mock.calls);
  noise.forEach((spy) => spy.mockClear());
  expect(calls).toEqual([]);
});
