import 'server-only';
import { closest } from 'fastest-levenshtein';

// The fields of a store in BANNERS_FILE. Each sets one setting, and its value is checked as the value of that setting.

/** `text`: a string. `list`: an array of strings, or one string in the syntax of the setting. `secret`: see the docs. */
export type BannerField = {
  setting: string;
  kind: 'text' | 'list' | 'secret';
  isRequired?: boolean;
  /** An empty array is the default. */
  mayBeEmpty?: boolean;
};

export const BANNER_FIELDS: ReadonlyMap<string, BannerField> = new Map<string, BannerField>([
  ['retailerId', { setting: 'CONNECT_RETAILER_ID', kind: 'text', isRequired: true }],
  ['name', { setting: 'RETAILER_NAME', kind: 'text', isRequired: true }],
  ['logoUrl', { setting: 'RETAILER_LOGO_URL', kind: 'text' }],
  ['logoDarkUrl', { setting: 'RETAILER_LOGO_DARK_URL', kind: 'text' }],
  ['iconUrl', { setting: 'RETAILER_ICON_URL', kind: 'text' }],
  ['color', { setting: 'RETAILER_COLOR', kind: 'text' }],
  ['supportUrl', { setting: 'SUPPORT_URL', kind: 'text' }],
  ['embedOrigins', { setting: 'EMBED_ORIGINS', kind: 'list', mayBeEmpty: true }],
  ['imageHosts', { setting: 'IMAGE_HOSTS', kind: 'list' }],
  ['locales', { setting: 'LOCALES', kind: 'list' }],
  ['messaging', { setting: 'MESSAGING', kind: 'text' }],
  ['linkKeys', { setting: 'LINK_KEYS', kind: 'secret', isRequired: true }],
  ['linksApiKey', { setting: 'LINKS_API_KEY', kind: 'secret' }],
  ['connect.clientId', { setting: 'CONNECT_CLIENT_ID', kind: 'text' }],
  ['connect.clientSecret', { setting: 'CONNECT_CLIENT_SECRET', kind: 'secret' }],
  ['connect.accessToken', { setting: 'CONNECT_ACCESS_TOKEN', kind: 'secret' }],
  ['connect.baseUrl', { setting: 'CONNECT_BASE_URL', kind: 'text' }],
]);

const INHERITED = new Set([
  ...['imageHosts', 'locales', 'messaging', 'linksApiKey'],
  ...['connect.clientId', 'connect.clientSecret', 'connect.accessToken', 'connect.baseUrl'],
]);

/** Settings that a store does not inherit from the environment: its address, brand, frames and keys. */
export const OWN_SETTINGS: readonly string[] = [
  'PUBLIC_URL',
  ...[...BANNER_FIELDS]
    .filter(([field]) => !INHERITED.has(field))
    .map(([, { setting }]) => setting),
];

/** The settings that identify an account at Connect. */
export const CREDENTIAL_SETTINGS = [
  ...['CONNECT_CLIENT_ID', 'CONNECT_CLIENT_SECRET', 'CONNECT_ACCESS_TOKEN'],
];

const FIELD_BY_SETTING = new Map(
  [...BANNER_FIELDS].map(([field, { setting }]) => [setting, field]),
);

/** Replaces the names of settings in a reason by the fields that set them. */
export function nameFields(reason: string): string {
  return reason.replace(/\b[A-Z]+_[A-Z_]+\b/g, (name) => FIELD_BY_SETTING.get(name) ?? name);
}

/** The field that sets the setting. */
export function toField(setting: string): string | undefined {
  return FIELD_BY_SETTING.get(setting);
}

/** The field whose name is the most similar one. Names of settings count as the names of their fields. */
export function findNearestField(name: string): string {
  const toLast = (field: string) => field.replace(/^.*\./, '');
  const fields = [...BANNER_FIELDS.keys()];
  const nearest = closest(toLast(name), fields.map(toLast));
  return toField(name) ?? fields.find((field) => toLast(field) === nearest) ?? nearest;
}
