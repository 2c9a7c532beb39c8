import 'server-only';
import { findMisspeltSettings, readEnvironment } from '@/lib/server/config/env';
import { findUnusedSettings } from '@/lib/server/config/store-configs';

/** Reports settings that have no effect on standard error; they do not stop the start. */
export function warnOfUnusedSettings(): void {
  const source = readEnvironment();
  for (const sentence of [...findMisspeltSettings(source), ...findUnusedSettings(source)])
    process.stderr.write(`${sentence}\n`);
}
