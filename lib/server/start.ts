import 'server-only';
import nextEnv from '@next/env';
import { exitOnFault } from './exit-on-fault';
import { openFrontDoor } from './open-front-door';
import { renderAnswers } from './rendered-answers';
import { getServices } from './services';

// npm start, as npm run build bundles it.

nextEnv.loadEnvConfig(process.cwd());
await exitOnFault(async () => openFrontDoor(getServices(), await renderAnswers()));
