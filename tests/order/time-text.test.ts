import { expect, test } from 'vitest';
import {
  formatAge,
  formatClock,
  formatDay,
  formatExact,
  formatMoment,
  isYesterday,
} from '@/lib/order/time-text';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { copy as french } from '@/lib/order/copy/fr-CA/order-page';

// The time zone of the tests, Chicago, is six hours behind UTC in November and five in July.
const at = '2026-11-20T20:41:00Z';
const nowMs = Date.parse('2026-11-20T23:00:00Z');

/** Replaces narrow and no-break spaces, which differ between versions of ICU. */
function plain(text: string | undefined): string | undefined {
  return text?.replace(/[\u00a0\u202f]/g, ' ');
}

test('clock times are in the reader’s time zone, with daylight saving time', () => {
  expect(plain(formatClock(at, 'en-US'))).toBe('2:41 PM');
  expect(plain(formatClock('2026-07-20T20:41:00Z', 'en-US'))).toBe('3:41 PM');
});

test('clock times have the format of the locale', () => {
  expect(plain(formatClock(at, 'fr-CA'))).toBe('14 h 41');
  expect(plain(formatClock(at, 'de'))).toBe('14:41');
});

test('the exact time names the day in full', () => {
  expect(plain(formatExact(at, 'en-US'))).toBe('Friday, November 20, 2026 at 2:41 PM');
  expect(plain(formatExact(at, 'es-US'))).toMatch(/^viernes, 20 de noviembre de 2026/);
});

test('days are today, yesterday or a date, by the reader’s midnight', () => {
  expect(formatDay(at, nowMs, copy)).toBe('Today');
  expect(formatDay('2026-11-20T06:00:00Z', nowMs, copy)).toBe('Today');
  expect(formatDay('2026-11-20T05:59:00Z', nowMs, copy)).toBe('Yesterday');
  expect(formatDay('2026-11-19T05:59:00Z', nowMs, copy)).toBe('Wednesday, November 18');
  expect(formatDay(at, nowMs, french)).toBe('Aujourd’hui');
});

test('yesterday is the day before, also when the night was an hour longer or shorter', () => {
  // Clocks went back on 1 November 2026 and forward on 8 March.
  expect(formatDay('2026-11-01T05:30:00Z', Date.parse('2026-11-02T06:30:00Z'), copy)).toBe(
    'Yesterday',
  );
  expect(formatDay('2026-03-08T06:30:00Z', Date.parse('2026-03-09T05:30:00Z'), copy)).toBe(
    'Yesterday',
  );
});

test('a moment has its date unless it is today', () => {
  expect(plain(formatMoment(at, nowMs, 'en-US'))).toBe('2:41 PM');
  expect(plain(formatMoment('2026-11-19T20:41:00Z', nowMs, 'en-US'))).toBe('Nov 19, 2:41 PM');
});

test('a day of another year has the year', () => {
  expect(formatDay('2025-12-31T20:41:00Z', nowMs, copy)).toBe('Wednesday, December 31, 2025');
  expect(plain(formatMoment('2025-12-31T20:41:00Z', nowMs, 'en-US'))).toBe('Dec 31, 2025, 2:41 PM');
});

test('ages are short, and undefined from six hours on', () => {
  expect(formatAge(nowMs - 60_000, nowMs, copy)).toBe('1 min. ago');
  expect(formatAge(nowMs - 120_000, nowMs, copy)).toBe('2 min. ago');
  expect(formatAge(nowMs - 3_599_000, nowMs, copy)).toBe('59 min. ago');
  expect(formatAge(nowMs - 3_600_000, nowMs, copy)).toBe('1 hr. ago');
  expect(formatAge(nowMs - 3 * 3_600_000, nowMs, copy)).toBe('3 hr. ago');
  expect(formatAge(nowMs - 6 * 3_600_000 + 1_000, nowMs, copy)).toBe('5 hr. ago');
  expect(formatAge(nowMs - 6 * 3_600_000, nowMs, copy)).toBeUndefined();
  expect(formatAge(nowMs - 2_154 * 86_400_000, nowMs, copy)).toBeUndefined();
});

test('the last minute and the future are “just now”', () => {
  expect(formatAge(nowMs - 59_000, nowMs, copy)).toBe('just now');
  expect(formatAge(nowMs + 600_000, nowMs, copy)).toBe('just now');
});

test('yesterday begins and ends at the reader’s midnight', () => {
  const morningMs = Date.parse('2026-11-20T07:00:00Z');
  expect(isYesterday('2026-11-20T05:59:00Z', morningMs)).toBe(true);
  expect(isYesterday('2026-11-20T06:01:00Z', morningMs)).toBe(false);
  expect(isYesterday('2026-11-19T05:59:00Z', morningMs)).toBe(false);
});
