import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';

/** A way to a site on which some headers of its answers are lost. */
export async function startWay(siteUrl: string, dropped: readonly string[]) {
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const request = httpRequest(siteUrl, { agent: false, method, path, headers }, (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !dropped.includes(name));
      outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
      answer.pipe(outgoing);
    });
    request.on('error', () => outgoing.destroy());
    incoming.pipe(request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
