import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** Starts a CSP report endpoint and records the headers and body of each report. */
export async function startReportCollector() {
  const reports: string[] = [];
  const server = createServer(async (request, response) => {
    reports.push(JSON.stringify(request.headers) + (await text(request)));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/csp`,
    reports,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
