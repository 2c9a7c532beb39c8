import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startSimulator } from '@/tests/simulator/simulator';
import { blankEnv } from './blank-env';
import { findFreePort, untilReady } from './local-server';
import { mintTestToken, testLinkKeys, type LinkClaims } from './test-link';

export type Site = Awaited<ReturnType<typeof startSite>>;

/** `next start` represents other hosts of Next, which serve the same API without our own server. */
const commands = { 'npm start': ['npm', 'start'], 'next start': ['npx', 'next', 'start'] } as const;
export type EntryPoint = keyof typeof commands;

/** Starts the built product in production mode, and a Connect simulator for it. */
export async function startSite(
  overrides: Record<string, string> = {},
  entryPoint: EntryPoint = 'npm start',
) {
  const simulator = await startSimulator();
  const port = Number(overrides['PORT'] ?? (await findFreePort()));
  const metricsPort = await findFreePort(0, '127.0.0.1');
  const url = `http://localhost:${port}`;
  const environment = {
    ...blankEnv,
    LINK_KEYS: testLinkKeys,
    CONNECT_CLIENT_ID: 'demo-client',
    CONNECT_CLIENT_SECRET: 'demo-secret',
    PUBLIC_URL: url,
    METRICS_PORT: String(metricsPort),
    CONNECT_BASE_URL: simulator.url,
    IMAGE_HOSTS: new URL(simulator.url).host,
    RETAILER_NAME: 'Greenfield Market',
    SUPPORT_URL: 'https://www.example.com/help',
    ...overrides,
  };
  const [command, ...commandArguments] = commands[entryPoint];
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

  /** Stops the server as an orchestrator does, with time to drain. The simulator keeps running. */
  async function stop(): Promise<void> {
    const ended = once(server, 'close');
    if (server.pid) process.kill(-server.pid, 'SIGTERM');
    await ended;
  }

  async function close() {
    if (server.pid && !hasEnded()) {
      const ended = once(server, 'exit');
      // Unused spare connections of a browser would delay a graceful stop.
      const forcedStop = setTimeout(
        () => server.pid && process.kill(-server.pid, 'SIGKILL'),
        3_000,
      );
      process.kill(-server.pid, 'SIGINT');
      await ended;
      clearTimeout(forcedStop);
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
    /** Lines that the server has printed. */
    output,
    /** The server's metrics in Prometheus' text format. */
    async readMetrics(): Promise<string> {
      return (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    },
    token,
    async link(orderId: string, claims?: LinkClaims) {
      return `${url}/order#${await token(orderId, claims)}`;
    },
    stop,
    close,
  };
}
