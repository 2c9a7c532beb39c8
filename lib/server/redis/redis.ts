import 'server-only';
import { Redis } from 'ioredis';
import type { BannerName } from '@/lib/server/config/banner-name';

// Connects to Redis, which holds the state that instances share. Commands time out after 0.1 s, and with one retry
// after 0.2 s, if Redis hangs; they fail at once if there is no connection.

const MAX_RECONNECT_MS = 2_000;
const CONNECTION_TIMEOUT_MS = 1_000;
const HEARTBEAT_MS = 5_000;

type RedisOptions = {
  keyPrefix: string;
  /** Called with the first state of the connection and with each change of it. */
  onChange: (isUp: boolean) => void;
  /** Runs the task at each interval; returns the function that stops it. */
  schedule: (intervalMs: number, task: () => void) => () => void;
};

/**
 * The prefix of all keys of a store. The connection adds it to every command, so that no caller can omit it; the only
 * store of a deployment has none.
 */
export function toKeyPrefix(banner: BannerName | undefined): string {
  return banner === undefined ? '' : `order-status:banner:${banner}:`;
}

/** Connects, and reconnects without limit; commands reject at once while there is no connection. */
export function connectRedis(url: string, { keyPrefix, onChange, schedule }: RedisOptions): Redis {
  const redis = new Redis(url, {
    keyPrefix,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 100,
    connectTimeout: 500,
    disableClientInfo: true,
    retryStrategy: (attempt) => Math.min(attempt * 50, MAX_RECONNECT_MS),
  });
  let wasUp: boolean | undefined;
  function reportChange(isUp: boolean): void {
    if (isUp !== wasUp) onChange(isUp);
    wasUp = isUp;
  }
  redis.on('ready', () => reportChange(true));
  redis.on('close', () => reportChange(false));
  // Without a listener ioredis prints each failure; `onChange` reports it already.
  redis.on('error', () => undefined);
  const stop = schedule(HEARTBEAT_MS, createHeartbeat(redis));
  redis.on('end', stop);
  return redis;
}

// Detects a connection that was lost without a FIN or RST; TCP alone needs 15 minutes. The socketTimeout of
// ioredis is no replacement: its timer survives the connection and closes the next one too.
function createHeartbeat(redis: Redis): () => void {
  let misses = 0;
  redis.on('close', () => (misses = 0));
  return () => {
    if (redis.status !== 'ready') return;
    redis.ping().then(
      () => (misses = 0),
      () => {
        misses += 1;
        // Later misses do not disconnect again, because closing a hanging connection takes time too.
        if (misses === 2) redis.disconnect(true);
      },
    );
  };
}

/** A connection for command-line tools: rejects if Redis is unreachable. The caller must `disconnect` it. */
export async function connectRedisOnce(url: string, keyPrefix = ''): Promise<Redis> {
  const redis = new Redis(url, {
    keyPrefix,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    commandTimeout: 2_000,
    connectTimeout: 2_000,
    disableClientInfo: true,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return redis;
  } catch (cause) {
    redis.disconnect();
    throw cause;
  }
}

/** Retries a failed command once: a busy event loop of this process looks like a timeout of Redis. */
export function retryOnce<T>(command: () => Promise<T>): Promise<T> {
  return command().catch(command);
}

/** Resolves when the first connection is ready, or after 1 s. Never rejects. */
export function waitForConnection(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, CONNECTION_TIMEOUT_MS).unref();
    redis.once('ready', () => resolve());
  });
}
