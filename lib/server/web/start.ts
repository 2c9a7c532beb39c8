import 'server-only';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { readEnvironment } from '@/lib/server/config/env';
import { readStoreConfigs } from '@/lib/server/config/store-configs';
import { createRuntime, getLogOutput } from '@/lib/server/process-services';
import { exitOnFault } from './exit-on-fault';
import { openServer } from './server';
import { warnOfUnusedSettings } from './setting-warnings';
import { reserveStandardOutput } from './standard-streams';

// Entry point of `npm start`; `npm run bundle` writes it to .next/start.mjs.

reserveStandardOutput();
nextEnv.loadEnvConfig(fileURLToPath(new URL('..', import.meta.url)));
warnOfUnusedSettings();
await exitOnFault(() =>
  openServer(readStoreConfigs(readEnvironment()), createRuntime(), getLogOutput()),
);
