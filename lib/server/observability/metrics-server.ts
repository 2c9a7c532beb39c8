import 'server-only';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Registry } from 'prom-client';
import { EnvironmentError } from '@/lib/server/config/env';

// GET /metrics, on a port of its own that customers never reach.

const PATIENCE_MS = 5_000;

export type MetricsServer = { url: string; close(): void };

/** Throws EnvironmentError when the port cannot be had. */
export async function openMetricsServer(
  registry: Registry,
  { METRICS_HOST: host, METRICS_PORT: port }: { METRICS_HOST: string; METRICS_PORT: number },
): Promise<MetricsServer> {
  const server = createServer(
    { headersTimeout: PATIENCE_MS, requestTimeout: PATIENCE_MS },
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
    throw new EnvironmentError([`METRICS_PORT ${port} of ${host} cannot be opened${reason}`]);
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
