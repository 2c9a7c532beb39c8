import 'server-only';
import { EnvironmentError } from '@/lib/server/config/env';

/** Prints invalid environment variables without a stack and exits with code 1, if `start` throws EnvironmentError. */
export async function exitOnFault(start: () => unknown): Promise<void> {
  try {
    await start();
  } catch (cause) {
    if (!(cause instanceof EnvironmentError)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    process.exit(1);
  }
}
