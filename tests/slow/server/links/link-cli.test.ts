import { execFile, execFileSync } from 'node:child_process';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseEnv } from '@/lib/server/config/env';
import { createLinks } from '@/lib/server/links/link';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { createRevocations } from '@/lib/server/links/revocations';
import { createShortLinks } from '@/lib/server/links/short-link';
import { blankEnv } from '@/tests/support/blank-env';
import { startRedis } from '@/tests/support/redis-server';
import { testLinkKeys } from '@/tests/support/test-link';

const environment = {
  ...blankEnv,
  LINK_KEYS: testLinkKeys,
  PUBLIC_URL: 'https://orders.example.com',
};

// Each of these tests starts npm.
vi.setConfig({ testTimeout: 60_000 });

type Run = { exitCode: number; output: string; errors: string };

function runLink(args: string[], overrides: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      'npm',
      ['run', '-s', 'link', '--', ...args],
      { env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment, ...overrides } },
      (_, output, errors) =>
        resolve({
          exitCode: child.exitCode ?? -1,
          output,
          // Warnings of npm about its configuration are not part of the output.
          errors: errors.replace(/^npm warn.*\n/gm, ''),
        }),
    );
  });
}

const order = ['--order', 'A 1/2', '--user', 'ann@example.com'];

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;

beforeAll(async () => {
  execFileSync('npm', ['run', '-s', 'bundle']);
  server = await startRedis();
  redis = await connectRedisOnce(server.url);
});

afterAll(async () => {
  redis.disconnect();
  await server.close();
});

function open(output: string, clockMs = Date.now()) {
  const [, token = ''] = /^https:\/\/orders\.example\.com\/order#(\S+)\n$/.exec(output) ?? [];
  return openToken(token, clockMs);
}

function openToken(token: string, clockMs = Date.now()) {
  const env = parseEnv({
    LINK_KEYS: testLinkKeys,
    CONNECT_ACCESS_TOKEN: 't',
    CONNECT_BASE_URL: 'http://localhost:4010',
  });
  return createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, () => clockMs).open(token);
}

test.concurrent('the command prints a link that opens the order for LINK_MAX_DAYS', async () => {
  const { exitCode, output, errors } = await runLink(order);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  const access = { orderId: 'A 1/2', userId: 'ann@example.com', access: 'full' };
  expect(await open(output)).toMatchObject(access);
  expect(await open(output, Date.now() + 13.9 * 86_400_000)).toMatchObject(access);
});

test.concurrent('the command prints a read-only link for the requested days', async () => {
  const { output } = await runLink([...order, '--read-only', '--days', '0.5']);
  expect(await open(output)).toMatchObject({ access: 'read' });
  await expect(open(output, Date.now() + 0.6 * 86_400_000)).rejects.toMatchObject({
    code: 'link_expired',
  });
});

test.concurrent('the command prints a sharing link with order number and language', async () => {
  const { exitCode, output, errors } = await runLink([
    ...order,
    '--share',
    ...['--number', 'GM-20418'],
    ...['--locale', 'fr-CA'],
  ]);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  expect(await open(output)).toMatchObject({
    ...{ orderId: 'A 1/2', access: 'share', number: 'GM-20418', locale: 'fr-CA' },
  });
});

test.concurrent('the command prints a short link whose token is encrypted in Redis', async () => {
  const args = [...order, '--short', '--read-only', '--days', '0.5'];
  const { exitCode, output, errors } = await runLink(args, { REDIS_URL: server.url });
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  const [, id = ''] = /^https:\/\/orders\.example\.com\/s#([\w-]{22})\n$/.exec(output) ?? [];
  const token = await createShortLinks(redis, Date.now).find(id);
  expect(await openToken(token)).toMatchObject({ orderId: 'A 1/2', access: 'read' });
  await expect(openToken(token, Date.now() + 0.6 * 86_400_000)).rejects.toThrow('link_expired');
});

