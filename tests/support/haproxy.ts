import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, untilReady } from './local-server';

/**
 * Starts HAProxy with docs/haproxy.cfg for two servers on loopback. It closes idle connections to the servers
 * within a second instead of a minute, so that tests can count open connections.
 */
export async function startHaproxy(ports: readonly [number, number]) {
  const port = await findFreePort(0, '127.0.0.1');
  const [first, second] = ports;
  const config = readFileSync('docs/haproxy.cfg', 'utf8')
    .replace('bind :8080', `bind 127.0.0.1:${port}`)
    .replace('app-1:3000', `127.0.0.1:${first}`)
    .replace('app-2:3000', `127.0.0.1:${second}`)
    .replace('default-server ', 'default-server pool-purge-delay 100ms ');
  const folder = mkdtempSync(join(tmpdir(), 'haproxy-'));
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, config);
  const server = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' });
  const kill = () => void server.kill('SIGKILL');
  process.once('exit', kill);
  const url = `http://127.0.0.1:${port}`;

  async function close(): Promise<void> {
    process.removeListener('exit', kill);
    rmSync(folder, { recursive: true, force: true });
    if (server.exitCode !== null) return;
    const ended = once(server, 'exit');
    kill();
    await ended;
  }

  await untilReady(`${url}/readyz`, () => server.exitCode !== null).catch(
    async (cause: unknown) => {
      await close();
      throw cause;
    },
  );
  return { url, port, close };
}
