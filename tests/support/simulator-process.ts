import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createSimulatorControl } from '@/tests/simulator/control-client';
import { findFreePort } from './local-server';

/** Starts the simulator in a separate process, so that its memory and CPU time are not measured as ours. */
export async function startSimulatorProcess() {
  const port = await findFreePort(0, '127.0.0.1');
  const server = spawn(process.execPath, ['--import', 'tsx', 'tests/simulator/main.ts'], {
    env: { ...process.env, SIMULATOR_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const killOnExit = () => void server.kill('SIGKILL');
  process.once('exit', killOnExit);
  const lines = createInterface(server.stdout);
  for await (const line of lines) if (line.startsWith('Connect simulator')) break;
  if (server.exitCode !== null) throw new Error(`The simulator ended with ${server.exitCode}`);
  // Later output is discarded, because a full pipe would block the process.
  server.stdout.resume();
  const url = `http://localhost:${port}`;
  return {
    url,
    control: createSimulatorControl(url),
    async close() {
      process.removeListener('exit', killOnExit);
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}
