import 'server-only';
import { toBannerName, type BannerName } from './banner-name';
import { readBannersFile } from './banners-file';
import { checkLinkEnv, EnvironmentError, type LinkEnv } from './env';
import { resolveSecretFiles, withoutUnread } from './secret-files';
import type { Settings } from './settings';
import { toBannerSentence, withoutOwn, withoutRepetitions } from './store-configs';

/**
 * The settings for minting and revoking links of one store, without those of its account at Connect. `host`: the store
 * in BANNERS_FILE. Throws RangeError for a wrong host, EnvironmentError for wrong settings.
 */
export function readLinkEnv(
  source: Settings,
  host: string | undefined,
): LinkEnv & { banner: BannerName | undefined } {
  const file = source['BANNERS_FILE']?.trim();
  const { settings, faults } = resolveSecretFiles(file ? withoutOwn(source) : source);
  if (!file && host !== undefined)
    throw new RangeError('--host needs BANNERS_FILE: set it, or leave --host out');
  const store = file ? findStore(file, source, host) : undefined;
  const checked = checkLinkEnv({ ...settings, ...store?.settings });
  const sentences = withoutUnread(checked.faults, faults).map((fault) =>
    store ? toBannerSentence(fault, store) : `${fault.name} ${fault.reason}`,
  );
  const all = withoutRepetitions([
    ...(store?.faults ?? []),
    ...faults.map(({ name, reason }) => `${name} ${reason}`),
    ...sentences,
  ]);
  if (all.length > 0 || !checked.data) throw new EnvironmentError(all);
  return { ...checked.data, banner: store?.banner };
}

function findStore(file: string, source: Settings, host: string | undefined) {
  const { banners, faults } = readBannersFile(file, source, (field) => field === 'linkKeys');
  if (faults.length > 0) throw new EnvironmentError(faults);
  const name = host && toBannerName(host.toLowerCase());
  const store = name && banners.find(({ banner }) => banner === name);
  if (store) return store;
  const hosts = banners.map(({ banner }) => banner).join(', ');
  throw new RangeError(`--host must be one of the hosts in BANNERS_FILE: ${hosts}`);
}
