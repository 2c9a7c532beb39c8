import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import next from 'next';

// Next, in a thread that pages.ts starts. It answers on a socket that only this process can open.

// Next would answer upgrades on our server; this one never listens.
const app = next({ dev: false, httpServer: createServer() });
await app.prepare();
createServer(app.getRequestHandler()).listen(workerData, () => parentPort.postMessage('ready'));
