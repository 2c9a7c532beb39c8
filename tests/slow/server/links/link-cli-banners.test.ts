import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLinks } from '@/lib/server/links/link';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { blankEnv } from '@/tests/support/blank-env';
import { startRedis } from '@/tests/support/redis-server';
import { bannerKeys, composeBanner, hosts } from '@/tests/support/sample-banners';

const [fresh, value] = hosts as ['www.fresh.example', 'www.value.example'];
const folder = mkdtempSync(join(tmpdir(), 'link-cli-'));
const file = join(folder, 'banners.json');
let redisServer: Awaited<ReturnType<typeof startRedis>>;

beforeAll(async () => {
  // The machine has neither the account of the stores nor the keys of the second.
  const stores = {
    [fresh]: composeBanner(fresh, { connect: { clientSecret: { env: 'NOT_SET' } } }),
    [value]: composeBanner(value, { linkKeys: { file: 'not-there' } }),
  };
  writeFileSync(file, JSON.stringify(stores));
  execFileSync('npm', ['run', '-s', 'bundle']);
  redisServer = await startRedis();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await redisServer.close();
});

/** Runs the command as `npm run link` does, and returns its output or its error. */
function runLink(args: string[], settings: Record<string, string> = {}): Promise<string> {
  const { PATH } = process.env;
  const stores = { BANNERS_FILE: file, REDIS_URL: redisServer.url };
  const env = { PATH, NODE_ENV: 'production' as const, ...blankEnv, ...stores, ...settings };
  return new Promise((resolve) => {
    execFile('node', ['.next/link-cli.mjs', ...args], { env }, (_, output, errors) =>
      resolve((output + errors).trim()),
    );
  });
}

const order = ['--order', 'shopping', '--user', 'ann'];

test('the command mints a link of the store that --host names', async () => {
  const output = await runLink([...order, '--host', fresh]);
  const [, token = ''] = /^https:\/\/www\.fresh\.example\/order#(\S+)$/.exec(output) ?? [];
  const links = createLinks([{ kid: 'test', key: bannerKeys[fresh] }], 14, Date.now);
  expect(await links.open(token)).toMatchObject({ orderId: 'shopping', userId: 'ann' });
});

test('short links and revocations are those of the store', async () => {
  const short = await runLink([...order, '--host', 'WWW.Fresh.Example', '--short']);
  expect(short).toMatch(/^https:\/\/www\.fresh\.example\/s#[\w-]{22}$/);
  expect(await runLink(['--revoke', '--order', 'shopping', '--host', fresh])).toContain('Revoked');
  const redis = await connectRedisOnce(redisServer.url);
  const keys = await redis.keys('*');
  redis.disconnect();
  const prefix = 'order-status:banner:www.fresh.example:order-status';
  expect(keys.filter((key) => !key.startsWith(prefix))).toEqual([]);
  expect(keys).toContain(`${prefix}:revoked`);
});

test.each([
  [[], {}, `--host must be one of the hosts in BANNERS_FILE: ${fresh}, ${value}`],
  [['--host', 'other.example'], {}, '--host must be one of the hosts in BANNERS_FILE'],
  [['--host', value], {}, `BANNERS_FILE "${value}".linkKeys names a file that cannot be read`],
  [['--host', fresh], { BANNERS_FILE: '' }, '--host needs BANNERS_FILE'],
  [['--host', fresh], { BANNERS_FILE: folder }, 'BANNERS_FILE names a file that cannot be read'],
])('the arguments %j with %j are refused', async (args, settings, error) => {
  expect(await runLink([...order, ...args], settings)).toContain(error);
});
