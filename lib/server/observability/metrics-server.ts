import 'server-only';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Registry } from 'prom-client';
import { EnvironmentError } from '@/lib/server/config/env';

// Serves GET /metrics on a separate port, which is not exposed to customers.

const REQUEST_TIMEOUT_MS = 5_000;

/** `url`: the address of the metrics. */
export type MetricsServer = { url: string; close(): void };

/** Listens on the port; 0 picks a free one. Throws EnvironmentError if the port cannot be opened. */
export async function openMetricsServer(
  registry: Registry,
  { METRICS_HOST: host, METRICS_PORT: port }: { METRICS_HOST: string; METRICS_PORT: number },
): Promise<MetricsServer> {
  const server = createServer(
    { headersTimeout: REQUEST_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    async (request, response) => {
      const path = request.url?.split('?', 1)[0];
      if (path !== '/metrics') return response.writeHead(404).end();
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return response.writeHead(405, { allow: 'GET, HEAD' }).end();
      try {
        const metrics = await registry.metrics();
        return response.writeHead(200, { 'content-type': registry.contentType }).end(metrics);
      } catch {
        return response.writeHead(500).end();
      }
    },
  );
  server.listen(port, host);
  await once(server, 'listening').catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new EnvironmentError([
      `METRICS_PORT ${port} on ${host} cannot be opened${reason}: set another METRICS_PORT or METRICS_HOST`,
    ]);
  });
  const address = server.address();
  const actualPort = address === null || typeof address === 'string' ? port : address.port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}/metrics`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
