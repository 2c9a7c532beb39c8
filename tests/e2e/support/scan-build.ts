import { readdirSync, readFileSync, statSync } from 'node:fs';
import { findCanaries } from '@/tests/support/canaries';

const SETTINGS = /LINK_KEYS|LINKS_API_KEY|CONNECT_(CLIENT|ACCESS|BASE)|REDIS_URL/;

/**
 * Searches the files of the build that browsers load, and those written since `startedAtMs`, for texts that must not be
 * in them. Returns each file with the texts found in it, and names of settings in files for browsers.
 */
export function scanBuild(startedAtMs: number, wanted: readonly string[]) {
  const files = readdirSync('.next', { recursive: true, encoding: 'utf8' })
    .map((path) => `.next/${path}`)
    .filter((path) => statSync(path).isFile());
  const browserFiles = files.filter((path) => path.startsWith('.next/static/'));
  const newFiles = files.filter((path) => statSync(path).mtimeMs >= startedAtMs);
  const found = [...browserFiles, ...newFiles].flatMap((path) => {
    const text = readFileSync(path, 'latin1');
    const settings = browserFiles.includes(path) ? (SETTINGS.exec(text)?.slice(0, 1) ?? []) : [];
    return [...findCanaries(text, wanted), ...settings].map((canary) => [path, canary]);
  });
  return { browserFileCount: browserFiles.length, found };
}
