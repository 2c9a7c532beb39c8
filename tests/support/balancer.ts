import { once } from 'node:events';
import { Agent, createServer, request as httpRequest } from 'node:http';

const CHECK_EVERY_MS = 100;

/**
 * A load balancer: round robin over those backends whose /readyz is well, asked every 100 ms. It never
 * asks twice: what a backend fails is a 502.
 */
export async function startBalancer(backends: () => readonly string[]) {
  const agent = new Agent({ keepAlive: true });
  let ready: string[] = [];
  let turn = 0;

  async function check(): Promise<void> {
    const states = await Promise.all(
      backends().map(async (url) => {
        const isReady = await fetch(`${url}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        );
        return isReady ? [url] : [];
      }),
    );
    ready = states.flat();
  }

  // As real ones: a caller's connection is not closed under its next request.
  const server = createServer({ keepAliveTimeout: 75_000 }, (incoming, outgoing) => {
    const backend = ready[turn++ % ready.length];
    if (backend === undefined) return outgoing.writeHead(502).end();
    const { method, url: path, headers, socket } = incoming;
    const forwardedFor = [headers['x-forwarded-for'], socket.remoteAddress].flat().join(', ');
    const request = httpRequest(
      backend,
      { agent, method, path, headers: { ...headers, 'x-forwarded-for': forwardedFor } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    request.on('error', () => outgoing.headersSent || outgoing.writeHead(502).end());
    incoming.pipe(request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not on a port');
  await check();
  // One after the other: a slow check would put back what a later one has found to be draining.
  let isChecking = false;
  const checking = setInterval(() => {
    if (isChecking) return;
    isChecking = true;
    void check().finally(() => (isChecking = false));
  }, CHECK_EVERY_MS);

  return {
    url: `http://127.0.0.1:${address.port}`,
    readyCount: () => ready.length,
    close() {
      clearInterval(checking);
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
