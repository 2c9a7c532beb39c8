import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { blankEnv } from '@/tests/support/blank-env';
import { findFreePort } from '@/tests/support/local-server';
import { testLinkKeys } from '@/tests/support/test-link';

// Next keeps the files of its development server apart from the build.
const devFolder = '.next/dev';

test('npm run dev serves the order page', { timeout: 400_000 }, async () => {
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const isFolderOfDeveloper = existsSync(devFolder);
  const server = spawn('npm', ['run', 'dev'], {
    env: {
      ...process.env,
      ...blankEnv,
      LINK_KEYS: testLinkKeys,
      CONNECT_ACCESS_TOKEN: 'token',
      CONNECT_BASE_URL: 'http://localhost:9',
      PUBLIC_URL: url,
      RETAILER_NAME: 'Greenfield Market',
      NODE_ENV: 'development',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // The signal below reaches the whole group: npm, Next and the compiler.
    detached: true,
  });
  const ended = once(server, 'close');
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  onTestFinished(async () => {
    if (server.pid && server.exitCode === null) process.kill(-server.pid, 'SIGTERM');
    await ended;
    if (!isFolderOfDeveloper) rmSync(devFolder, { recursive: true, force: true });
  });

  await expect.poll(() => output, { timeout: 120_000 }).toContain('Ready in');
  // The first request compiles the page.
  const response = await fetch(`${url}/order`, { signal: AbortSignal.timeout(240_000) });
  const html = await response.text();
  expect([response.status, html], output).toEqual([
    200,
    expect.stringContaining('<title>Order status · Greenfield Market</title>'),
  ]);
});
