import 'server-only';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError, readEnvironment } from '@/lib/server/config/env';
import { readStoreConfigs, type StoreConfigs } from '@/lib/server/config/store-configs';
import { createHealth } from '@/lib/server/api/health';
import { createLog } from '@/lib/server/observability/log';
import type { LogOutput } from '@/lib/server/observability/log-output';
import { openMetricsServer, type MetricsServer } from '@/lib/server/observability/metrics-server';
import type { Runtime } from '@/lib/server/services';
import { readBuild, readBuildId } from './file-server';
import { createHttpServer } from './http-server';
import { renderPages } from './rendered-pages';
import { createRouter } from './router';
import { createStores } from './stores';

// Starts, reloads and stops the server of `npm start`.

// A request that waits for Connect takes at most this long.
const FINISH_TIMEOUT_MS = 10_000;
const LAST_BYTES_MS = 250;
const POLL_MS = 50;

/**
 * Resolves when the server listens. Throws EnvironmentError if PORT or METRICS_PORT cannot be opened. The server
 * drains and exits on SIGTERM, stops without a drain period on SIGINT and after an uncaught error, and reads the
 * configuration again on SIGHUP.
 */
export async function openServer(
  configs: StoreConfigs,
  runtime: Runtime,
  { flush }: Pick<LogOutput, 'flush'>,
): Promise<void> {
  // All stores have the same settings of the process.
  const { PORT, DRAIN_SECONDS, LOG_LEVEL, METRICS_HOST, METRICS_PORT } = configs[0].env;
  const log = createLog(runtime.writeLog, runtime.now, { maxLevel: LOG_LEVEL });
  const health = createHealth();
  const buildId = readBuildId();
  const stores = createStores(runtime, readBuild(), renderPages);
  const router = createRouter({ findSite: stores.findSite, health, now: runtime.now, log });
  const server = createHttpServer(router.listener);

  let metricsServer: MetricsServer | undefined;
  let isStopping = false;
  async function stop(noticeMs: number, exitCode = 0): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    health.drain();
    log({ event: 'server', state: 'draining' });
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
    metricsServer?.close();
    stores.close();
    log({ event: 'server', state: 'stopped' });
    await flush();
    process.exit(exitCode);
  }

  async function reload(): Promise<void> {
    if (isStopping) return;
    try {
      // The new pages would name files that this process does not have.
      if (readBuildId() !== buildId)
        throw new EnvironmentError(['The build has changed since the start: restart the server']);
      const reread = readStoreConfigs(readEnvironment());
      const changedCount = await stores.apply(reread);
      log({ event: 'config', state: 'applied', storeCount: reread.length, changedCount });
    } catch (cause) {
      if (cause instanceof EnvironmentError)
        log({ event: 'config', state: 'rejected', faults: cause });
      else log({ event: 'config', state: 'failed', errorName: toErrorName(cause) });
    }
  }

  // No reload overtakes the one before it.
  let loading: Promise<unknown> = stores.apply(configs);
  process.on('SIGHUP', () => {
    loading = loading.then(reload);
  });
  // Process 1 of a container ignores these signals by default.
  const exit = () => process.exit();
  process.once('SIGTERM', exit).once('SIGINT', exit);
  await loading;
  process.removeListener('SIGTERM', exit).removeListener('SIGINT', exit);

  // Each signal may arrive twice: from npm, and from the process that sent it to npm.
  process.on('SIGTERM', () => void stop(DRAIN_SECONDS * 1_000));
  process.on('SIGINT', () => void stop(0));
  // The error is not printed, because its text may quote a customer's message. Running requests still finish.
  process.on('uncaughtException', (cause: unknown) => {
    log({ event: 'server', state: 'broken', errorName: toErrorName(cause) });
    void stop(0, 1);
  });
  if (METRICS_PORT !== undefined)
    metricsServer = await openMetricsServer(stores.registries, { METRICS_HOST, METRICS_PORT });
  server.listen(PORT);
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    throw new EnvironmentError([`PORT ${PORT} cannot be opened (${cause.code})`]);
  });
  log({ event: 'server', state: 'listening' });
}

function toErrorName(cause: unknown): string {
  return cause instanceof Error ? cause.name : typeof cause;
}
