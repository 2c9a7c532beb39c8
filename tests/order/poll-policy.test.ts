import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  jitter,
  limitPollMs,
  toEarliestPollAtMs,
  toPollAfterMs,
  toRetryDelayMs,
  toSharedPollAfterMs,
  toSpreadPollMs,
} from '@/lib/order/poll-policy';
import { STAGES } from '@/lib/order/stages';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a link that shows progress alone polls every 30 s until the order is over', () => {
  expect(STAGES.filter((stage) => toSharedPollAfterMs(stage) === undefined)).toEqual([
    ...['done', 'cancelled'],
  ]);
  expect(toSharedPollAfterMs('shopping')).toBe(30_000);
  expect(toSharedPollAfterMs(undefined)).toBe(30_000);
});

test('the interval is 5 s after news in an open chat, else 10 s, and 30 s without an open chat', () => {
  expect(toPollAfterMs('open', 1_000, 1_000)).toBe(5_000);
  expect(toPollAfterMs('open', 1_000, 120_999)).toBe(5_000);
  expect(toPollAfterMs('open', 1_000, 121_000)).toBe(10_000);
  expect(toPollAfterMs('open', -Infinity, 0)).toBe(10_000);
  expect(toPollAfterMs('waiting', 1_000, 1_000)).toBe(30_000);
  expect(toPollAfterMs('unavailable', -Infinity, 0)).toBe(30_000);
});

test('jitter is at most 20 % in both directions', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), random, (delayMs, chance) => {
      expect(jitter(delayMs, chance)).toBeGreaterThanOrEqual(Math.floor(delayMs * 0.8));
      expect(jitter(delayMs, chance)).toBeLessThanOrEqual(Math.ceil(delayMs * 1.2));
    }),
    { numRuns: 5_000 },
  );
  expect(jitter(10_000, 0)).toBe(8_000);
  expect(jitter(10_000, 0.999_999)).toBe(12_000);
}, 30_000);

test('failures in a row double the wait from 2 s to 2 min', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((n) => toRetryDelayMs(n, undefined, 0.5));
  expect(delays).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 120_000, 120_000, 120_000]);
});

test('the wait is bounded, and not shorter than the server’s retryAfterMs', () => {
  const retryAfter = fc.option(fc.integer({ min: 0, max: 300_000 }), { nil: undefined });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), retryAfter, random, (n, afterMs, chance) => {
      const delayMs = toRetryDelayMs(n, afterMs, chance);
      expect(delayMs).toBeGreaterThanOrEqual(Math.max(1_600, afterMs ?? 0));
      expect(delayMs).toBeLessThanOrEqual(Math.max(144_000, afterMs ?? 0));
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('with a limited request rate a poll occurs shortly before the next request is due, and then after a short wait', () => {
  expect(toSpreadPollMs(25_000, 0)).toBe(20_000);
  expect(toSpreadPollMs(25_000, 20_000)).toBe(4_000);
  for (const ageMs of [24_500, 25_000, 60_000]) expect(toSpreadPollMs(25_000, ageMs)).toBe(1_500);
});

test('an interval of the server is limited to between one second and one hour', () => {
  const intervals = [-1, 0, 999, 1_000, 1_001, 3_599_999, 3_600_000, 3_600_001, Infinity];
  expect(intervals.map(limitPollMs)).toEqual([
    ...[1_000, 1_000, 1_000, 1_000, 1_001],
    ...[3_599_999, 3_600_000, 3_600_000, 3_600_000],
  ]);
});

test('a wait of the server over one hour is limited to one hour', () => {
  expect(toRetryDelayMs(1, 3_600_001, 0.5)).toBe(3_600_000);
});

test('a poll after an event is one second after the last poll, or two after a failure, or at the next poll', () => {
  const earliest = (pace: Parameters<typeof toEarliestPollAtMs>[0]) =>
    toEarliestPollAtMs(pace, 50_000);
  expect(earliest({})).toBe(50_000);
  expect(earliest({ nextPollMs: 400 })).toBe(50_400);
  expect(earliest({ nextPollMs: 10_000 })).toBe(51_000);
  expect(earliest({ nextPollMs: 10_000, problem: 'upstream_timeout' })).toBe(52_000);
  expect(earliest({ nextPollMs: 10_000, problem: 'slow_down', mustWait: true })).toBe(60_000);
  expect(earliest({ mustWait: true })).toBe(50_000);
});
