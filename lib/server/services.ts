import 'server-only';
import { createAuthenticate } from '@/lib/server/api/authenticate';
import type { ApiHandler } from '@/lib/server/api/handler';
import { createArriveHandler } from '@/lib/server/api/arrive';
import { createDecideReplacementHandler } from '@/lib/server/api/decide-replacement';
import { createMarkReadHandler } from '@/lib/server/api/mark-read';
import { createMintLinkHandler } from '@/lib/server/api/mint-link';
import { createOrderMessagesHandler } from '@/lib/server/api/order-messages';
import { createSendMessageHandler } from '@/lib/server/api/send-message';
import { createSetVehicleHandler } from '@/lib/server/api/set-vehicle';
import type { Registry } from 'prom-client';
import type { BannerName } from '@/lib/server/config/banner-name';
import type { Env } from '@/lib/server/config/env';
import { createAdaptiveRateLimiter } from '@/lib/server/connect/adaptive-rate';
import { createConnectClient } from '@/lib/server/connect/client';
import { createSharedTokenStore } from '@/lib/server/connect/shared-token-store';
import { createRequestLimits, NO_REQUEST_LIMITS } from '@/lib/server/limits/request-limits';
import {
  ARRIVAL_LIMITS,
  createChangeLimits,
  DECISION_LIMITS,
  SEND_LIMITS,
  VEHICLE_LIMITS,
} from '@/lib/server/limits/send-limits';
import { createLinks } from '@/lib/server/links/link';
import { openRedisLinks } from '@/lib/server/links/redis-links';
import { createLog, createLogRef, type Log, type WriteLine } from '@/lib/server/observability/log';
import { createMetrics } from '@/lib/server/observability/metrics';
import { createLoadOrder } from '@/lib/server/orders/load-order';
import { createMarkReadOnce } from '@/lib/server/orders/mark-read-once';
import { createOrderCache } from '@/lib/server/orders/order-cache';
import { createOrderDetails, NO_ORDER_DETAILS } from '@/lib/server/orders/order-details';
import { createPickupDetails } from '@/lib/server/orders/pickup-details';
import { createReadStage } from '@/lib/server/orders/read-stage';
import { toItems } from '@/lib/server/orders/to-items';
import { toVehicle } from '@/lib/server/orders/to-pickup';
import { createMemoryCasStore, type MemoryCasStore } from '@/lib/server/redis/cas-store';
import { createRevokedCopy, type RevokedCopy } from '@/lib/server/links/revocations';
import { openSharedState } from '@/lib/server/redis/shared-state';
import { createArrivalRecords } from '@/lib/server/sending/arrival-records';
import { createArriveOnce } from '@/lib/server/sending/arrive-once';
import { createDecideOnce } from '@/lib/server/sending/decide-once';
import { createDecisionRecords } from '@/lib/server/sending/decision-records';
import { createSendOnce } from '@/lib/server/sending/send-once';
import { createSendRecords } from '@/lib/server/sending/send-records';
import { createStoreVehicle } from '@/lib/server/sending/store-vehicle';
import { createTelemetry } from './telemetry';

// Creates and connects the parts that serve one store. No other module does this.

const SWEEP_MS = 5_000;

export type Services = {
  env: Env;
  now: () => number;
  log: Log;
  getOrderMessages: ApiHandler;
  sendMessage: ApiHandler;
  markRead: ApiHandler;
  decideReplacement: ApiHandler;
  arrive: ApiHandler;
  setVehicle: ApiHandler;
  mintLink: ApiHandler;
  /** Undefined without METRICS_PORT. */
  metrics: Registry | undefined;
  /** Stops timers and closes connections. */
  close: () => void;
};

export type Runtime = {
  now: () => number;
  random: () => number;
  wait: (delayMs: number) => Promise<unknown>;
  writeLog: WriteLine;
  /** Runs the task at each interval without keeping the process alive; returns a function that stops it. */
  schedule: (intervalMs: number, task: () => void) => () => void;
};

/** State of a store that outlives a reload of its settings, also while Redis does not reply. */
export type StoreMemory = { casStore: MemoryCasStore; revokedCopy: RevokedCopy };

export function createStoreMemory(now: () => number): StoreMemory {
  return { casStore: createMemoryCasStore(now), revokedCopy: createRevokedCopy(now) };
}

type StoreParts = { banner: BannerName | undefined; memory: StoreMemory };