test.concurrent('the command revokes and restores an order and prints the result', async () => {
  const env = parseEnv({
    LINK_KEYS: testLinkKeys,
    CONNECT_ACCESS_TOKEN: 't',
    CONNECT_BASE_URL: 'http://localhost:4010',
  });
  const revocations = createRevocations(redis, env.LINK_KEYS, Date.now);
  const run = async (...args: string[]) => {
    const result = await runLink(args, { REDIS_URL: server.url, LINK_MAX_DAYS: '3' });
    await revocations.refresh();
    return { ...result, isRevoked: revocations.has('B 7') };
  };
  const startedAtMs = Date.now();
  const revoked = await run('--revoke', '--order', 'B 7');
  expect(revoked).toMatchObject({ exitCode: 0, errors: '', isRevoked: true });
  const [, until = ''] =
    /^Revoked order B 7 until (\S+Z): within 10 seconds every instance refuses all of its links\. Undo: --restore\.\n$/.exec(
      revoked.output,
    ) ?? [];
  const lastsMs = Date.parse(until) - startedAtMs;
  expect(lastsMs).toBeGreaterThanOrEqual(4 * 86_400_000);
  expect(lastsMs).toBeLessThan(4 * 86_400_000 + 60_000);

  const refused = await run('--order', 'B 7', '--user', 'ann', '--short');
  expect(refused).toMatchObject({ exitCode: 2, output: '' });
  expect(refused.errors).toBe('orderId is revoked: run the command with --restore first\n');

  expect(await run('--restore', '--order', 'B 7')).toMatchObject({
    exitCode: 0,
    output: 'Restored order B 7: within 10 seconds its links open again, each until it expires.\n',
    isRevoked: false,
  });
  expect(await run('--restore', '--order', 'B 7')).toMatchObject({
    exitCode: 0,
    output: 'Order B 7 was not revoked. Nothing was changed.\n',
  });
});

test.concurrent.for<[string[], string, Record<string, string>?]>([
  [[], 'Usage: npm run link -- --order ID --user ID [--days N] [--read-only | --share]'],
  [[...order, '--colour', 'red'], 'Usage: npm run link'],
  [
    [...order, '--days', 'soon'],
    '--days must be more than 0 and at most 3',
    { LINK_MAX_DAYS: '3' },
  ],
  [['--order', 'x'.repeat(65), '--user', 'ann'], 'orderId must have 1-64 characters'],
  [order, 'LINK_KEYS is required', { LINK_KEYS: ' ' }],
  [[...order, '--share', '--read-only'], 'Usage: npm run link'],
  [[...order, '--number', 'x'.repeat(33)], 'number must have 1-32 characters'],
  [[...order, '--number', ''], 'number must have 1-32 characters'],
  [[...order, '--locale', 'en_US'], 'locale must be a BCP 47 language tag'],
  [['--revoke', '--share', '--order', '1'], 'npm run link -- --revoke --order ID'],
  [['--revoke'], 'npm run link -- --revoke --order ID'],
  [['--revoke', ...order], 'npm run link -- --revoke --order ID'],
  [['--revoke', '--restore', '--order', '1'], 'npm run link -- --restore --order ID'],
  [['--revoke', '--order', '1'], 'REDIS_URL is required'],
  [['--restore', '--order', '1'], 'REDIS_URL is required'],
  [[...order, '--short'], 'REDIS_URL is required'],
  [[...order, '--short'], 'REDIS_URL must be a redis:', { REDIS_URL: 'https://redis.example' }],
  [[...order, '--short'], 'REDIS_URL: Redis does not reply', { REDIS_URL: 'redis://127.0.0.1:1' }],
  [
    ['--revoke', '--order', 'x'.repeat(65)],
    'orderId must have 1-64 characters',
    { REDIS_URL: 'redis://127.0.0.1:1' },
  ],
])('the command refuses %j with the reason', async ([args, words, overrides]) => {
  const { exitCode, output, errors } = await runLink(args, overrides);
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  expect(errors).toContain(words);
  expect(errors).not.toMatch(/^\s+at /m);
});
