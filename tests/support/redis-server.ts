import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findFreePort } from './local-server';

/** A Redis of its own on loopback, which keeps nothing on disk. */
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
    // What it says from here on is of no interest, but a full pipe would stop it.
    server.stdout.resume();
    return server;
  }

  let server = await launch();
  const killWithUs = () => void server.kill('SIGKILL');
  process.once('exit', killWithUs);

  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    /** Answers nobody, but keeps its connections and what it knows. */
    hang: () => server.kill('SIGSTOP'),
    resume: () => server.kill('SIGCONT'),
    kill,
    /** Comes back after `kill` on the same port, and has forgotten everything. */
    async startAgain() {
      server = await launch();
    },
    async close() {
      process.removeListener('exit', killWithUs);
      await kill();
    },
  };
}
