import 'server-only';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { warnOfMisspeltSettings } from '@/lib/server/config/env';
import { exitOnFault } from './exit-on-fault';
import { openServer } from './server';
import { renderPages } from './rendered-pages';
import { getLogOutput, getServices } from '@/lib/server/services';
import { reserveStandardOutput } from './standard-streams';

// Entry point of `npm start`; `npm run bundle` writes it to .next/start.mjs.

reserveStandardOutput();
nextEnv.loadEnvConfig(fileURLToPath(new URL('..', import.meta.url)));
warnOfMisspeltSettings();
await exitOnFault(async () => openServer(getServices(), await renderPages(), getLogOutput()));
