import 'server-only';
import { LOCALES } from '@/lib/order/copy/locales';
import { nameFields, OWN_SETTINGS, toField } from './banner-fields';
import type { BannerName } from './banner-name';
import { readBannersFile, type BannerSettings } from './banners-file';
import { checkEnv, EnvironmentError, parseEnv, type Env } from './env';
import { linkKeys } from './link-keys';
import { resolveSecretFiles, withoutUnread } from './secret-files';
import type { SettingFault, Settings } from './settings';

// The settings of each store of this deployment: one without BANNERS_FILE, one per host with it.

/** `banner`: undefined for the only store, which answers at every host. */
export type StoreConfig = { banner: BannerName | undefined; env: Env };
export type StoreConfigs = readonly [StoreConfig, ...StoreConfig[]];

const OWN_NAMES = OWN_SETTINGS.flatMap((name) => [name, `${name}_FILE`]);

/** Reads the environment and the files that it names. Throws EnvironmentError with every fault. */
export function readStoreConfigs(source: Settings): StoreConfigs {
  const file = source['BANNERS_FILE']?.trim();
  if (!file) return [{ banner: undefined, env: parseEnv(source) }];
  const { settings: inherited, faults: fileFaults } = resolveSecretFiles(withoutOwn(source));
  const { banners, faults: bannerFaults } = readBannersFile(file, source);
  const faults = [...fileFaults, ...withoutUnread(findServerFaults(inherited), fileFaults)].map(
    toSentence,
  );
  faults.push(...bannerFaults);
  const configs = banners.flatMap((banner) => {
    const { data: env, faults: found } = checkEnv(inherit(inherited, banner.settings));
    const others = withoutUnread(found, fileFaults);
    faults.push(...banner.faults, ...others.map((fault) => toBannerSentence(fault, banner)));
    return env && banner.banner ? [{ banner: banner.banner, env }] : [];
  });
  faults.push(...findSharedKeys(banners));
  const [first, ...others] = configs;
  if (faults.length > 0 || !first) throw new EnvironmentError(withoutRepetitions(faults));
  return [first, ...others];
}

/** Returns a sentence per setting of the environment that has no effect, because each store has its own. */
export function findUnusedSettings(source: Settings): string[] {
  if (!source['BANNERS_FILE']?.trim()) return [];
  return OWN_NAMES.filter((name) => source[name]?.trim()).map(
    (name) => `${name} has no effect with BANNERS_FILE: each store in the file has its own`,
  );
}

/** The environment without the settings that a store has only from the file. */
export function withoutOwn(source: Settings): Settings {
  const inherited = Object.entries(source).filter(([name]) => !OWN_NAMES.includes(name));
  return { ...Object.fromEntries(inherited), BANNERS_FILE: undefined };
}

/** QUICK_REPLIES is in the first language of the environment, so a store of another language does not use it. */
function inherit(inherited: Settings, own: Settings): Settings {
  const toLanguage = (locales?: string) =>
    (locales?.trim() || LOCALES[0]).slice(0, 2).toLowerCase();
  const isOfLanguage =
    own['LOCALES'] === undefined || toLanguage(own['LOCALES']) === toLanguage(inherited['LOCALES']);
  const replies = isOfLanguage ? inherited['QUICK_REPLIES'] : undefined;
  return { ...inherited, QUICK_REPLIES: replies, ...own };
}

// Faults of settings that the file cannot set.
function findServerFaults(inherited: Settings): SettingFault[] {
  const isOfStore = (name: string) => name === 'PUBLIC_URL' || toField(name) !== undefined;
  return checkEnv(inherited).faults.filter(({ name }) => !isOfStore(name));
}

function toSentence({ name, reason }: SettingFault): string {
  return `${name} ${reason}`;
}

/** The fault with the place of the setting in BANNERS_FILE. */
export function toBannerSentence(fault: SettingFault, { path, settings }: BannerSettings): string {
  const field = toField(fault.name);
  const isInFile = Object.hasOwn(settings, fault.name) || OWN_SETTINGS.includes(fault.name);
  return field !== undefined && isInFile
    ? `${path}.${field} ${nameFields(fault.reason)}`
    : toSentence(fault);
}

function findSharedKeys(banners: readonly BannerSettings[]): string[] {
  const paths = new Map<string, string>();
  return banners.flatMap(({ path, settings }) =>
    (linkKeys.safeParse(settings['LINK_KEYS']).data ?? []).flatMap(({ key }) => {
      const id = Buffer.from(key).toString('base64url');
      const other = paths.get(id) ?? path;
      paths.set(id, other);
      if (other === path) return [];
      const reason = `has a key of ${other.replace('BANNERS_FILE ', '')}, so links of one would open the other: generate a new key`;
      return [`${path}.linkKeys ${reason}`];
    }),
  );
}

/** The faults once each: a field that is missing or of another type is a fault of the file and of the setting. */
export function withoutRepetitions(faults: readonly string[]): string[] {
  const isRepeated = (fault: string, index: number) =>
    / is required/.test(fault) &&
    faults
      .slice(0, index)
      .some((earlier) => earlier.startsWith(fault.replace(/ is required.*/s, ' ')));
  return faults.filter((fault, index) => !isRepeated(fault, index));
}
