import 'server-only';
import { isIP } from 'node:net';
import { parse as parseColor } from 'culori';
import { z } from 'zod';
import * as shellWords from '@/lib/order/shell-words';
import { isLocalName, parseImageHost } from './image-hosts';
import { linkKeys } from './link-keys';
import { LOG_LEVELS } from './log';

// The only reader of the environment. Faults are told all at once, by name, without the values.

const DEFAULT_PORT = 3_000;
const MAX_REPLIES = 8;
const MAX_REPLY_LENGTH = 80;
/** In .env.example, for everyone to read. */
const EXAMPLE_KEY = 'YSBrZXkgZm9yIGRlbW9uc3RyYXRpb25zIG9ubHkhISE';
/** Set but empty says something else than not set. */
const MAY_BE_EMPTY = 'QUICK_REPLIES';

function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  // Browsers take more for a host name, such as ";", which would end a directive of the pages' policy.
  if (username || password || !/^(?:[\w.-]+|\[[\da-f:.]+\])$/.test(hostname)) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLocalName(hostname));
}

function isContactUrl(text: string): boolean {
  return /^(mailto:|tel:)\S+$/.test(text) || isWebUrl(text);
}

// The parser throws at some texts that are no colour.
function isColor(text: string): boolean {
  try {
    return parseColor(text) !== undefined;
  } catch {
    return false;
  }
}

// What can stand in a header.
const visibleAscii = z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII without spaces');

const webUrl = z
  .string()
  .refine(isWebUrl, 'must be an https: URL (http: only on localhost names), without credentials');

