import 'server-only';
import { parse as parseColor } from 'culori';
import { z } from 'zod';
import { isLocalName, parseImageHost } from './image-hosts';

// The kinds of values that settings have, each with the sentence that says what is wrong with a value.

const MAX_REPLIES = 8;
const MAX_REPLY_LENGTH = 80;

function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  // Browsers take more for a host name, such as ";", which would end a directive of the pages' policy.
  if (username || password || !/^(?:[\w.-]+|\[[\da-f:.]+\])$/.test(hostname)) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLocalName(hostname));
}

export function isContactUrl(text: string): boolean {
  return /^(mailto:|tel:)\S+$/.test(text) || isWebUrl(text);
}

// The parser throws at some texts that are no colour.
export function isColor(text: string): boolean {
  try {
    return parseColor(text) !== undefined;
  } catch {
    return false;
  }
}

// What can stand in a header.
export const visibleAscii = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII without spaces');

export const webUrl = z
  .string()
  .refine(isWebUrl, 'must be an https: URL (http: only on localhost names), without credentials');

// Paths are put behind it, so nothing may stand there.
export const baseUrl = webUrl.refine(
  (text) => !/[?#]/.test(text),
  'must not have a query or fragment',
);

// It stands in a header whose parts end at these.
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
      // Only what is spelled as an origin is one: no path, no wildcard, no default port.
      const isOrigin = isWebUrl(entry) && new URL(entry).origin === entry && !entry.includes('*');
      if (!isOrigin)
        context.addIssue(
          'must be exact origins, https: (http: only on localhost names), separated by spaces',
        );
      return entry;
    }),
);

// Whole, because the client reads its own settings out of a query.
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

export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
}

export const redisUrl = z
  .string()
  .refine(isRedisUrl, 'must be a redis: or rediss: URL, with nothing behind a database number');

// Set but empty, there are none.
export const quickReplies = z.string().transform((text, context) => {
  const replies = text.split('|').map((reply) => reply.trim());
  if (replies.some((reply) => reply.length > MAX_REPLY_LENGTH) || replies.length > MAX_REPLIES)
    context.addIssue(
      `must be at most ${MAX_REPLIES} answers of at most ${MAX_REPLY_LENGTH} characters, separated by |`,
    );
  return replies.filter(Boolean);
});
