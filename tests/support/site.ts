import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { startSimulator } from '@/tests/simulator/simulator';
import { mintTestToken, testLinkKeys, type LinkClaims } from './test-link';

// Set but empty, so that a developer's own .env does not reach the tests.
const UNSET = {
  CONNECT_ACCESS_TOKEN: '',
  CONNECT_RETAILER_ID: '',
  LINK_MAX_DAYS: '',
  MESSAGING: '',
  RETAILER_COLOR: '',
  RETAILER_LOGO_URL: '',
};

export type Site = Awaited<ReturnType<typeof startSite>>;

/** The built product in production mode, as `npm start` runs it, before a simulator of its own. */
export async function startSite(overrides: Record<string, string> = {}) {
  const simulator = await startSimulator();
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const environment = {
    ...UNSET,
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
  const server = spawn('npm', ['start'], {
    env: { ...process.env, ...environment, NODE_ENV: 'production', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output: string[] = [];
  for (const stream of [server.stdout, server.stderr])
    createInterface(stream).on('line', (line) => output.push(line));

  async function close() {
    const hasEnded = server.exitCode !== null || server.signalCode !== null;
    const ended = hasEnded ? undefined : once(server, 'exit');
    if (server.pid && !hasEnded) process.kill(-server.pid, 'SIGTERM');
    await Promise.all([ended, simulator.close()]);
  }

  try {
    await untilReady(`${url}/readyz`, output);
  } catch (error) {
    await close();
    throw error;
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
    close,
  };
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilReady(url: string, output: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The site did not start:\n${output.join('\n')}`);
}
