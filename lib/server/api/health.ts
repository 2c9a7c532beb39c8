import 'server-only';
import { respond } from './responses';

// Neither asks Connect or anyone else: a shared dependency must not take the whole fleet out.

export type Health = {
  /** The process is up. */
  getHealth(): Response;
  /** Whoever answers has its environment; 503 once it is about to stop. */
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
