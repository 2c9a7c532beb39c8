import 'server-only';
import { isIP } from 'node:net';
import { z } from 'zod';
import { LOCALES } from '@/lib/order/copy/locales';
import * as shellCopy from '@/lib/order/copy/en-US/shell';
import { isLocalName } from './image-hosts';
import { hasPublicKey, linkKeys } from './link-keys';
import { findMisspeltNames } from './setting-names';
import {
  baseUrl,
  embedOrigins,
  imageHosts,
  isColor,
  isContactUrl,
  locales,
  origin,
  quickReplies,
  redisUrl,
  reportUrl,
  visibleAscii,
  webUrl,
  wholeNumber,
} from './setting-values';
import { LOG_LEVELS } from './log-level';

// The only module that reads the environment. Reports all faults together, by name and without values.

const DEFAULT_PORT = 3_000;
const DEFAULT_CONNECT_URL = 'https://connect.instacart.com';
// A key of 16 random bytes has 22 characters in base64.
const MIN_API_KEY_LENGTH = 16;
// An empty value means no replies; without the variable the default replies apply.
const EMPTY_IS_A_VALUE = 'QUICK_REPLIES';

const onOff = z
  .enum(['on', 'off'], 'must be "on" or "off"')
  .default('on')
  .transform((text) => text === 'on');

const schema = z.object({
  PUBLIC_URL: origin.prefault('http://localhost:3000'),
  LINK_KEYS: linkKeys,
  LINKS_API_KEY: visibleAscii
    .min(MIN_API_KEY_LENGTH, `must have at least ${MIN_API_KEY_LENGTH} characters`)
    .optional(),
  LINK_MAX_DAYS: z.coerce
    .number('must be a number of days')
    .positive('must be more than 0')
    .max(365, 'must be at most 365')
    .default(14),
  REDIS_URL: redisUrl.optional(),
  CONNECT_BASE_URL: baseUrl.default(DEFAULT_CONNECT_URL),
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
  RETAILER_LOGO_DARK_URL: webUrl.optional(),
  RETAILER_ICON_URL: webUrl.optional(),
  RETAILER_COLOR: z.string().refine(isColor, 'must be a CSS colour').optional(),
  SUPPORT_URL: z.string().refine(isContactUrl, 'must be an https:, mailto: or tel: URL').optional(),
  QUICK_REPLIES: quickReplies.default(shellCopy.quickReplies),
  LOCALES: locales.prefault(LOCALES.join(' ')),
  MESSAGING: z
    .enum(['instacart', 'retailer'], 'must be "instacart" or "retailer"')
    .default('instacart'),
  ORDER_DETAILS: onOff,
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  PORT: wholeNumber(0, 65_535).default(DEFAULT_PORT),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  METRICS_HOST: z
    .string()
    .refine((text) => isIP(text) > 0, 'must be an IP address')
    .default('127.0.0.1'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  DRAIN_SECONDS: wholeNumber(0, 300).default(10),
  LIMITS: onOff,
});

/** The settings, parsed. Names and units are those of the environment variables. */
export type Env = z.output<typeof schema>;

/** The message lists every fault, one per line: name, reason, fix. It contains no values. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(['Invalid environment variables:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.faults = faults;
  }
}

type Source = Record<string, string | undefined>;

/** Parses the settings; empty values count as absent. Throws EnvironmentError with every fault. */
export function parseEnv(source: Source): Env {
  const missing = ['CONNECT_CLIENT_ID', 'CONNECT_CLIENT_SECRET']
    .filter((name) => !source['CONNECT_ACCESS_TOKEN']?.trim() && !source[name]?.trim())
    .map((name) => `${name} is required: set it, or set CONNECT_ACCESS_TOKEN`);
  return parseWith(schema, source, [
    ...missing,
    ...publicUrlFaults(source),
    ...publicKeyFaults(source, !isConnectLocal(source)),
    ...portFaults(source),
  ]);
}

/** Returns one sentence per name in `source` that is similar to the name of a setting. Contains no values. */
export function findMisspeltSettings(source: Source): string[] {
  return findMisspeltNames(Object.keys(source), Object.keys(schema.shape)).map(
    ({ name, suggestion }) =>
      `${name} is not a setting and has no effect. Did you mean ${suggestion}?`,
  );
}

function parseWith<T extends z.ZodType>(shape: T, source: Source, faults: string[]): z.output<T> {
  const trimmed = Object.entries(source).map(([name, value]) => [name, value?.trim()]);
  const set: Source = Object.fromEntries(
    trimmed.filter(([name, value]) => value || (name === EMPTY_IS_A_VALUE && value === '')),
  );
  const { data, error } = shape.safeParse(set);
  const all = (error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return `${name} ${set[name] === undefined ? 'is required: see .env.example' : issue.message}`;
  });
  all.push(...faults);
  if (all.length > 0 || data === undefined) throw new EnvironmentError(all);
  return data;
}

