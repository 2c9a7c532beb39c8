import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { EnvironmentError } from '@/lib/server/config/env';
import { readStoreConfigs } from '@/lib/server/config/store-configs';

/** The folder and name of a BANNERS_FILE that `readText` writes; removed after the tests. */
export const folder = mkdtempSync(join(tmpdir(), 'banners-file-'));
export const file = join(folder, 'banners.json');
afterAll(() => rmSync(folder, { recursive: true }));

export const environment = { CONNECT_CLIENT_ID: 'client', CONNECT_CLIENT_SECRET: 'secret-of-all' };

export function readText(text: string, others: Record<string, string> = environment) {
  writeFileSync(file, text);
  return readStoreConfigs({ BANNERS_FILE: file, ...others });
}

export const read = (banners: unknown, others?: Record<string, string>) =>
  readText(JSON.stringify(banners), others);

/** The faults that `load` reports; none if it succeeds. */
export function faults(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
  return [];
}
