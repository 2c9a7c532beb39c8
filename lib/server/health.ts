import 'server-only';
import { respond } from './respond';

// Neither asks Connect or anyone else: a shared dependency must not take the whole fleet out.

export function getHealth(): Response {
  return respond(200, { status: 'ok' });
}

/** Whoever answers has its environment; a stopping instance closes its door first. */
export function getReadiness(): Response {
  return respond(200, { status: 'ready' });
}
