import type { Redis } from 'ioredis';
import { createRevocations } from '@/lib/server/links/revocations';
import { dayMs } from '@/tests/simulator/clock';
import { demoUserId } from '@/tests/simulator/people';
import { startOrderServer } from './order-server';

const apiKey = 'retailer-back-end-key';

type Server = Awaited<ReturnType<typeof startOrderServer>>;

/** Starts one of several instances that share a Redis. Each has a separate clock and simulator. */
export async function startInstance(redisUrl: string, overrides: Record<string, string> = {}) {
  const server = await startOrderServer({
    LINKS_API_KEY: apiKey,
    PUBLIC_URL: 'https://orders.example.com',
    REDIS_URL: redisUrl,
    ...overrides,
  });

  /** POST /api/links, for the demo customer. */
  function requestLink(orderId: string, options: { expiresAt?: string; scope?: string } = {}) {
    return server.services.mintLink(
      new Request('http://localhost/api/links', {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ orderId, userId: demoUserId, ...options }),
      }),
    );
  }

  return { ...server, requestLink };
}

export type Instance = Awaited<ReturnType<typeof startInstance>>;

/** Mints a short link and returns its fragment. */
export async function mintShortId(
  instance: Instance,
  orderId: string,
  options = {},
): Promise<string> {
  const { shortUrl } = await (await instance.requestLink(orderId, options)).json();
  const [, id = ''] = /^https:\/\/orders\.example\.com\/s#(.+)$/.exec(shortUrl) ?? [];
  return id;
}

/** The functions of `npm run link -- --revoke` and `--restore`, with the clock of an instance. */
export function createRevoker(redis: Redis, { env, clock }: Pick<Server, 'env' | 'clock'>) {
  const revocations = createRevocations(redis, env.LINK_KEYS, () => clock.nowMs());
  return {
    revoke: (orderId: string) =>
      revocations.revoke(orderId, clock.nowMs() + (env.LINK_MAX_DAYS + 1) * dayMs),
    restore: (orderId: string) => revocations.restore(orderId),
  };
}
