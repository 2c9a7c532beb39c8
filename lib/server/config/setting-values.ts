import 'server-only';
import { parse as parseColor } from 'culori';
import { z } from 'zod';
import { ALL_LOCALES, LOCALES, type Locale } from '@/lib/order/copy/locales';
import { isLocalName, parseImageHost } from './image-hosts';

// Schemas for the values of settings, each with the error text that follows the setting's name.

const MAX_REPLIES = 8;
const MAX_REPLY_LENGTH = 80;

function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  // The URL parser accepts ";" in host names, which would end a directive of the Content-Security-Policy.
  if (username || password || !/^(?:[\w.-]+|\[[\da-f:.]+\])$/.test(hostname)) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLocalName(hostname));
}

/** Whether the text is an https:, mailto: or tel: URL. */
export function isContactUrl(text: string): boolean {
  return /^(mailto:|tel:)\S+$/.test(text) || isWebUrl(text);
}

/** Whether the text is a CSS colour. */
export function isColor(text: string): boolean {
  // culori throws for some texts that are no colour.
  try {
    return parseColor(text) !== undefined;
  } catch {
    return false;
  }
}

// Values that are sent in an HTTP header.
export const visibleAscii = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII without spaces');

export const webUrl = z
  .string()
  .refine(isWebUrl, 'must be an https: URL (http: only on localhost names), without credentials');

// Paths are appended to the URL.
export const baseUrl = webUrl.refine(
  (text) => !/[?#]/.test(text),
  'must not have a query or fragment',
);

// The URL is part of the Content-Security-Policy, where these characters are separators.
export const reportUrl = webUrl.refine(
  (text) => !/[;,\s]/.test(text),
  'must not have ";" or "," in it',
);

export const origin = baseUrl
  .refine(
    (text) => !URL.canParse(text) || new URL(text).pathname === '/',
    'must be an origin, without a path',
  )
  .transform((text) => new URL(text).origin);

export const imageHosts = z.string().transform((text, context) =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((entry) => {
      const host = parseImageHost(entry);
      if (!host) context.addIssue('must be host names, or *.host, separated by spaces');
      return host ? [host] : [];
    }),
);

export const embedOrigins = z.string().transform((text, context) =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((entry) => {
      // Exact origins only: no path, no wildcard, no default port.
      const isOrigin = isWebUrl(entry) && new URL(entry).origin === entry && !entry.includes('*');
      if (!isOrigin)
        context.addIssue(
          'must be exact origins, https: (http: only on localhost names), separated by spaces',
        );
      return entry;
    }),
);

// No query: ioredis would read options of the client from it.
function isRedisUrl(text: string): boolean {
  if (!/^rediss?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname, search, hash, username, password } = new URL(text);
  if (!hostname || !/^\/?\d*$/.test(pathname) || search || hash) return false;
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** Parses a whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
}

export const redisUrl = z
  .string()
  .refine(isRedisUrl, 'must be a redis: or rediss: URL, with nothing after the database number');

// An empty value means no replies.
export const quickReplies = z.string().transform((text, context) => {
  const replies = text.split('|').map((reply) => reply.trim());
  if (replies.some((reply) => reply.length > MAX_REPLY_LENGTH) || replies.length > MAX_REPLIES)
    context.addIssue(
      `must be at most ${MAX_REPLIES} replies of at most ${MAX_REPLY_LENGTH} characters, separated by |`,
    );
  return replies.filter(Boolean);
});

/** The languages that the page offers; the first is the fallback. */
export const locales = z.string().transform((text, context) => {
  const chosen = text.split(/\s+/).flatMap((tag) => {
    const locale = ALL_LOCALES.find((name) => name.toLowerCase() === tag.toLowerCase());
    if (!locale && tag)
      context.addIssue(`must be some of ${LOCALES.join(' ')}, separated by spaces`);
    return locale ?? [];
  });
  const [first = LOCALES[0], ...others] = new Set(chosen);
  return [first, ...others] satisfies [Locale, ...Locale[]];
});
