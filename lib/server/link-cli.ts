import 'server-only';
import { parseArgs } from 'node:util';
import nextEnv from '@next/env';
import { EnvironmentError, readLinkEnv } from './env';
import { createLinks } from './link';

// npm run link -- --order ID --user ID [--days N] [--read-only]

const USAGE = 'Usage: npm run link -- --order ID --user ID [--days N] [--read-only]';
const DAY_MS = 86_400_000;

async function printLink(): Promise<void> {
  const { values } = parseArgs({
    options: {
      order: { type: 'string' },
      user: { type: 'string' },
      days: { type: 'string' },
      'read-only': { type: 'boolean', default: false },
    },
  });
  const { order: orderId, user: userId, 'read-only': readOnly } = values;
  if (orderId === undefined || userId === undefined) throw new RangeError(USAGE);
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: console.error });
  const env = readLinkEnv();
  const days = Number(values.days ?? env.LINK_MAX_DAYS);
  if (!(days > 0 && days <= env.LINK_MAX_DAYS))
    throw new RangeError(`--days must be more than 0 and at most ${env.LINK_MAX_DAYS}`);
  const links = createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, Date.now);
  const token = await links.seal({
    orderId,
    userId,
    readOnly,
    expiresAtMs: Date.now() + days * DAY_MS,
  });
  console.log(`${env.PUBLIC_URL}/order#${token}`);
}

try {
  await printLink();
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  if (!(error instanceof RangeError || error instanceof EnvironmentError || isUsage)) throw error;
  console.error(isUsage ? `${error.message}\n${USAGE}` : error.message);
  process.exitCode = 2;
}
