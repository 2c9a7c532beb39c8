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

// The server of `npm start`, from the first request to the last.

// What may still be asking Connect.
const LAST_ANSWERS_MS = 10_000;
const LAST_BYTES_MS = 250;
const POLL_MS = 50;

/**
 * Throws EnvironmentError when the metrics' port cannot be had. Resolves when the server listens; on
 * SIGTERM it drains, on SIGINT and after an error that nobody caught it stops at once, and exits.
 */
export async function openServer(
  services: Services,
  answers: readonly RenderedResponse[],
  { flush }: Pick<LogOutput, 'flush'>,
): Promise<void> {
  const { PORT, DRAIN_SECONDS } = services.env;
  const servePage = createPageServer(answers, services.env);
  const router = createRouter(services, servePage, createFileServer(answers));
  const server = createHttpServer(router.listener);

  let isStopping = false;
  async function stop(noticeMs: number, exitCode = 0): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    services.health.drain();
    services.log({ event: 'server', state: 'draining' });
    // Until the load balancer has seen it, requests keep coming and are answered.
    await sleep(noticeMs);
    server.close();
    for (
      let waitedMs = 0;
      router.busyCount() > 0 && waitedMs < LAST_ANSWERS_MS;
      waitedMs += POLL_MS
    )
      await sleep(POLL_MS);
    // The last answers have been given, but perhaps not to the last byte.
    server.closeIdleConnections();
    await sleep(LAST_BYTES_MS);
    // Those that browsers keep open to spare, some of them never used.
    server.closeAllConnections();
    services.close();
    services.log({ event: 'server', state: 'stopped' });
    await flush();
    process.exit(exitCode);
  }

  // Each may come twice, from npm and from whoever has told npm.
  process.on('SIGTERM', () => void stop(DRAIN_SECONDS * 1_000));
  process.on('SIGINT', () => void stop(0));
  // Whatever it was, it is not printed, as it may quote a message. Others still get their answers.
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
