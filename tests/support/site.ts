import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startSimulator } from '@/tests/simulator/simulator';
import { blankEnv } from './blank-env';
import { findFreePort, untilReady } from './local-server';
import { mintTestToken, testLinkKeys, type LinkClaims } from './test-link';

export type Site = Awaited<ReturnType<typeof startSite>>;

/** Other hosts of Next run the same handlers without our own server before them. */
const commands = { 'npm start': ['npm', 'start'], 'next start': ['npx', 'next', 'start'] } as const;
export type Door = keyof typeof commands;

/** The built product in production mode, before a simulator of its own. */
export async function startSite(overrides: Record<string, string> = {}, door: Door = 'npm start') {
  const simulator = await startSimulator();
  const port = Number(overrides['PORT'] ?? (await findFreePort()));
  const url = `http://localhost:${port}`;
  const environment = {
    ...blankEnv,
    LINK_KEYS: testLinkKeys,
    CONNECT_CLIENT_ID: 'demo-client',
    CONNECT_CLIENT_SECRET: 'demo-secret',
    PUBLIC_URL: url,
    CONNECT_BASE_URL: simulator.url,
    IMAGE_HOSTS: new URL(simulator.url).host,
    RETAILER_NAME: 'Greenfield Market',
    SUPPORT_URL: 'https://www.example.com/help',
    ...overrides,
  };
  const [command, ...commandArguments] = commands[door];
  const server = spawn(command, commandArguments, {
    env: { ...process.env, ...environment, NODE_ENV: 'production', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const hasEnded = () => server.exitCode !== null || server.signalCode !== null;
  process.once('exit', () => {
    if (server.pid && !hasEnded()) process.kill(-server.pid, 'SIGKILL');
  });
  const output: string[] = [];
  for (const stream of [server.stdout, server.stderr])
    createInterface(stream).on('line', (line) => output.push(line));

  /** As an orchestrator stops it, with time to drain; the simulator stays. */
  async function stop(): Promise<void> {
    const ended = once(server, 'close');
    if (server.pid) process.kill(-server.pid, 'SIGTERM');
    await ended;
  }

  async function close() {
    if (server.pid && !hasEnded()) {
      const ended = once(server, 'exit');
      // A browser's spare connections, opened and never used, would hold a graceful stop up.
      const patience = setTimeout(() => server.pid && process.kill(-server.pid, 'SIGKILL'), 3_000);
      process.kill(-server.pid, 'SIGINT');
      await ended;
      clearTimeout(patience);
    }
    await simulator.close();
  }

  try {
    await untilReady(`${url}/readyz`, () => server.exitCode !== null);
  } catch (cause) {
    await close();
    throw new Error(`The site did not start:\n${output.join('\n')}`, { cause });
  }

  function token(orderId: string, claims: LinkClaims = {}): Promise<string> {
    return mintTestToken({ oid: orderId, ...claims }, { nowMs: Date.now() });
  }

  return {
    url,
    simulator,
    /** Everything that the server has printed, line by line. */
    output,
    token,
    async link(orderId: string, claims?: LinkClaims) {
      return `${url}/order#${await token(orderId, claims)}`;
    },
    stop,
    close,
  };
}
