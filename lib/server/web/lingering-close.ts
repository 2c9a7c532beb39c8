import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

// Closes connections whose request has not arrived whole. A socket that is destroyed with unread bytes sends
// a reset, which can overtake the answer (RFC 9112 §9.6), so the server half-closes first and reads on.

const LINGER_MS = 1_000;
const BODY_MS = 50;

/** Sends `lastBytes` and FIN, reads for a second at most, then destroys the socket. */
export function closeGently(socket: Duplex, lastBytes?: string): void {
  socket.end(lastBytes);
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

/** Whether the request has a body (RFC 9112 §6.3) of which something is still to come. */
export function isBodyPending({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false;
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || Number(length) > 0;
}

/**
 * To be called before the head of an answer is sent. Where the body is still on its way, the answer says
 * `Connection: close`: a proxy that reuses the connection would send another request behind that body.
 */
export function closeIfBodyPending(request: IncomingMessage, response: ServerResponse): void {
  // A request whose body has been cancelled no longer knows its socket; its answer does.
  const { socket } = response;
  if (!isBodyPending(request) || response.headersSent || socket === null) return;
  response.setHeader('connection', 'close');
  // Node calls this once a last answer has been written, and would destroy the socket at once.
  socket.destroySoon = () => closeGently(socket);
}

/**
 * Discards a body that nobody reads, until it ends or 50 ms have passed. A refusal that takes longer to decide
 * would otherwise differ in its Connection header from one that is sent before the body was parsed.
 */
export function untilBodyEnded(request: IncomingMessage): Promise<void> {
  if (!isBodyPending(request) || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, BODY_MS);
    function end(): void {
      clearTimeout(timer);
      resolve();
    }
    request.once('end', end).once('close', end).resume();
  });
}