function isLocalUrl(text: string): boolean {
  return URL.canParse(text) && isLocalName(new URL(text).hostname);
}

function isConnectLocal({ CONNECT_BASE_URL = '' }: Source): boolean {
  return isLocalUrl(CONNECT_BASE_URL.trim() || DEFAULT_CONNECT_URL);
}

// The default, localhost, would make every link point to the customer's own device.
function publicUrlFaults(source: Source): string[] {
  return source['PUBLIC_URL']?.trim() || isConnectLocal(source)
    ? []
    : [
        'PUBLIC_URL is required, unless CONNECT_BASE_URL is on localhost: set it to the origin of your links',
      ];
}

// The keys of the examples are published, so anyone could mint a link to any order.
function publicKeyFaults({ LINK_KEYS = '', PUBLIC_URL = '' }: Source, isConnectReal: boolean) {
  const isPublicSite = PUBLIC_URL.trim() !== '' && !isLocalUrl(PUBLIC_URL);
  return (isPublicSite || isConnectReal) && hasPublicKey(LINK_KEYS)
    ? [
        'LINK_KEYS must not have a key of the examples, which are public, except on localhost: generate a new key',
      ]
    : [];
}

// Both servers would start to listen before either fails.
function portFaults({ METRICS_PORT = '', PORT = '' }: Source): string[] {
  const ports = [METRICS_PORT, PORT.trim() || DEFAULT_PORT].map(Number);
  return Number(METRICS_PORT) > 0 && ports[0] === ports[1]
    ? ['METRICS_PORT must not be PORT: set another port']
    : [];
}

declare global {
  var orderStatusEnv: Env | undefined;
}
let cachedEnv: Env | undefined;

/** The settings of this process, or of the store whose pages are rendered. Throws EnvironmentError with every fault. */
export function getEnv(): Env {
  return globalThis.orderStatusEnv ?? (cachedEnv ??= parseEnv(process.env));
}

/** Sets the result of `getEnv`. It is kept on globalThis, because Next.js bundles each page with a copy of this module. */
export function setEnv(env: Env): void {
  globalThis.orderStatusEnv = env;
}

/** Reports misspelt settings on standard error; they do not stop the start. */
export function warnOfMisspeltSettings(): void {
  for (const sentence of findMisspeltSettings(process.env)) process.stderr.write(`${sentence}\n`);
}

const linkSchema = schema.pick({
  PUBLIC_URL: true,
  LINK_KEYS: true,
  LINK_MAX_DAYS: true,
  REDIS_URL: true,
});

/**
 * The settings for minting and revoking links, which a machine without an account at Connect can do. Throws
 * EnvironmentError.
 */
export function readLinkEnv(): z.output<typeof linkSchema> {
  return parseWith(linkSchema, process.env, publicKeyFaults(process.env, false));
}

export const isDevelopment = process.env.NODE_ENV === 'development';
