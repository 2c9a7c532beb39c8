import 'server-only';
import { respond } from './responses';

// Neither endpoint calls Connect or Redis, because an outage of a dependency would take all instances out of service.

export type Health = {
  /** The process is up. */
  getHealth(): Response;
  /** 200 while requests are accepted, 503 while the server drains. */
  getReadiness(): Response;
  drain(): void;
  isDraining(): boolean;
};

export function createHealth(): Health {
  let isDraining = false;
  return {
    getHealth: () => respond(200, { status: 'ok' }),
    getReadiness: () =>
      isDraining ? respond(503, { status: 'draining' }) : respond(200, { status: 'ready' }),
    drain: () => void (isDraining = true),
    isDraining: () => isDraining,
  };
}