// Paths are put behind it, so nothing may stand there.
const baseUrl = webUrl.refine((text) => !/[?#]/.test(text), 'must not have a query or fragment');

// It stands in a header whose parts end at these.
const reportUrl = webUrl.refine((text) => !/[;,\s]/.test(text), 'must not have ";" or "," in it');

const origin = baseUrl
  .refine(
    (text) => !URL.canParse(text) || new URL(text).pathname === '/',
    'must be an origin, without a path',
  )
  .transform((text) => new URL(text).origin);

const imageHosts = z.string().transform((text, context) =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((entry) => {
      const host = parseImageHost(entry);
      if (!host) context.addIssue('must be host names, or *.host, separated by spaces');
      return host ? [host] : [];
    }),
);

const embedOrigins = z.string().transform((text, context) =>
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

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
}

const redisUrl = z
  .string()
  .refine(isRedisUrl, 'must be a redis: or rediss: URL, with nothing behind a database number');

// Set but empty, there are none.
const quickReplies = z.string().transform((text, context) => {
  const replies = text.split('|').map((reply) => reply.trim());
  if (replies.some((reply) => reply.length > MAX_REPLY_LENGTH) || replies.length > MAX_REPLIES)
    context.addIssue(
      `must be at most ${MAX_REPLIES} answers of at most ${MAX_REPLY_LENGTH} characters, separated by |`,
    );
  return replies.filter(Boolean);
});

const schema = z.object({
  PUBLIC_URL: origin.prefault('http://localhost:3000'),
  LINK_KEYS: linkKeys,
  LINKS_API_KEY: visibleAscii.optional(),
  LINK_MAX_DAYS: z.coerce
    .number('must be a number of days')
    .positive('must be more than 0')
    .max(365, 'must be at most 365')
    .default(14),
  REDIS_URL: redisUrl.optional(),
  CONNECT_BASE_URL: baseUrl.default('https://connect.instacart.com'),
  CONNECT_CLIENT_ID: z.string().optional(),
  CONNECT_CLIENT_SECRET: z.string().optional(),
  CONNECT_ACCESS_TOKEN: visibleAscii.optional(),
  CONNECT_RETAILER_ID: visibleAscii.optional(),
  EMBED_ORIGINS: embedOrigins.prefault(''),
  EMBED_COEP: z
    .enum(['0', '1'], 'must be 1, or absent')
    .default('0')
    .transform((text) => text === '1'),
  CSP_REPORT_URL: reportUrl.optional(),
  IMAGE_HOSTS: imageHosts.prefault('*.instacart.com *.cloudfront.net'),
  RETAILER_NAME: z.string().max(80, 'must be at most 80 characters').optional(),
  RETAILER_LOGO_URL: webUrl.optional(),
  RETAILER_COLOR: z.string().refine(isColor, 'must be a CSS colour').optional(),
  SUPPORT_URL: z.string().refine(isContactUrl, 'must be an https:, mailto: or tel: URL').optional(),
  QUICK_REPLIES: quickReplies.default(shellWords.quickReplies),
  MESSAGING: z
    .enum(['instacart', 'retailer'], 'must be "instacart" or "retailer"')
    .default('instacart'),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  PORT: wholeNumber(0, 65_535).default(DEFAULT_PORT),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  METRICS_HOST: z
    .string()
    .refine((text) => isIP(text) > 0, 'must be an IP address')
    .default('127.0.0.1'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  DRAIN_SECONDS: wholeNumber(0, 300).default(10),
  LIMITS: z
    .enum(['on', 'off'], 'must be "on" or "off"')
    .default('on')
    .transform((text) => text === 'on'),
});

export type Env = z.output<typeof schema>;

export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(['The environment is wrong:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.faults = faults;
  }
}

type Source = Record<string, string | undefined>;

/** Empty values count as absent. Throws EnvironmentError with every fault. */
export function parseEnv(source: Source): Env {
  const missing = ['CONNECT_CLIENT_ID', 'CONNECT_CLIENT_SECRET']
    .filter((name) => !source['CONNECT_ACCESS_TOKEN']?.trim() && !source[name]?.trim())
    .map((name) => `${name} is required, unless CONNECT_ACCESS_TOKEN is set`);
  return parseWith(schema, source, [
    ...missing,
    ...exampleKeyFaults(source),
    ...portFaults(source),
  ]);
}

function parseWith<T extends z.ZodType>(shape: T, source: Source, faults: string[]): z.output<T> {
  const trimmed = Object.entries(source).map(([name, value]) => [name, value?.trim()]);
  const set: Source = Object.fromEntries(
    trimmed.filter(([name, value]) => value || (name === MAY_BE_EMPTY && value === '')),
  );
  const { data, error } = shape.safeParse(set);
  const all = (error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return `${name} ${set[name] === undefined ? 'is required' : issue.message}`;
  });
  all.push(...faults);
  if (all.length > 0 || data === undefined) throw new EnvironmentError(all);
  return data;
}

// Whoever has read the example could open any order.
function exampleKeyFaults({ LINK_KEYS, PUBLIC_URL = '' }: Source): string[] {
  const isOpenWeb = URL.canParse(PUBLIC_URL) && !isLocalName(new URL(PUBLIC_URL).hostname);
  return isOpenWeb && LINK_KEYS?.includes(EXAMPLE_KEY)
    ? ['LINK_KEYS must not have the key of .env.example, which is public']
    : [];
}

// Each would open before it sees the other.
function portFaults({ METRICS_PORT = '', PORT = '' }: Source): string[] {
  const ports = [METRICS_PORT, PORT.trim() || DEFAULT_PORT].map(Number);
  return Number(METRICS_PORT) > 0 && ports[0] === ports[1] ? ['METRICS_PORT must not be PORT'] : [];
}

let known: Env | undefined;

/** Read once. Throws EnvironmentError with every fault. */
export function getEnv(): Env {
  return (known ??= parseEnv(process.env));
}

const linkSchema = schema.pick({
  PUBLIC_URL: true,
  LINK_KEYS: true,
  LINK_MAX_DAYS: true,
  REDIS_URL: true,
});

/** What minting and revoking links needs: a machine that only does that has no account with Connect. */
export function readLinkEnv(): z.output<typeof linkSchema> {
  return parseWith(linkSchema, process.env, []);
}

export const isDevelopment = process.env.NODE_ENV === 'development';
