import 'server-only';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const pendingBySocket = new WeakMap<Socket, Set<() => void>>();

/**
 * Resolves when the response has been sent or its connection has closed. Node.js emits no event on a pipelined
 * response whose connection closes before its turn, so the socket is watched too, by one listener.
 */
export function waitForEnd(response: ServerResponse, socket: Socket): Promise<void> {
  if (socket.destroyed || response.closed) return Promise.resolve();
  const pending = pendingBySocket.get(socket) ?? watch(socket);
  return new Promise((resolve) => {
    function end(): void {
      pending.delete(end);
      resolve();
    }
    pending.add(end);
    response.once('close', end);
  });
}

function watch(socket: Socket): Set<() => void> {
  const pending = new Set<() => void>();
  pendingBySocket.set(socket, pending);
  socket.once('close', () => pending.forEach((end) => end()));
  return pending;
}
