import 'server-only';
import { EnvironmentError } from './env';
import { getServices } from './services';

/** Stops the process with all faults of the environment, or gets everything ready to serve. */
export function startServices(): void {
  try {
    getServices();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
