import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { warnOfUnusedSettings } from '@/lib/server/web/setting-warnings';
import { composeBanner } from '@/tests/support/sample-banners';

const folder = mkdtempSync(join(tmpdir(), 'setting-warnings-'));
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('a variable that BANNERS_FILE names is in use, and one with a similar name is reported', () => {
  const written: unknown[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(text) > 0);
  const file = join(folder, 'banners.json');
  const host = 'www.fresh.example';
  const banner = composeBanner(host, { linkKeys: { env: 'LINK_KEYS_A' } });
  writeFileSync(file, JSON.stringify({ [host]: banner }));
  vi.stubEnv('BANNERS_FILE', file);
  vi.stubEnv('LINK_KEYS_A', 'any');
  vi.stubEnv('LINK_KEYS_B', 'any');
  warnOfUnusedSettings();
  expect(written).toEqual([
    'LINK_KEYS_B is not a setting and has no effect. Did you mean LINK_KEYS?\n',
  ]);
});
