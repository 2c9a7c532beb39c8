import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { blankEnv } from '@/tests/support/blank-env';
import { findFreePort, untilReady } from '@/tests/support/local-server';
import { startRedis } from '@/tests/support/redis-server';
import { testLinkKeys } from '@/tests/support/test-link';

// The standard output of the server, and a standard output without a reader.

const CLOCK_TICKS_PER_SECOND = 100;

/** Starts the server as a container does, without a reader of its output. */
async function start(settings: Record<string, string> = {}) {
  const port = await findFreePort();
  const { PATH, HOME } = process.env;
  const server = spawn('node', ['.next/start.mjs'], {
    env: {
      ...{ PATH, HOME, NODE_ENV: 'production', PORT: String(port), DRAIN_SECONDS: '0' },
      ...blankEnv,
      LINK_KEYS: testLinkKeys,
      CONNECT_ACCESS_TOKEN: 'any',
      PUBLIC_URL: 'https://orders.example.com',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => server.kill('SIGKILL'));
  const url = `http://localhost:${port}`;
  await untilReady(`${url}/readyz`, () => server.exitCode !== null);

  async function stop(): Promise<unknown> {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    const [exitCode] = await ended;
    return exitCode;
  }

  return { server, url, stop };
}

/** CPU seconds of a process so far (proc(5)). */
function readCpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
}

test('every line on standard output is JSON, also if a library prints', async () => {
  const redis = await startRedis();
  const { server, url, stop } = await start({
    // The Redis client prints a notice about a password that Redis does not require.
    REDIS_URL: redis.url.replace('redis://', 'redis://:secret@'),
    LOG_LEVEL: 'debug',
    EMBED_ORIGIN: 'https://www.example.com',
  });
  const output = Promise.all([text(server.stdout), text(server.stderr)]);
  for (const path of ['/order', '/embed', '/nowhere', '/embed.js', '/api/order/messages'])
    await (await fetch(url + path)).text();
  expect(await stop()).toBe(0);
  const [written, errors] = await output;
  await redis.close();
  const lines = written.trimEnd().split('\n');
  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
  expect(new Set(events)).toEqual(new Set(['server', 'redis', 'page', 'request']));
  // The line about the closed connection to Redis may follow.
  expect(lines.slice(-2).join()).toContain('"state":"stopped"');
  expect(errors).toContain(
    'EMBED_ORIGIN is not a setting and has no effect. Did you mean EMBED_ORIGINS?',
  );
});

for (const [name, leave] of [
  ['standard output that goes away', ({ stdout }) => void stdout.destroy()],
  [
    'standard output and error that goes away',
    ({ stdout, stderr }) => [stdout, stderr].forEach((each) => each.destroy()),
  ],
  ['standard output that stops', () => undefined],
] satisfies [string, (server: ChildProcessByStdio<null, Readable, Readable>) => void][])
  test(`a reader of ${name} delays no request`, async () => {
    const { server, url, stop } = await start({ LIMITS: 'off' });
    leave(server);
    // Writes more lines than the buffer of a pipe or a socket holds.
    for (let count = 0; count < 50; count++) {
      const answers = Array.from({ length: 20 }, async () => {
        const answer = await fetch(`${url}/api/order/messages`);
        await answer.text();
        return answer.status;
      });
      expect(new Set(await Promise.all(answers))).toEqual(new Set([401]));
    }
    const { pid = 0 } = server;
    const before = readCpuSeconds(pid);
    // The wait is the period over which the CPU time of an idle server is measured.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(readCpuSeconds(pid) - before).toBeLessThan(0.5);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await stop()).toBe(0);
  });
