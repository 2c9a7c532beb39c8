import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { blankEnv } from '@/tests/support/blank-env';
import { findFreePort, untilReady } from '@/tests/support/local-server';
import { testLinkKeys } from '@/tests/support/test-link';

const secret = 'do-not-print-me';

/** Starts the server as its operators do and waits until it has ended. */
function startAndFail(environment: Record<string, string>) {
  const { PATH, HOME } = process.env;
  const server = spawn('npm', ['start'], {
    env: { PATH, HOME, NODE_ENV: 'production', PORT: '0', ...blankEnv, ...environment },
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise<{ exitCode: number | null; output: string }>((resolve) => {
    server.on('close', (exitCode) => resolve({ exitCode, output }));
  });
}

test('an invalid environment stops the start with a list of all errors and without secrets', async () => {
  const { exitCode, output } = await startAndFail({
    PUBLIC_URL: 'http://shop.example.com/path',
    LINK_KEYS: `one:${secret},one:${secret}`,
    LINK_MAX_DAYS: '-1',
    CONNECT_BASE_URL: `https://user:${secret}@connect.instacart.com`,
    CONNECT_CLIENT_ID: '',
    CONNECT_CLIENT_SECRET: secret,
    IMAGE_HOSTS: 'https://images.example.com/',
    RETAILER_COLOR: 'greenish',
    SUPPORT_URL: 'javascript:alert(1)',
    MESSAGING: 'maybe',
  });
  expect(exitCode).not.toBe(0);
  expect(exitCode).not.toBeNull();
  for (const name of [
    'PUBLIC_URL',
    'LINK_KEYS',
    'LINK_MAX_DAYS',
    'CONNECT_BASE_URL',
    'CONNECT_CLIENT_ID',
    'IMAGE_HOSTS',
    'RETAILER_COLOR',
    'SUPPORT_URL',
    'MESSAGING',
  ])
    expect(output).toMatch(new RegExp(`^ +- ${name} `, 'm'));
  expect(output).not.toContain(secret);
});

test('an empty environment stops the start, and a short key is not printed', async () => {
  const { exitCode, output } = await startAndFail({ LINK_KEYS: testLinkKeys.slice(0, -10) });
  expect(exitCode).not.toBe(0);
  expect(output).toContain('CONNECT_CLIENT_ID is required');
  expect(output).toMatch(/LINK_KEYS .*32 bytes/);
  expect(output).not.toContain(testLinkKeys.slice(5, 20));
});

for (const name of ['PORT', 'METRICS_PORT'])
  test(`a ${name} in use stops the start`, { tag: '@slow' }, async () => {
    const other = createServer().listen(0, name === 'PORT' ? '::' : '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { exitCode, output } = await startAndFail({
      LINK_KEYS: testLinkKeys,
      CONNECT_ACCESS_TOKEN: 'any',
      PUBLIC_URL: 'https://orders.example.com',
      [name]: port,
    });
    other.close();
    expect(exitCode).toBe(1);
    expect(output).toContain('Invalid environment variables:');
    expect(output).toMatch(new RegExp(`  - ${name} ${port} .*cannot be opened \\(EADDRINUSE\\)`));
    expect(output).not.toContain('    at ');
  });

test('a SIGTERM to npm stops the server', { tag: '@slow' }, async () => {
  const port = await findFreePort();
  const { PATH, HOME } = process.env;
  const server = spawn('npm', ['start'], {
    env: {
      ...{ PATH, HOME, NODE_ENV: 'production', PORT: String(port) },
      ...blankEnv,
      LINK_KEYS: testLinkKeys,
      CONNECT_ACCESS_TOKEN: 'any',
      PUBLIC_URL: 'https://orders.example.com',
      DRAIN_SECONDS: '1',
    },
    stdio: 'ignore',
  });
  const url = `http://localhost:${port}/readyz`;
  await untilReady(url, () => server.exitCode !== null);
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  await expect(async () => {
    await expect(fetch(url)).rejects.toThrow();
  }).toPass({ timeout: 5_000 });
});

test('an uncaught error ends the process and is logged by its class only', async () => {
  const port = await findFreePort();
  const breaking =
    "data:text/javascript,process.on('SIGUSR2',()=>{throw new RangeError('secret')})";
  const { PATH, HOME } = process.env;
  const server = spawn('node', ['--import', breaking, '.next/start.mjs'], {
    env: {
      ...{ PATH, HOME, NODE_ENV: 'production', PORT: String(port) },
      ...blankEnv,
      LINK_KEYS: testLinkKeys,
      CONNECT_ACCESS_TOKEN: 'any',
      PUBLIC_URL: 'https://orders.example.com',
    },
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await untilReady(`http://localhost:${port}/readyz`, () => server.exitCode !== null);
  server.kill('SIGUSR2');
  const [exitCode] = await once(server, 'close');
  expect(exitCode).toBe(1);
  expect(output).toContain('"state":"broken","errorName":"RangeError"');
  expect(output).toContain('"state":"stopped"');
  expect(output).not.toMatch(/secret|^ +at /m);
});
