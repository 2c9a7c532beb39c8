import 'server-only';
import { parseArgs } from 'node:util';
import nextEnv from '@next/env';
import type { Redis } from 'ioredis';
import { EnvironmentError, readLinkEnv } from './env';
import { createLinks } from './link';
import { connectRedisOnce } from './redis';
import { createShortLinks } from './short-link';

const USAGE = 'Usage: npm run link -- --order ID --user ID [--days N] [--read-only] [--short]';
const DAY_MS = 86_400_000;

type Env = ReturnType<typeof readLinkEnv>;
type Wish = { orderId: string; userId: string; readOnly: boolean; days: number };

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      order: { type: 'string' },
      user: { type: 'string' },
      days: { type: 'string' },
      'read-only': { type: 'boolean' },
      short: { type: 'boolean' },
    },
  });
  const { order: orderId, user: userId, short = false } = values;
  if (orderId === undefined || userId === undefined) throw new RangeError(USAGE);
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: console.error });
  const env = readLinkEnv();
  const days = Number(values.days ?? env.LINK_MAX_DAYS);
  if (!(days > 0 && days <= env.LINK_MAX_DAYS))
    throw new RangeError(`--days must be more than 0 and at most ${env.LINK_MAX_DAYS}`);
  const wish = { orderId, userId, readOnly: values['read-only'] ?? false, days };
  return short ? withRedis(env, (redis) => printShortLink(redis, env, wish)) : printLink(env, wish);
}

function createOwnLinks(env: Env) {
  return createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, Date.now);
}

async function printLink(env: Env, { days, ...access }: Wish): Promise<void> {
  const expiresAtMs = Date.now() + days * DAY_MS;
  const token = await createOwnLinks(env).seal({ ...access, expiresAtMs });
  console.log(`${env.PUBLIC_URL}/order#${token}`);
}

async function printShortLink(redis: Redis, env: Env, { days, ...access }: Wish): Promise<void> {
  const expiresAtMs = Date.now() + days * DAY_MS;
  const shortLinks = createShortLinks(redis, Date.now);
  const token = await createOwnLinks(env).seal({ ...access, expiresAtMs });
  const id = await shortLinks.shorten(token, expiresAtMs);
  if (id === undefined) throw new Error('Redis did not keep the link');
  console.log(`${env.PUBLIC_URL}/s#${id}`);
}

async function withRedis(env: Env, act: (redis: Redis) => Promise<void>): Promise<void> {
  if (env.REDIS_URL === undefined) throw new RangeError('REDIS_URL is required for --short');
  let redis: Redis | undefined;
  try {
    redis = await connectRedisOnce(env.REDIS_URL);
    await act(redis);
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new RangeError('Redis at REDIS_URL does not answer, or refuses', { cause });
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
