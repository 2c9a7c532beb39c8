import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@/lib/order/problem';
import { createMemoryCasStore, createRedisCasStore } from '@/lib/server/redis/cas-store';
import { createConnectClient } from '@/lib/server/connect/client';
import { getEnv, type Env } from '@/lib/server/config/env';
import { createHealth, type Health } from '@/lib/server/api/health';
import { createLinks, type Links } from '@/lib/server/links/link';
import { createLog, createLogRef, type Log, type WriteLine } from '@/lib/server/observability/log';
import { openLogOutput, type LogOutput } from '@/lib/server/observability/log-output';
import type { ApiHandler } from '@/lib/server/api/handler';
import { createMetrics, type Metrics } from '@/lib/server/observability/metrics';
import { openMetricsServer, type MetricsServer } from '@/lib/server/observability/metrics-server';
import { createMintLinkHandler } from '@/lib/server/api/mint-link';
import { createOrderMessagesHandler } from '@/lib/server/api/order-messages';
import { createOrderCache } from '@/lib/server/orders/order-cache';
import { retryOnce, connectRedis, waitForConnection } from '@/lib/server/redis/redis';
import { createRedisCircuitBreaker } from '@/lib/server/redis/redis-circuit-breaker';
import { createRequestLimits, NO_REQUEST_LIMITS } from '@/lib/server/limits/request-limits';
import { createAuthenticate } from '@/lib/server/api/authenticate';
import { createRevocations } from '@/lib/server/links/revocations';
import { createSharedLinks } from '@/lib/server/links/shared-links';
import { createSendLimits } from '@/lib/server/limits/send-limits';
import { createSendMessageHandler } from '@/lib/server/api/send-message';
import { createSendOnce } from '@/lib/server/sending/send-once';
import { createSendRecords } from '@/lib/server/sending/send-records';
import { createShortLinks } from '@/lib/server/links/short-link';
import { createTelemetry } from './telemetry';
import { toOrderSnapshot, UNAVAILABLE_SNAPSHOT } from '@/lib/server/orders/to-order-view';
import { createSharedTokenStore } from '@/lib/server/connect/shared-token-store';
import { createLeases } from '@/lib/server/redis/lease';
import { createAdaptiveRateLimiter } from '@/lib/server/connect/adaptive-rate';
import { serializeOrder } from '@/lib/server/orders/serialized-order';

// The only place where the parts of the server are joined.

const SWEEP_MS = 5_000;
const MIRROR_MS = 5_000;

export type Services = {
  env: Env;
  now: () => number;
  log: Log;
  health: Health;
  getOrderMessages: ApiHandler;
  sendMessage: ApiHandler;
  mintLink: ApiHandler;
  /** Where the metrics are, if they are wanted. Throws EnvironmentError when their port cannot be had. */
  openMetrics: () => Promise<string | undefined>;
  /** Lets go of what would outlive a test. */
  close: () => void;
};

type Runtime = {
  now: () => number;
  random: () => number;
  wait: (delayMs: number) => Promise<unknown>;
  writeLog: WriteLine;
  /** Runs the task again and again, without keeping the process alive; returns what stops it. */
  schedule: (intervalMs: number, task: () => void) => () => void;
};

