import 'server-only';

// ISO-8601 in extended or basic form, and the variants that databases print: spaces before the time of day, an offset
// of hours only, "UTC" or "GMT" for "Z", a comma before the fraction, the zone's name in brackets (Java).
// Fractions may have nanoseconds, which Date does not accept.
const ISO_TIME =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:(?:T| +)(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,12}))?)? *(?:Z|UTC|GMT|([+-]\d\d)(?::?(\d\d))?)?(?:\[[\w/+-]+\])?)?$/i;
// The date format of RFC 5322 §3.3; RFC 1123 and HTTP (RFC 9110 §5.6.7) use a subset.
const MAIL_TIME =
  /^(?:[a-z]{3}, *)?(\d{1,2}) +([a-z]{3}) +(\d{4}) +(\d\d:\d\d)(:\d\d)? *(?:Z|UTC|GMT|([+-]\d\d):?(\d\d))$/i;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MAX_TIME_LENGTH = 80;

/**
 * Returns ISO-8601 with milliseconds and Z; undefined if the value is not a time. A time without an offset is UTC:
 * https://docs.instacart.com/connect/api/post_checkout/chat/get_order_messages
 */
export function readTime(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_TIME_LENGTH) return undefined;
  const text = value.trim();
  const parts = ISO_TIME.exec(fromMailTime(text) ?? text);
  if (!parts) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = ''] = parts;
  const [zoneHour = '+00', zoneMinute = '00'] = parts.slice(8);
  const clock = `${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  const ms = Date.parse(`${year}-${month}-${day}T${clock}${zoneHour}:${zoneMinute}`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Converts RFC 5322 to ISO-8601; undefined for other formats. */
function fromMailTime(text: string): string | undefined {
  const parts = MAIL_TIME.exec(text);
  if (!parts) return undefined;
  const [
    ,
    day = '',
    month = '',
    year,
    clock,
    seconds = ':00',
    zoneHour = '+00',
    zoneMinute = '00',
  ] = parts;
  const monthNumber = MONTHS.indexOf(month.toLowerCase()) + 1;
  const date = [year, String(monthNumber).padStart(2, '0'), day.padStart(2, '0')].join('-');
  return `${date}T${clock}${seconds}${zoneHour}:${zoneMinute}`;
}
