import 'server-only';

// ISO-8601 in extended or basic form, and what databases print for it: a space before the clock, an offset of
// hours alone, "UTC" or "GMT" for "Z", a comma before the fraction. Nanoseconds are longer than Date accepts.
const TIME =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,12}))?)? ?(?:Z|UTC|GMT|([+-]\d\d)(?::?(\d\d))?)?)?$/i;
const MAX_TIME_LENGTH = 50;

/**
 * ISO-8601 with Z and milliseconds; undefined for what is no time. A time without an offset is UTC, as
 * documented: https://docs.instacart.com/connect/api/post_checkout/chat/get_order_messages
 */
export function readTime(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_TIME_LENGTH) return undefined;
  const parts = TIME.exec(value.trim());
  if (!parts) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = ''] = parts;
  const [zoneHour = '+00', zoneMinute = '00'] = parts.slice(8);
  const clock = `${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  const ms = Date.parse(`${year}-${month}-${day}T${clock}${zoneHour}:${zoneMinute}`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
