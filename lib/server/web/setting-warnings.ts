import 'server-only';
import { findMisspeltSettings, readEnvironment } from '@/lib/server/config/env';
import { readSecretFile } from '@/lib/server/config/secret-files';
import type { Settings } from '@/lib/server/config/settings';
import { findUnusedSettings } from '@/lib/server/config/store-configs';

/** Reports settings that have no effect on standard error; they do not stop the start. */
export function warnOfUnusedSettings(): void {
  const source = withoutNamed(readEnvironment());
  for (const sentence of [...findMisspeltSettings(source), ...findUnusedSettings(source)])
    process.stderr.write(`${sentence}\n`);
}

/** The environment without the variables that BANNERS_FILE names as secrets, such as LINK_KEYS_FRESH. */
function withoutNamed(source: Settings): Settings {
  const file = source['BANNERS_FILE']?.trim();
  const text = (file && readSecretFile(file).text) || '';
  return Object.fromEntries(
    Object.entries(source).filter(([name]) => !text.includes(JSON.stringify(name))),
  );
}
