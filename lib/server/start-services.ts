import 'server-only';
import { EnvironmentError } from './env';
import { openFrontDoor } from './open-front-door';
import { getServices } from './services';

declare global {
  /** For start.js, which stands outside of what is built. */
  var openOrderStatusDoor: typeof openFrontDoor | undefined;
}

/** Stops the process with all faults of the environment, or gets everything ready to serve. */
export function startServices(): void {
  try {
    getServices();
    globalThis.openOrderStatusDoor = (servePage) => openFrontDoor(servePage).catch(giveUp);
  } catch (cause) {
    giveUp(cause);
  }
}

function giveUp(cause: unknown): never {
  if (!(cause instanceof EnvironmentError)) throw cause;
  process.stderr.write(`${cause.message}\n`);
  process.exit(1);
}
