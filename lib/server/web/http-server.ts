import 'server-only';
import {
  createServer,
  STATUS_CODES,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { closeWithLinger, closeIfBodyPending } from './lingering-close';
import { toHeaderEntries } from '@/lib/server/api/responses';

// Creates the HTTP server with its time limits. It responds to protocol errors itself, because Node.js would respond
// without the security headers.

// This exceeds the longest token, so that the API, not the parser, reports an invalid token.
const MAX_HEADER_BYTES = 65_536;
// This exceeds the idle timeout of common load balancers, so that the server does not close first.
const KEEP_ALIVE_MS = 75_000;
const IDLE_MS = 60_000;
const HEADERS_MS = 10_000;
const REQUEST_MS = 15_000;
const CHECK_MS = 2_000;

const STATUS_BY_ERROR: Record<string, number | undefined> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

export function createHttpServer(listener: RequestListener): Server {
  const lastResponses = new WeakMap<Duplex, ServerResponse>();
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CHECK_MS,
      // The listener checks the Host field, and refuses with the security headers.
      requireHostHeader: false,
    },
    (request, response) => {
      lastResponses.set(request.socket, response);
      listener(request, response);
    },
  );
  server.setTimeout(IDLE_MS);

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // After a first failure the parser reports an error for each further chunk.
    if (socket.writableEnded) return;
    const lastResponse = lastResponses.get(socket);
    // A client would mistake this response for the response to a whole request that arrived before the fault.
    const isResponding =
      lastResponse !== undefined &&
      !lastResponse.writableFinished &&
      (lastResponse.headersSent || lastResponse.req.complete);
    if (!socket.writable || isResponding) return void socket.destroy();
    closeWithLinger(socket, toRawResponse(STATUS_BY_ERROR[error.code ?? ''] ?? 400));
  });

  server.on('checkExpectation', (request, response) => {
    closeIfBodyPending(request, response);
    // writeHead accepts a list of pairs only if no header was set before.
    const headers = Object.fromEntries(toHeaderEntries({ 'content-length': '0' }));
    response.writeHead(417, headers).end();
  });

  server.on('connect', (_request, socket) => {
    socket.on('error', () => undefined);
    closeWithLinger(socket, toRawResponse(405, { allow: 'GET, HEAD' }));
  });
  return server;
}

function toRawResponse(status: number, headers: Record<string, string> = {}): string {
  const entries = toHeaderEntries({ ...headers, 'content-length': '0', connection: 'close' });
  const lines = entries.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const date = new Date().toUTCString();
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ndate: ${date}\r\n${lines}\r\n`;
}
