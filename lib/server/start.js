import { createServer } from 'node:http';
import next from 'next';

// npm start. Next prepares itself and, by instrumentation.ts, our own part of the server; then our door opens.

// Next would answer upgrades on our server; this one never listens.
const app = next({ dev: false, httpServer: createServer() });
await app.prepare();
await globalThis.openOrderStatusDoor(app.getRequestHandler());
