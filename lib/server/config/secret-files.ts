import 'server-only';
import { readFileSync } from 'node:fs';
import type { SettingFault, Settings } from './settings';

// Reads secrets from files, where Docker and Kubernetes mount them: NAME_FILE names the file with the value of NAME.

const SECRETS = [
  ...['LINK_KEYS', 'LINKS_API_KEY', 'REDIS_URL'],
  ...['CONNECT_CLIENT_SECRET', 'CONNECT_ACCESS_TOKEN'],
];

/** The names of the settings that name a file. */
export const SECRET_FILES: readonly string[] = SECRETS.map(toFileName);

/** Returns the settings with the contents of their files, and a fault for each file that cannot be used. */
export function resolveSecretFiles(source: Settings): {
  settings: Settings;
  faults: SettingFault[];
} {
  const settings = { ...source };
  const faults = SECRETS.flatMap((secret) => {
    const name = toFileName(secret);
    const path = source[name]?.trim();
    if (!path) return [];
    if (source[secret]?.trim()) return [{ name, reason: `and ${secret} are both set: remove one` }];
    const file = readSecretFile(path);
    settings[secret] = file.text;
    return file.fault === undefined ? [] : [{ name, reason: `names a file that ${file.fault}` }];
  });
  return { settings, faults };
}

/** The faults without those of secrets whose file is at fault, which would be reported as missing too. */
export function withoutUnread(
  faults: readonly SettingFault[],
  fileFaults: readonly SettingFault[],
): SettingFault[] {
  const unread = new Set(fileFaults.map(({ name }) => name));
  return faults.filter(({ name }) => !unread.has(toFileName(name)));
}

/** Returns the file's text without surrounding white space, or the reason why there is none. */
export function readSecretFile(
  path: string,
): { text: string; fault?: undefined } | { text?: undefined; fault: string } {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return text === '' ? { fault: 'is empty' } : { text };
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'error';
    return { fault: `cannot be read (${code})` };
  }
}

function toFileName(secret: string): string {
  return `${secret}_FILE`;
}
