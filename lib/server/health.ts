import 'server-only';
import { respond } from './respond';

// Neither asks Connect or anyone else: a shared dependency must not take the whole fleet out.

export function getHealth(): Response {
  return respond(200, { status: 'ok' });
}

export function getReadiness(isReady: boolean): Response {
  return isReady ? respond(200, { status: 'ready' }) : respond(503, { status: 'draining' });
}
