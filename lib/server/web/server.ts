import 'server-only';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '@/lib/server/config/env';
import { createRouter } from './router';
import { createFileServer } from './file-server';
import { createHttpServer } from './http-server';
import type { LogOutput } from '@/lib/server/observability/log-output';
import { createPageServer } from './page-server';
import type { RenderedResponse } from './rendered-pages';
import type { Services } from '@/lib/server/services';

// Starts and stops the server of `npm start`.

// A request that waits for Connect takes at most this long.
const FINISH_TIMEOUT_MS = 10_000;
const LAST_BYTES_MS = 250;
const POLL_MS = 50;

/**
 * Resolves when the server listens. Throws EnvironmentError if PORT or METRICS_PORT cannot be opened. The server
 * drains and exits on SIGTERM; on SIGINT and after an uncaught error it stops without a drain period.
 */
export async function openServer(
  services: Services,
  responses: readonly RenderedResponse[],
  { flush }: Pick<LogOutput, 'flush'>,
): Promise<void> {
  const { PORT, DRAIN_SECONDS } = services.env;
  const servePage = createPageServer(responses, services.env);
  const router = createRouter(services, servePage, createFileServer(responses));
  const server = createHttpServer(router.listener);

  let isStopping = false;
  async function stop(noticeMs: number, exitCode = 0): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    services.health.drain();
    services.log({ event: 'server', state: 'draining' });
    // The load balancer continues to send requests until its next check of /readyz.
    await sleep(noticeMs);
    server.close();
    for (
      let waitedMs = 0;
      router.busyCount() > 0 && waitedMs < FINISH_TIMEOUT_MS;
      waitedMs += POLL_MS
    )
      await sleep(POLL_MS);
    // The last bytes of responses may not have been sent yet.
    server.closeIdleConnections();
    await sleep(LAST_BYTES_MS);
    // Browsers keep idle connections open, and some connections have had no request.
    server.closeAllConnections();
    services.close();
    services.log({ event: 'server', state: 'stopped' });
    await flush();
    process.exit(exitCode);
  }

  // Each signal may arrive twice: from npm, and from the process that sent it to npm.
  process.on('SIGTERM', () => void stop(DRAIN_SECONDS * 1_000));
  process.on('SIGINT', () => void stop(0));
  // The error is not printed, because its text may quote a customer's message. Running requests still finish.
  process.on('uncaughtException', (cause: unknown) => {
    const errorName = cause instanceof Error ? cause.name : typeof cause;
    services.log({ event: 'server', state: 'broken', errorName });
    void stop(0, 1);
  });
  await services.openMetrics();
  server.listen(PORT);
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    throw new EnvironmentError([`PORT ${PORT} cannot be opened (${cause.code})`]);
  });
  services.log({ event: 'server', state: 'listening' });
}
