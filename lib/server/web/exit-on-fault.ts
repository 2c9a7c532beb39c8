import 'server-only';
import { EnvironmentError } from '@/lib/server/config/env';

/** Ends the process, with all faults of the environment and no stack, where `start` throws them. */
export async function exitOnFault(start: () => unknown): Promise<void> {
  try {
    await start();
  } catch (cause) {
    if (!(cause instanceof EnvironmentError)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    process.exit(1);
  }
}
