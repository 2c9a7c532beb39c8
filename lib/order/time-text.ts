// Formats times in the reader's time zone and in the language of the page.

import { isSameDay } from 'date-fns';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The formatter is created once per locale and options, because that takes a slow phone ten milliseconds. */
export function findFormatter(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${Object.entries(options).join()}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, formatter);
  return formatter;
}

function format(at: string | Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  return findFormatter(locale, options).format(new Date(at));
}

/** "2:41 PM" */
export function formatClock(at: string | Date, locale: string): string {
  return format(at, locale, { timeStyle: 'short' });
}

/** "Saturday, November 21, 2026 at 2:41 PM" */
export function formatExact(at: string, locale: string): string {
  return format(at, locale, { dateStyle: 'full', timeStyle: 'short' });
}

/** "Today", "Yesterday" or "Thursday, November 19"; with the year if it is not the current one. */
export function formatDay(at: string, nowMs: number, copy: OrderCopy): string {
  if (isSameDay(at, nowMs)) return copy.today;
  if (isYesterday(at, nowMs)) return copy.yesterday;
  const date = { weekday: 'long', month: 'long', day: 'numeric', ...year(at, nowMs) } as const;
  return format(at, copy.locale, date);
}

/** Whether `at` is on the previous calendar day in the reader's time zone. */
export function isYesterday(at: string, nowMs: number): boolean {
  const dayBefore = new Date(nowMs);
  dayBefore.setDate(dayBefore.getDate() - 1);
  return isSameDay(at, dayBefore);
}

/** "2:41 PM" today, "Nov 19, 2:41 PM" on other days; with the year if it is not the current one. */
export function formatMoment(at: string | Date, nowMs: number, locale: string): string {
  if (isSameDay(at, nowMs)) return formatClock(at, locale);
  const day: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric', ...year(at, nowMs) };
  return format(at, locale, { ...day, hour: 'numeric', minute: '2-digit' });
}

function year(at: string | Date, nowMs: number): Intl.DateTimeFormatOptions {
  const isThisYear = new Date(at).getFullYear() === new Date(nowMs).getFullYear();
  return isThisYear ? {} : { year: 'numeric' };
}

function formatAgo(n: number, unit: 'minute' | 'hour', locale: string): string {
  return new Intl.RelativeTimeFormat(locale, { style: 'short' }).format(-n, unit);
}

const MINUTE_MS = 60_000;
const MINUTES_IN_HOUR = 60;
const MAX_AGE_MINUTES = 6 * MINUTES_IN_HOUR;

/**
 * "just now" (for the near future too, because clocks differ), "2 min. ago" or "5 hr. ago". Undefined from six
 * hours on, because the date is then more useful than the age.
 */
export function formatAge(atMs: number, nowMs: number, copy: OrderCopy): string | undefined {
  const minutes = Math.floor((nowMs - atMs) / MINUTE_MS);
  if (minutes < 1) return copy.justNow;
  if (minutes < MINUTES_IN_HOUR) return formatAgo(minutes, 'minute', copy.locale);
  if (minutes < MAX_AGE_MINUTES)
    return formatAgo(Math.floor(minutes / MINUTES_IN_HOUR), 'hour', copy.locale);
  return undefined;
}
