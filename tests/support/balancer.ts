import { once } from 'node:events';
import { Agent, createServer, request as httpRequest } from 'node:http';

const CHECK_EVERY_MS = 100;

/**
 * A load balancer: round robin over the backends whose /readyz answers 200, checked every 100 ms. It does not
 * retry; a failed request is answered with 502.
 */
export async function startBalancer(backends: () => readonly string[]) {
  const agent = new Agent({ keepAlive: true });
  let ready: string[] = [];
  let nextIndex = 0;

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

  // The timeout is longer than clients reuse a connection, so that no connection is closed during a request.
  const server = createServer({ keepAliveTimeout: 75_000 }, (incoming, outgoing) => {
    const backend = ready[nextIndex++ % ready.length];
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
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  await check();
  // Checks do not overlap: a slow check would restore a backend that a later check found draining.
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
