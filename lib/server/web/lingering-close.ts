import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

// Closes connections whose request has not fully arrived. Destroying a socket with unread bytes sends a reset,
// which can overtake the response (RFC 9112 §9.6), so the server half-closes first and continues to read.

const LINGER_MS = 1_000;
const BODY_MS = 50;

/** Sends `lastBytes` and FIN, reads for a second at most, then destroys the socket. */
export function closeWithLinger(socket: Duplex, lastBytes?: string): void {
  socket.end(lastBytes);
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

/** Whether the request has a body (RFC 9112 §6.3) that has not fully arrived. */
export function isBodyPending({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false;
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || Number(length) > 0;
}

/**
 * Call this before the head of a response is sent. If the request's body is still arriving, the response gets
 * `Connection: close`, because a proxy that reuses the connection would send its next request after that body.
 */
export function closeIfBodyPending(request: IncomingMessage, response: ServerResponse): void {
  // After its body was cancelled a request has no socket, but its response still has.
  const { socket } = response;
  if (!isBodyPending(request) || response.headersSent || socket === null) return;
  response.setHeader('connection', 'close');
  // Node.js calls destroySoon after the last response was written, and would destroy the socket immediately.
  socket.destroySoon = () => closeWithLinger(socket);
}

/**
 * Discards the request's body until it ends or 50 ms have passed. Otherwise the Connection header of a refusal would
 * depend on how long the decision took.
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
