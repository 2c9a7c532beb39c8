import 'server-only';
import { EnvironmentError } from './env';
import { openFrontDoor } from './open-front-door';
import { getServices } from './services';

declare global {
  /** For start.js, which stands outside of what is built. */
  var openOrderStatusDoor: typeof openFrontDoor | undefined;
}

/** Stops the process with all faults of the environment, or gets everything ready to serve. */
export async function startServices(): Promise<void> {
  try {
    await getServices().openMetrics();
    globalThis.openOrderStatusDoor = openFrontDoor;
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