export function createServices(env: Env, runtime: Runtime): Services {
  const { now, random, wait, writeLog, schedule } = runtime;
  const { METRICS_PORT, METRICS_HOST } = env;
  const metrics = METRICS_PORT === undefined ? undefined : createMetrics();
  const writeLine = createLog(writeLog, now, env.LOG_LEVEL, () => metrics?.droppedLine());
  const telemetry = createTelemetry(writeLine, metrics);
  const { log, contexts, onLimited } = telemetry;
  const adaptiveRate = createAdaptiveRateLimiter(now);
  const statelessLinks = createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, now);
  const shared = env.REDIS_URL
    ? share(env.REDIS_URL, statelessLinks, env, runtime, log, metrics)
    : undefined;
  const links = shared?.links ?? statelessLinks;
  // Changes once while keys do: limits then begin anew, and so do the references in logs.
  const { key: secret } = env.LINK_KEYS[0];
  const logRef = createLogRef(secret);
  const memoryStore = createMemoryCasStore(now);
  const store = shared
    ? createRedisCasStore(shared.redis, shared.redisBreaker, memoryStore)
    : memoryStore;
  const acquireLease = createLeases(store, wait);
  const connect = createConnectClient({
    baseUrl: env.CONNECT_BASE_URL,
    retailerId: env.CONNECT_RETAILER_ID,
    account: env.CONNECT_ACCESS_TOKEN
      ? { accessToken: env.CONNECT_ACCESS_TOKEN }
      : { clientId: env.CONNECT_CLIENT_ID ?? '', clientSecret: env.CONNECT_CLIENT_SECRET ?? '' },
    now,
    random,
    wait,
    adaptiveRate: adaptiveRate,
    sharedTokens:
      shared && env.CONNECT_CLIENT_SECRET
        ? createSharedTokenStore(store, acquireLease, env.CONNECT_CLIENT_SECRET, now)
        : undefined,
    observer: telemetry.connectObserver,
  });
  const hasChat = env.MESSAGING === 'instacart';
  const orderCache = createOrderCache(
    async (orderId, userId, known) => {
      const knownDigest = known?.digest;
      const answer = await connect.getOrderMessages(orderId, userId, { knownDigest });
      if (answer.kind === 'chat-unavailable') return serializeOrder(UNAVAILABLE_SNAPSHOT);
      if (answer.kind === 'unchanged' && known) return known;
      if (answer.kind === 'unchanged') throw new Problem('upstream_invalid');
      const { messages, digest } = answer;
      return serializeOrder(
        await toOrderSnapshot(messages, { imageHosts: env.IMAGE_HOSTS, hasChat, digest }),
      );
    },
    now,
    adaptiveRate.sustainableRate,
  );
  const stopSweeping = schedule(SWEEP_MS, orderCache.sweep);
  metrics?.observe({
    snapshotCount: orderCache.count,
    freshMs: orderCache.freshMs,
    sustainableRate: adaptiveRate.sustainableRate,
  });

  const limits = env.LIMITS
    ? createRequestLimits({ secret, trustedProxies: env.TRUSTED_PROXIES, shared, onLimited, now })
    : NO_REQUEST_LIMITS;
  const authenticate = createAuthenticate({ links, limits, now, logRef });
  const sendOnce = createSendOnce({
    records: createSendRecords(store, env.LINK_KEYS, now),
    acquireLease: acquireLease,
    connect,
    admit: env.LIMITS ? createSendLimits(secret, shared, onLimited) : async () => undefined,
    onSent: ({ orderId, userId }) => orderCache.invalidate(orderId, userId),
    now,
    wait,
  });
  let metricsServer: MetricsServer | undefined;
  return {
    env,
    now,
    log,
    health: createHealth(),
    mintLink: createMintLinkHandler({
      links,
      shortLinks: shared?.shortLinks,
      limits,
      apiKey: env.LINKS_API_KEY,
      publicUrl: env.PUBLIC_URL,
      maxDays: env.LINK_MAX_DAYS,
      logRef,
      now,
      log,
      contexts,
    }),
    getOrderMessages: createOrderMessagesHandler({
      authenticate,
      limits,
      orderCache,
      isThrottled: adaptiveRate.isThrottled,
      now,
      log,
      contexts,
    }),
    sendMessage: createSendMessageHandler({
      authenticate,
      hasChat,
      sendOnce,
      now,
      log,
      contexts,
    }),
    async openMetrics() {
      if (!metrics || METRICS_PORT === undefined) return undefined;
      metricsServer ??= await openMetricsServer(metrics.registry, { METRICS_HOST, METRICS_PORT });
      return metricsServer.url;
    },
    close() {
      metricsServer?.close();
      stopSweeping();
      shared?.close();
    },
  };
}

/** What several instances have in common. */
function share(
  redisUrl: string,
  links: Links,
  env: Env,
  { now, schedule }: Runtime,
  log: Log,
  metrics: Metrics | undefined,
) {
  const redis = connectRedis(redisUrl, {
    schedule,
    onChange: (isUp) => {
      log({ event: 'redis', isUp });
      if (isUp) void mirror();
    },
  });
  const shortLinks = createShortLinks(redis, now);
  const revocations = createRevocations(redis, env.LINK_KEYS, now);
  metrics?.observeRedis({ revocationsAgeMs: revocations.ageMs });
  // While Redis does not answer, what was last known stays in force.
  const mirror = () => retryOnce(revocations.refresh).catch(() => undefined);
  const started = waitForConnection(redis).then(mirror);
  const stopMirroring = schedule(MIRROR_MS, () => void mirror());
  return {
    redis,
    redisBreaker: createRedisCircuitBreaker(now),
    shortLinks,
    links: createSharedLinks({ links, shortLinks, revocations, started }),
    close() {
      stopMirroring();
      redis.disconnect();
    },
  };
}

declare global {
  var orderStatusServices: Services | undefined;
  var orderStatusLogOutput: LogOutput | undefined;
}

/** One per process, as the services. */
export function getLogOutput(): LogOutput {
  if (!globalThis.orderStatusLogOutput) {
    const output = openLogOutput();
    globalThis.orderStatusLogOutput = output;
    process.once('exit', output.flushSync);
  }
  return globalThis.orderStatusLogOutput;
}

/** One instance per process: Next bundles each entry by itself, so a module variable would be several. */
export function getServices(): Services {
  globalThis.orderStatusServices ??= createServices(getEnv(), {
    now: Date.now,
    random: Math.random,
    wait: sleep,
    writeLog: getLogOutput().write,
    schedule: (intervalMs, task) => {
      const timer = setInterval(task, intervalMs).unref();
      return () => clearInterval(timer);
    },
  });
  return globalThis.orderStatusServices;
}
