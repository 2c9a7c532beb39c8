import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findFreePort } from './local-server';

/** Starts a Redis on loopback without persistence. */
export async function startRedis() {
  const port = await findFreePort(0, '127.0.0.1');

  async function launch() {
    const server = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const lines = createInterface(server.stdout);
    for await (const line of lines) if (line.includes('Ready to accept connections')) break;
    if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}`);
    // Later output is discarded, because a full pipe would block the process.
    server.stdout.resume();
    return server;
  }

  let server = await launch();
  const killOnExit = () => void server.kill('SIGKILL');
  process.once('exit', killOnExit);

  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    /** Stops answering, but keeps its connections and data. */
    hang: () => server.kill('SIGSTOP'),
    resume: () => server.kill('SIGCONT'),
    kill,
    /** Starts again after `kill` on the same port without data. */
    async startAgain() {
      server = await launch();
    },
    async close() {
      process.removeListener('exit', killOnExit);
      await kill();
    },
  };
}
