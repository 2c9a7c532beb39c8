import 'server-only';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { EnvironmentError } from '@/lib/server/config/env';

// Serves GET /metrics on a separate port, which is not exposed to customers.

const REQUEST_TIMEOUT_MS = 5_000;

/** `url`: the address of the metrics. */
export type MetricsServer = { url: string; close(): void };

/**
 * Serves the metrics of the process and of the stores that `readRegistries` returns at each scrape. Listens on the
 * port; 0 picks a free one. Throws EnvironmentError if the port cannot be opened.
 */
export async function openMetricsServer(
  readRegistries: () => readonly Registry[],
  { METRICS_HOST: host, METRICS_PORT: port }: { METRICS_HOST: string; METRICS_PORT: number },
): Promise<MetricsServer> {
  const processRegistry = new Registry();
  collectDefaultMetrics({ register: processRegistry });
  const server = createServer(
    { headersTimeout: REQUEST_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    async (request, response) => {
      const path = request.url?.split('?', 1)[0];
      if (path !== '/metrics') return response.writeHead(404).end();
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return response.writeHead(405, { allow: 'GET, HEAD' }).end();
      try {
        const registries = [...readRegistries(), processRegistry];
        const texts = await Promise.all(registries.map((registry) => registry.metrics()));
        const { contentType } = processRegistry;
        return response.writeHead(200, { 'content-type': contentType }).end(mergeTexts(texts));
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

// Prometheus' text format requires all samples of a metric in one group, after one HELP and one TYPE line.
function mergeTexts(texts: readonly string[]): string {
  const samplesByHead = new Map<string, string[]>();
  for (const group of texts.flatMap((text) => text.split(/^(?=# HELP )/m))) {
    const [help = '', type = '', ...samples] = group.trim().split('\n');
    const head = `${help}\n${type}`;
    samplesByHead.set(head, [...(samplesByHead.get(head) ?? []), ...samples]);
  }
  const groups = [...samplesByHead].map(([head, samples]) => [head, ...samples].join('\n'));
  return `${groups.join('\n\n')}\n`;
}
