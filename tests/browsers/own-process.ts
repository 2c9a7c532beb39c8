import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

/** Starts a process group. `end`, or the end of this process, kills the whole group. */
export function startProcess(command: string, args: string[], options: SpawnOptions) {
  const child = spawn(command, args, { ...options, detached: true });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  function kill(): void {
    if (child.pid !== undefined && !hasEnded()) process.kill(-child.pid, 'SIGKILL');
  }

  process.once('exit', kill);
  return {
    child,
    hasEnded,
    async end(): Promise<void> {
      process.removeListener('exit', kill);
      if (child.pid === undefined || hasEnded()) return;
      const ended = once(child, 'exit');
      kill();
      await ended;
    },
  };
}
