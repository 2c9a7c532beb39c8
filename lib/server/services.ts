import 'server-only';
import { createConnectClient } from './connect-client';
import { readEnv, type Env } from './env';
import { createLinks } from './link';
import { createLog, createLogRef } from './log';
import { createMintLinkHandler } from './mint-link';
import { createOrderMessagesHandler } from './order-messages';
import { createOrderSnapshots } from './order-snapshots';
import { createThrottlePace } from './throttle-pace';
import { toOrderSnapshot, UNAVAILABLE_SNAPSHOT } from './to-order-view';

// The only place where the parts of the server are joined.

const SWEEP_MS = 5_000;

type Services = {
  env: Env;
  getOrderMessages: (request: Request) => Promise<Response>;
  mintLink: (request: Request) => Promise<Response>;
};

type World = { now: () => number; random: () => number; writeLog: (line: string) => void };

export function createServices(env: Env, { now, random, writeLog }: World): Services {
  const pace = createThrottlePace(now);
  const connect = createConnectClient({
    baseUrl: env.CONNECT_BASE_URL,
    retailerId: env.CONNECT_RETAILER_ID,
    account: env.CONNECT_ACCESS_TOKEN
      ? { accessToken: env.CONNECT_ACCESS_TOKEN }
      : { clientId: env.CONNECT_CLIENT_ID ?? '', clientSecret: env.CONNECT_CLIENT_SECRET ?? '' },
    now,
    random,
    onThrottled: pace.throttled,
  });
  const snapshots = createOrderSnapshots(async (orderId, userId) => {
    const answer = await connect.getOrderMessages(orderId, userId);
    if (answer.kind === 'chat-unavailable') return UNAVAILABLE_SNAPSHOT;
    const hasChat = env.MESSAGING === 'instacart';
    return toOrderSnapshot(answer.messages, { imageHosts: env.IMAGE_HOSTS, hasChat });
  }, now);
  setInterval(snapshots.sweep, SWEEP_MS).unref();

  const links = createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, now);
  return {
    env,
    mintLink: createMintLinkHandler({
      links,
      apiKey: env.LINKS_API_KEY,
      publicUrl: env.PUBLIC_URL,
      maxDays: env.LINK_MAX_DAYS,
      now,
    }),
    getOrderMessages: createOrderMessagesHandler({
      links,
      snapshots,
      throttleFactor: pace.factor,
      now,
      log: createLog(writeLog, now),
      logRef: createLogRef(env.LINK_KEYS[0].key),
    }),
  };
}

declare global {
  var orderStatusServices: Services | undefined;
}

/** One instance per process: Next bundles each entry by itself, so a module variable would be several. */
export function getServices(): Services {
  globalThis.orderStatusServices ??= createServices(readEnv(), {
    now: Date.now,
    random: Math.random,
    writeLog: (line) => process.stdout.write(line),
  });
  return globalThis.orderStatusServices;
}
