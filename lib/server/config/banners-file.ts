import 'server-only';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import {
  BANNER_FIELDS,
  CREDENTIAL_SETTINGS,
  findNearestField,
  type BannerField,
} from './banner-fields';
import { toBannerName, toPublicUrl, type BannerName } from './banner-name';
import { findRepeatedFields } from './repeated-fields';
import { readSecretFile } from './secret-files';
import type { Settings } from './settings';

// Reads BANNERS_FILE: one JSON object per host, which becomes the settings of a store.

const MAX_NAME_LENGTH = 64;

// PUBLIC_URL of a store whose host is invalid, so that its other settings are checked too.
const ANY_PUBLIC_URL = 'http://localhost';

const TYPES: Record<BannerField['kind'], string> = {
  text: 'must be a string',
  list: 'must be an array of strings without spaces',
  secret: 'must be a string, {"env": "NAME"} or {"file": "path"}',
};

/** `path`: the store's place in the file. `settings`: those that the file sets, and PUBLIC_URL. */
export type BannerSettings = {
  /** Undefined for a wrong host, which is one of the faults of the file. */
  banner: BannerName | undefined;
  path: string;
  settings: Settings;
  faults: readonly string[];
};

/** Where secrets are: in the environment, or in files whose names are relative to the folder. */
type Place = { folder: string; environment: Settings };

/**
 * Parses the file and reads the fields that `isRead` selects; `environment` has the secrets that the file names. Each
 * fault is a sentence that begins with BANNERS_FILE and contains no value.
 */
export function readBannersFile(
  file: string,
  environment: Settings,
  isRead: (field: string) => boolean = () => true,
): { banners: BannerSettings[]; faults: string[] } {
  const place = { folder: dirname(resolve(file)), environment };
  const banners: BannerSettings[] = [];
  const { hosts, faults } = parseFile(file);
  for (const [host, entry] of Object.entries(hosts)) {
    const path = `BANNERS_FILE ${JSON.stringify(host.slice(0, MAX_NAME_LENGTH))}`;
    const banner = toBannerName(host);
    const store = readFields(entry, path, place, isRead);
    if (banner === undefined)
      faults.push(`${path} must be a host name in lower case, with a port only if links have it`);
    else if (banners.some((other) => other.banner === banner))
      faults.push(`${path} repeats a host name: stores cannot differ by port alone`);
    if (!store.settings) faults.push(...store.faults);
    else {
      const publicUrl = banner === undefined ? ANY_PUBLIC_URL : toPublicUrl(host);
      const settings = { PUBLIC_URL: publicUrl, ...store.settings };
      banners.push({ banner, path, ...store, settings });
    }
  }
  if (banners.length + faults.length === 0)
    faults.push('BANNERS_FILE must have a field per host, not none');
  return { banners, faults };
}

function parseFile(file: string): { hosts: object; faults: string[] } {
  const { text, fault } = readSecretFile(file);
  if (text === undefined) return { hosts: {}, faults: [`BANNERS_FILE names a file that ${fault}`] };
  try {
    const hosts: unknown = JSON.parse(text);
    const faults = findRepeatedFields(text).map(
      (line) => `BANNERS_FILE repeats a field of the same object: see line ${line}`,
    );
    if (typeof hosts === 'object' && hosts !== null && !Array.isArray(hosts))
      return { hosts, faults };
    return { hosts: {}, faults: ['BANNERS_FILE must be a JSON object with one field per host'] };
  } catch (cause) {
    // The message of JSON.parse quotes the text, which has secrets in it.
    const [, position] = /position (\d+)/.exec(cause instanceof Error ? cause.message : '') ?? [];
    const line = position && text.slice(0, Number(position)).split('\n').length;
    return {
      hosts: {},
      faults: [`BANNERS_FILE must be valid JSON${line ? `: see line ${line}` : ''}`],
    };
  }
}

function readFields(
  entry: unknown,
  path: string,
  place: Place,
  isRead: (field: string) => boolean,
): { settings?: Settings; faults: string[] } {
  const values = flatten(entry);
  if (!values) return { faults: [`${path} must be an object`] };
  const settings: Settings = {};
  const faults = [...values.keys()]
    .filter((name) => !BANNER_FIELDS.has(name))
    .map((name) =>
      name === 'connect'
        ? `${path}.connect must be an object`
        : `${path}.${name} is not a field: did you mean ${findNearestField(name)}?`,
    );
  const schemas = toSchemas(place);
  for (const [field, { setting, kind, isRequired, mayBeEmpty }] of BANNER_FIELDS) {
    if (!isRead(field) || (mayBeEmpty && isEmpty(values.get(field)))) continue;
    const { data = '', error } = schemas[kind].safeParse(
      values.has(field) ? values.get(field) : '',
    );
    if (error) faults.push(`${path}.${field} ${toReason(error, kind)}`);
    else if (data.trim() !== '') settings[setting] = data;
    else if (isRequired) faults.push(`${path}.${field} is required`);
  }
  // Credentials of the store and of the environment belong to different accounts, so they are never mixed.
  if (CREDENTIAL_SETTINGS.some((name) => settings[name] !== undefined))
    for (const name of CREDENTIAL_SETTINGS) settings[name] ??= '';
  return { settings, faults };
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

// Messages of zod may quote names of fields, which can be secrets in a wrong place.
function toReason({ issues: [issue] }: z.ZodError, kind: BannerField['kind']): string {
  return issue?.code === 'custom' ? issue.message : TYPES[kind];
}

/** The values by field; those of `connect` have its name in front. A name that is no identifier is quoted. */
function flatten(entry: unknown, prefix = ''): Map<string, unknown> | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return undefined;
  return new Map(
    Object.entries(entry).flatMap(([name, value]) => {
      const quoted = JSON.stringify(name.slice(0, MAX_NAME_LENGTH));
      const field = prefix + (/^\w{1,64}$/.test(name) ? name : quoted);
      const nested = field === 'connect' && flatten(value, 'connect.');
      return nested ? [...nested] : [[field, value] as const];
    }),
  );
}

function toSchemas({ folder, environment }: Place): Record<BannerField['kind'], z.ZodType<string>> {
  const entry = z.string().regex(/^\S+$/);
  return {
    text: z.string(),
    list: z
      .union([z.string(), z.array(entry)])
      .refine(
        (value) => typeof value === 'string' || value.length > 0,
        'must not be an empty array: leave it out',
      )
      .transform((value) => [value].flat().join(' ')),
    secret: z
      .union([
        z.string(),
        z.strictObject({ env: z.string() }),
        z.strictObject({ file: z.string() }),
      ])
      .transform((value, context) => {
        if (typeof value === 'string') return value;
        if ('env' in value) {
          const isSet = Object.hasOwn(environment, value.env);
          const text = isSet ? environment[value.env]?.trim() : undefined;
          if (!text) context.addIssue('names an environment variable that is not set');
          return text ?? '';
        }
        const { text, fault } = readSecretFile(resolve(folder, value.file));
        if (fault !== undefined) context.addIssue(`names a file that ${fault}`);
        return text ?? '';
      }),
  };
}
