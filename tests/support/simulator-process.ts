import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createSimulatorControl } from '@/tests/simulator/control-client';
import { findFreePort } from './local-server';

/** The simulator in a process of its own, where what it holds and does is not taken for ours. */
export async function startSimulatorProcess() {
  const port = await findFreePort(0, '127.0.0.1');
  const server = spawn(process.execPath, ['--import', 'tsx', 'tests/simulator/main.ts'], {
    env: { ...process.env, SIMULATOR_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const killWithUs = () => void server.kill('SIGKILL');
  process.once('exit', killWithUs);
  const lines = createInterface(server.stdout);
  for await (const line of lines) if (line.startsWith('Connect simulator')) break;
  if (server.exitCode !== null) throw new Error(`The simulator ended with ${server.exitCode}`);
  // What it says from here on is of no interest, but a full pipe would stop it.
  server.stdout.resume();
  const url = `http://localhost:${port}`;
  return {
    url,
    control: createSimulatorControl(url),
    async close() {
      process.removeListener('exit', killWithUs);
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}