/** `store`: left out for the only store of a process. */
export function createServices(
  env: Env,
  runtime: Runtime,
  { banner, memory }: StoreParts = { banner: undefined, memory: createStoreMemory(runtime.now) },
): Services {
  const { now, random, wait, writeLog, schedule } = runtime;

  const metrics = env.METRICS_PORT === undefined ? undefined : createMetrics(banner);
  const writeLine = createLog(writeLog, now, {
    ...{ maxLevel: env.LOG_LEVEL, banner },
    onDropped: () => metrics?.droppedLine(),
  });
  const { log, contexts, onLimited, connectObserver } = createTelemetry(writeLine, metrics);
  // Limits start again and references in logs change when the first key changes.
  const { key: secret } = env.LINK_KEYS[0];
  const logRef = createLogRef(secret);

  const { shared, store, acquireLease, ...sharedState } = openSharedState(env.REDIS_URL, {
    ...{ now, wait, schedule, banner, memoryStore: memory.casStore },
    onChange: (isUp) => log({ event: 'redis', isUp }),
  });
  const statelessLinks = createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, now);
  const redisLinks =
    shared &&
    openRedisLinks(statelessLinks, shared, {
      ...{ linkKeys: env.LINK_KEYS, revokedCopy: memory.revokedCopy, now, schedule },
    });
  const links = redisLinks?.links ?? statelessLinks;

  const adaptiveRate = createAdaptiveRateLimiter(now);
  const connect = createConnectClient({
    ...{ now, random, wait, adaptiveRate, observer: connectObserver },
    baseUrl: env.CONNECT_BASE_URL,
    retailerId: env.CONNECT_RETAILER_ID,
    account: env.CONNECT_ACCESS_TOKEN
      ? { accessToken: env.CONNECT_ACCESS_TOKEN }
      : { clientId: env.CONNECT_CLIENT_ID ?? '', clientSecret: env.CONNECT_CLIENT_SECRET ?? '' },
    sharedTokens:
      shared && env.CONNECT_CLIENT_SECRET
        ? createSharedTokenStore(store, acquireLease, env.CONNECT_CLIENT_SECRET, now)
        : undefined,
  });

  const hasChat = env.MESSAGING === 'instacart';
  const imageHosts = env.IMAGE_HOSTS;
  const { getOrder, getItems, getPickup, getVehicle } = connect;
  const pickups = createPickupDetails({ getPickup, getVehicle, imageHosts, now });
  const orderDetails = env.ORDER_DETAILS
    ? createOrderDetails({ getOrder, getItems, pickups, imageHosts, now, wait })
    : NO_ORDER_DETAILS;
  const loadOrder = createLoadOrder(connect, orderDetails, { imageHosts, hasChat, now });
  const orderCache = createOrderCache(loadOrder, now, adaptiveRate.sustainableRate);
  const stopSweeping = schedule(SWEEP_MS, () => {
    orderCache.sweep();
    orderDetails.sweep();
  });

  const limits = env.LIMITS
    ? createRequestLimits({ secret, trustedProxies: env.TRUSTED_PROXIES, shared, onLimited, now })
    : NO_REQUEST_LIMITS;
  const limitChanges = (changes: typeof SEND_LIMITS) =>
    env.LIMITS ? createChangeLimits(changes, secret, shared, onLimited) : async () => undefined;
  function onChanged(orderId: string, userId: string): void {
    orderDetails.invalidate(orderId, userId);
    orderCache.invalidate(orderId, userId);
  }
  const sendOnce = createSendOnce({
    ...{ acquireLease, connect, now, wait },
    records: createSendRecords(store, env.LINK_KEYS, now),
    admit: limitChanges(SEND_LIMITS),
    onSent: ({ orderId, userId }) => orderCache.invalidate(orderId, userId),
  });
  const readStage = createReadStage(getOrder);
  const decideOnce = createDecideOnce({
    ...{ acquireLease, now, wait },
    records: createDecisionRecords(store, env.LINK_KEYS),
    decideReplacement: connect.decideReplacement,
    readItems: async (...order) => toItems(await connect.readItemsNow(...order), imageHosts),
    readStage: async (...order) => (await readStage(...order))?.stage,
    admit: limitChanges(DECISION_LIMITS),
    onDecided: ({ orderId, userId }) => onChanged(orderId, userId),
  });
  const arriveOnce = createArriveOnce({
    ...{ acquireLease, readStage, now, wait },
    records: createArrivalRecords(store, env.LINK_KEYS),
    recordArrival: connect.recordArrival,
    admit: limitChanges(ARRIVAL_LIMITS),
    onArrived: ({ orderId, userId }) => onChanged(orderId, userId),
  });
  const storeVehicle = createStoreVehicle({
    ...{ toVehicle, setVehicle: connect.setVehicle, admit: limitChanges(VEHICLE_LIMITS) },
    onStored({ orderId, userId }) {
      orderDetails.invalidateVehicle(orderId, userId);
      orderCache.invalidate(orderId, userId);
    },
  });

  metrics?.observe({
    snapshotCount: orderCache.count,
    freshMs: orderCache.freshMs,
    sustainableRate: adaptiveRate.sustainableRate,
  });
  if (redisLinks) metrics?.observeRedis(redisLinks);

  const authenticate = createAuthenticate({ links, limits, now, logRef });
  const handlerParts = { now, log, contexts, authenticate };
  return {
    ...{ env, now, log, metrics: metrics?.registry },
    getOrderMessages: createOrderMessagesHandler({
      ...{ ...handlerParts, limits, orderCache },
      isThrottled: adaptiveRate.isThrottled,
    }),
    sendMessage: createSendMessageHandler({ ...handlerParts, hasChat, sendOnce }),
    markRead: createMarkReadHandler({
      ...{ ...handlerParts, limits, hasChat },
      markRead: createMarkReadOnce(connect.markRead, orderCache.invalidate),
    }),
    decideReplacement: createDecideReplacementHandler({
      ...handlerParts,
      decideOnce: env.ORDER_DETAILS ? decideOnce : undefined,
    }),
    arrive: createArriveHandler({
      ...handlerParts,
      arriveOnce: env.ORDER_DETAILS ? arriveOnce : undefined,
    }),
    setVehicle: createSetVehicleHandler({
      ...handlerParts,
      storeVehicle: env.ORDER_DETAILS ? storeVehicle : undefined,
    }),
    mintLink: createMintLinkHandler({
      ...{ ...handlerParts, links, limits, logRef },
      shortLinks: redisLinks?.shortLinks,
      apiKey: env.LINKS_API_KEY,
      publicUrl: env.PUBLIC_URL,
      maxDays: env.LINK_MAX_DAYS,
    }),
    close() {
      stopSweeping();
      redisLinks?.close();
      sharedState.close();
    },
  };
}
