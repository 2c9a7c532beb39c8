import 'server-only';
import { Redis } from 'ioredis';

// What several instances share. Nothing waits for it for long: hung, it costs a fifth of a second, dead nothing.

const MAX_RECONNECT_MS = 2_000;
const MAX_START_MS = 1_000;
const HEARTBEAT_MS = 5_000;

type RedisOptions = {
  /** Hears of the first success or failure, and of each turn after that. */
  onChange: (isUp: boolean) => void;
  /** Runs the task again and again; returns what stops it. */
  schedule: (intervalMs: number, task: () => void) => () => void;
};

/** Connects, and again for ever when the connection is lost; commands reject at once while there is none. */
export function connectRedis(url: string, { onChange, schedule }: RedisOptions): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 100,
    connectTimeout: 500,
    disableClientInfo: true,
    retryStrategy: (attempt) => Math.min(attempt * 50, MAX_RECONNECT_MS),
  });
  let wasUp: boolean | undefined;
  function change(isUp: boolean): void {
    if (isUp !== wasUp) onChange(isUp);
    wasUp = isUp;
  }
  redis.on('ready', () => change(true));
  redis.on('close', () => change(false));
  // Without a listener ioredis prints each failure; `onChange` has said it already.
  redis.on('error', () => undefined);
  const stop = schedule(HEARTBEAT_MS, createHeartbeat(redis));
  redis.on('end', stop);
  return redis;
}

// A connection that died without a word would be waited on for a quarter of an hour. The client's own
// socketTimeout outlives its connection and takes the next one down too.
function createHeartbeat(redis: Redis): () => void {
  let misses = 0;
  redis.on('close', () => (misses = 0));
  return () => {
    if (redis.status !== 'ready') return;
    redis.ping().then(
      () => (misses = 0),
      () => {
        misses += 1;
        // Once, for the end of a connection that hangs is waited for as well.
        if (misses === 2) redis.disconnect(true);
      },
    );
  };
}

/** For a command that runs once and can wait: rejects when there is no connection; `disconnect` it. */
export async function connectRedisOnce(url: string): Promise<Redis> {
  const redis = new Redis(url, {
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

/** Once more when it failed: a busy moment of this process looks as if Redis had been silent. */
export function retryOnce<T>(command: () => Promise<T>): Promise<T> {
  return command().catch(command);
}

/** Resolves when there is a connection, or when waiting for the first one has taken too long. */
export function waitForConnection(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, MAX_START_MS).unref();
    redis.once('ready', () => resolve());
  });
}
