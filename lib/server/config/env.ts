import 'server-only';
import { isIP } from 'node:net';
import { z } from 'zod';
import { LOCALES } from '@/lib/order/copy/locales';
import { isLocalName } from './image-hosts';
import { hasPublicKey, linkKeys } from './link-keys';
import { resolveSecretFiles, SECRET_FILES, withoutUnread } from './secret-files';
import { findMisspeltNames } from './setting-names';
import type { SettingFault, Settings } from './settings';
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
const EMPTY_IS_A_VALUE = /^QUICK_REPLIES/;

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
  QUICK_REPLIES: quickReplies.optional(),
  QUICK_REPLIES_EN_US: quickReplies.optional(),
  QUICK_REPLIES_EN_CA: quickReplies.optional(),
  QUICK_REPLIES_FR_CA: quickReplies.optional(),
  QUICK_REPLIES_ES_US: quickReplies.optional(),
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
  BANNERS_FILE: z.string().optional(),
});

/** The settings, parsed. Names and units are those of the environment variables. */
export type Env = z.output<typeof schema>;

/** The message lists every fault, one per line: name, reason, fix. It contains no values. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const distinct = [...new Set(faults)];
    super(
      ['Invalid environment variables:', ...distinct.map((fault) => `  - ${fault}`)].join('\n'),
    );
    this.faults = distinct;
  }

  toJSON(): readonly string[] {
    return this.faults;
  }
}

/** Parses the settings and reads the files of secrets; empty values count as absent. Throws EnvironmentError. */
export function parseEnv(source: Settings): Env {
  const { settings, faults } = resolveSecretFiles(source);
  const { data, faults: others } = checkEnv(settings);
  return toValid({ data, faults: [...faults, ...withoutUnread(others, faults)] });
}

/** Parses settings whose secrets are in `source`; returns every fault. */
export function checkEnv(source: Settings): Checked<Env> {
  const missing = ['CONNECT_CLIENT_ID', 'CONNECT_CLIENT_SECRET']
    .filter((name) => !source['CONNECT_ACCESS_TOKEN']?.trim() && !source[name]?.trim())
    .map((name) => ({ name, reason: 'is required: set it, or set CONNECT_ACCESS_TOKEN' }));
  return checkWith(schema, source, [
    ...missing,
    ...publicUrlFaults(source),
    ...publicKeyFaults(source, !isConnectLocal(source)),
    ...portFaults(source),
  ]);
}

/** Returns one sentence per name in `source` that is similar to the name of a setting. Contains no values. */
export function findMisspeltSettings(source: Settings): string[] {
  const names = [...Object.keys(schema.shape), ...SECRET_FILES];
  return findMisspeltNames(Object.keys(source), names).map(
    ({ name, suggestion }) =>
      `${name} is not a setting and has no effect. Did you mean ${suggestion}?`,
  );
}

type Checked<T> = { data: T | undefined; faults: SettingFault[] };

function checkWith<T extends z.ZodType>(
  shape: T,
  source: Settings,
  faults: SettingFault[],
): Checked<z.output<T>> {
  const trimmed = Object.entries(source).map(([name, value]) => [name, value?.trim()]);
  const set: Settings = Object.fromEntries(
    trimmed.filter(([name = '', value]) => value || (EMPTY_IS_A_VALUE.test(name) && value === '')),
  );
  const { data, error } = shape.safeParse(set);
  const all = (error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    const reason = set[name] === undefined ? 'is required: see .env.example' : issue.message;
    return { name, reason };
  });
  return { data, faults: [...all, ...faults] };
}

function toValid<T>({ data, faults }: Checked<T>): T {
  if (faults.length > 0 || data === undefined)
    throw new EnvironmentError(faults.map(({ name, reason }) => `${name} ${reason}`));
  return data;
}

function isLocalUrl(text: string): boolean {
  return URL.canParse(text) && isLocalName(new URL(text).hostname);
}

function isConnectLocal({ CONNECT_BASE_URL = '' }: Settings): boolean {
  return isLocalUrl(CONNECT_BASE_URL.trim() || DEFAULT_CONNECT_URL);
}

// The default, localhost, would make every link point to the customer's own device.
function publicUrlFaults(source: Settings): SettingFault[] {
  if (source['PUBLIC_URL']?.trim() || isConnectLocal(source)) return [];
  const reason =
    'is required, unless CONNECT_BASE_URL is on localhost: set it to the origin of your links';
  return [{ name: 'PUBLIC_URL', reason }];
}

// The keys of the examples are published, so anyone could mint a link to any order.
function publicKeyFaults(
  { LINK_KEYS = '', PUBLIC_URL = '' }: Settings,
  isConnectReal: boolean,
): SettingFault[] {
  const isPublicSite = PUBLIC_URL.trim() !== '' && !isLocalUrl(PUBLIC_URL);
  if (!(isPublicSite || isConnectReal) || !hasPublicKey(LINK_KEYS)) return [];
  const reason =
    'must not have a key of the examples, which are public, except on localhost: generate a new key';
  return [{ name: 'LINK_KEYS', reason }];
}

// Both servers would start to listen before either fails.
function portFaults({ METRICS_PORT = '', PORT = '' }: Settings): SettingFault[] {
  const ports = [METRICS_PORT, PORT.trim() || DEFAULT_PORT].map(Number);
  return Number(METRICS_PORT) > 0 && ports[0] === ports[1]
    ? [{ name: 'METRICS_PORT', reason: 'must not be PORT: set another port' }]
    : [];
}

declare global {
  var orderStatusEnv: Env | undefined;
}
let cachedEnv: Env | undefined;

/**
 * The settings of the only store, or of the store whose pages are being rendered. Throws EnvironmentError with every
 * fault, also if BANNERS_FILE is set: hosts of Next.js have one store.
 */
export function getEnv(): Env {
  return globalThis.orderStatusEnv ?? (cachedEnv ??= parseOnlyEnv(process.env));
}

/** Sets the result of `getEnv`. It is kept on globalThis, because Next.js bundles each page with a copy of this module. */
export function setEnv(env: Env): void {
  globalThis.orderStatusEnv = env;
}

function parseOnlyEnv(source: Settings): Env {
  if (source['BANNERS_FILE']?.trim())
    throw new EnvironmentError([
      'BANNERS_FILE works with npm start only: remove it, or start the server with npm start',
    ]);
  return parseEnv(source);
}

/** The environment of this process. */
export function readEnvironment(): Settings {
  return process.env;
}

const linkSchema = schema.pick({
  PUBLIC_URL: true,
  LINK_KEYS: true,
  LINK_MAX_DAYS: true,
  REDIS_URL: true,
});
export type LinkEnv = z.output<typeof linkSchema>;

/** The settings for minting and revoking links, which a machine without an account at Connect can do. */
export function checkLinkEnv(source: Settings): Checked<LinkEnv> {
  return checkWith(linkSchema, source, publicKeyFaults(source, false));
}

export const isDevelopment = process.env.NODE_ENV === 'development';
