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
// No other code handles signals before the server listens, and process 1 of a container ignores them by default.
const exit = () => process.exit();
process.once('SIGTERM', exit).once('SIGINT', exit);
await exitOnFault(async () => {
  const services = getServices();
  const [responses = []] = await renderPages([services.env]);
  process.removeListener('SIGTERM', exit).removeListener('SIGINT', exit);
  await openServer(services, responses, getLogOutput());
});
