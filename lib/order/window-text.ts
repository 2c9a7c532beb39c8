// Formats delivery and pickup windows: "today, 2 – 4 PM" in the reader's time zone and locale.

import { addDays, isSameDay, subMilliseconds } from 'date-fns';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import { findFormatter, formatClock, formatDay } from './time-text';

const HALF_HOUR_MS = 30 * 60_000;

/** "today, 2 – 4 PM", "tomorrow, 10:30 AM – 12 PM" or "Monday, November 30, 2 – 4 PM". */
export function formatWindow(
  { from, to }: { from: string; to: string },
  nowMs: number,
  copy: OrderCopy,
): string {
  // A window until midnight belongs to the day before.
  const isOneDay = isSameDay(from, subMilliseconds(to, 1));
  const formatter = findFormatter(copy.locale, {
    hour: 'numeric',
    ...([from, to].some(hasMinutes) && { minute: '2-digit' }),
    // A window that ends on another day names both days.
    ...(!isOneDay && { month: 'short', day: 'numeric' }),
  });
  const hours =
    isOneDay && !isSameDay(from, to)
      ? `${formatter.format(new Date(from))} – ${formatter.format(new Date(to))}`
      : formatter.formatRange(new Date(from), new Date(to));
  return isOneDay ? copy.window.range(formatNearDay(from, nowMs, copy), hours) : hours;
}

/** "8:00 PM today". */
export function formatUntil(at: string, nowMs: number, copy: OrderCopy): string {
  return copy.window.at(formatNearDay(at, nowMs, copy), formatClock(at, copy.locale));
}

/** "3:30 PM tomorrow": rounded down to half an hour, because the time is an estimate. */
export function formatAbout(at: string, nowMs: number, copy: OrderCopy): string {
  const rounded = new Date(Math.floor(Date.parse(at) / HALF_HOUR_MS) * HALF_HOUR_MS);
  return formatUntil(rounded.toISOString(), nowMs, copy);
}

// Within a sentence: today, tomorrow and yesterday in lower case.
function formatNearDay(at: string, nowMs: number, copy: OrderCopy): string {
  if (isSameDay(at, addDays(nowMs, 1))) return copy.tomorrow.toLowerCase();
  const day = formatDay(at, nowMs, copy);
  return day === copy.today || day === copy.yesterday ? day.toLowerCase() : day;
}

function hasMinutes(at: string): boolean {
  return new Date(at).getMinutes() !== 0;
}
