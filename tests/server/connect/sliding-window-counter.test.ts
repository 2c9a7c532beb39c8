import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSlidingWindowCounter } from '@/lib/server/connect/sliding-window-counter';

test('the counter holds exactly the values added within the window, in order', () => {
  const step = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constant('add' as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let nowMs = 0;
      const recent = createSlidingWindowCounter<number>(() => nowMs, 1_000);
      let added: { atMs: number; value: number }[] = [];
      for (const [value, one] of steps.entries()) {
        if (one === 'add') {
          recent.add(value);
          added.push({ atMs: nowMs, value });
        } else nowMs += one;
        added = added.filter(({ atMs }) => nowMs - atMs < 1_000);
        expect(recent.count()).toBe(added.length);
        expect(recent.values()).toEqual(added.map((entry) => entry.value));
      }
      recent.clear();
      expect(recent.values()).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('a value is not returned after the window, even if most values are newer', () => {
  let nowMs = 0;
  const recent = createSlidingWindowCounter<string>(() => nowMs, 1_000);
  recent.add('old');
  nowMs = 500;
  for (const value of ['a', 'b', 'c']) recent.add(value);
  nowMs = 1_000;
  expect(recent.values()).toEqual(['a', 'b', 'c']);
  expect(recent.count()).toBe(3);
});
