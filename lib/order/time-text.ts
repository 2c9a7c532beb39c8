// Times as people read them: dates and clocks in the reader's own zone and locale, and what is a
// word ("today", "2 min. ago") in the language of the words around it.

import { addDays, differenceInMinutes, isSameDay, isSameYear } from 'date-fns';
import { words } from './words';

const formatters = new Map<string, Intl.DateTimeFormat>();

function format(at: string | Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${Object.entries(options).join()}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, formatter);
  return formatter.format(new Date(at));
}

/** "2:41 PM" */
export function formatClock(at: string, locale: string): string {
  return format(at, locale, { timeStyle: 'short' });
}

/** "Saturday, November 21, 2026 at 2:41 PM" */
export function formatExact(at: string, locale: string): string {
  return format(at, locale, { dateStyle: 'full', timeStyle: 'short' });
}

/** "Today", "Yesterday" or "Thursday, November 19"; with the year where it is another. */
export function formatDay(at: string, nowMs: number, locale: string): string {
  if (isSameDay(at, nowMs)) return words.today;
  if (isSameDay(at, addDays(nowMs, -1))) return words.yesterday;
  return format(at, locale, { weekday: 'long', month: 'long', day: 'numeric', ...year(at, nowMs) });
}

/** "2:41 PM" today, "Nov 19, 2:41 PM" on other days; with the year where it is another. */
export function formatMoment(at: string, nowMs: number, locale: string): string {
  if (isSameDay(at, nowMs)) return formatClock(at, locale);
  const day: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric', ...year(at, nowMs) };
  return format(at, locale, { ...day, hour: 'numeric', minute: '2-digit' });
}

function year(at: string, nowMs: number): Intl.DateTimeFormatOptions {
  return isSameYear(at, nowMs) ? {} : { year: 'numeric' };
}

const MINUTES_IN_HOUR = 60;
const MINUTES_IN_DAY = 24 * MINUTES_IN_HOUR;

/** "2 min. ago"; undefined within the last minute and for the future, as clocks differ. */
export function formatAge(atMs: number, nowMs: number): string | undefined {
  const minutes = differenceInMinutes(nowMs, atMs);
  if (minutes < 1) return undefined;
  if (minutes < MINUTES_IN_HOUR) return words.minutesAgo(minutes);
  if (minutes < MINUTES_IN_DAY) return words.hoursAgo(Math.floor(minutes / MINUTES_IN_HOUR));
  return words.daysAgo(Math.floor(minutes / MINUTES_IN_DAY));
}
