import 'server-only';
import { parseArgs } from 'node:util';
import { millisecondsInDay } from 'date-fns/constants';
import nextEnv from '@next/env';
import type { Redis } from 'ioredis';
import type { Access } from '@/lib/order/order-view';
import { Problem } from '@/lib/order/problem';
import { EnvironmentError, readEnvironment } from '@/lib/server/config/env';
import { readLinkEnv } from '@/lib/server/config/link-env';
import { assertOrderId, createLinks, type LinkAccess } from './link';
import { connectRedisOnce, toKeyPrefix } from '@/lib/server/redis/redis';
import { createRevocations } from './revocations';
import { createSharedLinks } from './shared-links';
import { createShortLinks } from './short-link';

const USAGE = `Usage: npm run link -- --order ID --user ID [--days N] [--read-only | --share]
                          [--number N] [--locale TAG] [--short]
       npm run link -- --revoke --order ID
       npm run link -- --restore --order ID
With BANNERS_FILE, each also takes --host HOST.`;

type Env = ReturnType<typeof readLinkEnv>;
type LinkRequest = LinkAccess & { days: number };

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      host: { type: 'string' },
      order: { type: 'string' },
      user: { type: 'string' },
      days: { type: 'string' },
      'read-only': { type: 'boolean' },
      share: { type: 'boolean' },
      number: { type: 'string' },
      locale: { type: 'string' },
      short: { type: 'boolean' },
      revoke: { type: 'boolean' },
      restore: { type: 'boolean' },
    },
  });
  const { order: orderId, user: userId, number, locale } = values;
  const { 'read-only': readOnly = false, share = false, short = false } = values;
  const { revoke = false, restore = false } = values;
  const isAlone = Object.keys(values).filter((name) => name !== 'host').length === 2;
  const mayRun = revoke || restore ? isAlone : userId !== undefined;
  if (orderId === undefined || !mayRun || (readOnly && share)) throw new RangeError(USAGE);
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: console.error });
  const env = readLinkEnv(readEnvironment(), values.host);
  if (revoke || restore) assertOrderId(orderId);
  if (revoke) return withRedis(env, (redis) => revokeOrder(redis, env, orderId));
  if (restore) return withRedis(env, (redis) => restoreOrder(redis, env, orderId));
  const days = Number(values.days ?? env.LINK_MAX_DAYS);
  if (!(days > 0 && days <= env.LINK_MAX_DAYS))
    throw new RangeError(`--days must be more than 0 and at most ${env.LINK_MAX_DAYS}`);
  const linkRequest = {
    orderId,
    userId: userId ?? '',
    access: toAccess(readOnly, share),
    number,
    locale,
    days,
  };
  return short
    ? withRedis(env, (redis) => printShortLink(redis, env, linkRequest))
    : printLink(env, linkRequest);
}

function toAccess(readOnly: boolean, share: boolean): Access {
  if (share) return 'share';
  return readOnly ? 'read' : 'full';
}

function createStatelessLinks(env: Env) {
  return createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, Date.now);
}

async function printLink(env: Env, { days, ...access }: LinkRequest): Promise<void> {
  const expiresAtMs = Date.now() + days * millisecondsInDay;
  const token = await createStatelessLinks(env).seal({ ...access, expiresAtMs });
  console.log(`${env.PUBLIC_URL}/order#${token}`);
}

async function printShortLink(
  redis: Redis,
  env: Env,
  { days, ...access }: LinkRequest,
): Promise<void> {
  const expiresAtMs = Date.now() + days * millisecondsInDay;
  const revocations = createRevocations(redis, env.LINK_KEYS, Date.now);
  const shortLinks = createShortLinks(redis, Date.now);
  const started = revocations.refresh();
  const links = createSharedLinks({
    links: createStatelessLinks(env),
    shortLinks,
    revocations,
    started,
  });
  const id = await shortLinks.shorten(await links.seal({ ...access, expiresAtMs }), expiresAtMs);
  if (id === undefined) throw new Error('Redis did not store the short link');
  console.log(`${env.PUBLIC_URL}/s#${id}`);
}

async function revokeOrder(redis: Redis, env: Env, orderId: string): Promise<void> {
  const untilMs = Date.now() + (env.LINK_MAX_DAYS + 1) * millisecondsInDay;
  await createRevocations(redis, env.LINK_KEYS, Date.now).revoke(orderId, untilMs);
  const until = new Date(untilMs).toISOString();
  console.log(
    `Revoked order ${orderId} until ${until}: within 10 seconds every instance refuses all of its links. Undo: --restore.`,
  );
}

async function restoreOrder(redis: Redis, env: Env, orderId: string): Promise<void> {
  const wasRevoked = await createRevocations(redis, env.LINK_KEYS, Date.now).restore(orderId);
  console.log(
    wasRevoked
      ? `Restored order ${orderId}: within 10 seconds its links open again, each until it expires.`
      : `Order ${orderId} was not revoked. Nothing was changed.`,
  );
}

async function withRedis(env: Env, work: (redis: Redis) => Promise<void>): Promise<void> {
  if (env.REDIS_URL === undefined)
    throw new RangeError(
      'REDIS_URL is required for --short, --revoke and --restore: set it to the value of the server',
    );
  let redis: Redis | undefined;
  try {
    redis = await connectRedisOnce(env.REDIS_URL, toKeyPrefix(env.banner));
    await work(redis);
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    if (cause instanceof Problem && cause.code === 'order_revoked')
      throw new RangeError('orderId is revoked: run the command with --restore first', { cause });
    throw new RangeError(
      'REDIS_URL: Redis does not reply or rejects the command. Check its address and password.',
      { cause },
    );
  } finally {
    redis?.disconnect();
  }
}

try {
  await run();
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  if (!(error instanceof RangeError || error instanceof EnvironmentError || isUsage)) throw error;
  console.error(isUsage ? `${error.message}\n${USAGE}` : error.message);
  process.exitCode = 2;
}
