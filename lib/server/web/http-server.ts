import 'server-only';
import {
  createServer,
  STATUS_CODES,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { closeGently, closeIfBodyPending } from './lingering-close';
import { toHeaderEntries } from '@/lib/server/api/responses';

// The HTTP server, with its time limits and with the answers that Node would otherwise send by itself and
// without the headers that every answer carries.

// Longer than a link of a full token, so that the API reports what is wrong with it.
const MAX_HEADER_BYTES = 65_536;
// Beyond the idle time of common load balancers, so that the server never closes first.
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
  const answers = new WeakMap<Duplex, ServerResponse>();
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CHECK_MS,
      // The listener checks the field, and its refusal carries the headers of every answer.
      requireHostHeader: false,
    },
    (request, response) => {
      answers.set(request.socket, response);
      listener(request, response);
    },
  );
  server.setTimeout(IDLE_MS);

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // A parser that has failed fails again with each piece that arrives.
    if (socket.writableEnded) return;
    const answer = answers.get(socket);
    // Where the fault is behind a whole request, its answer is still to come, and this one would be taken for it.
    const isAnswering =
      answer !== undefined &&
      !answer.writableFinished &&
      (answer.headersSent || answer.req.complete);
    if (!socket.writable || isAnswering) return void socket.destroy();
    closeGently(socket, toBareAnswer(STATUS_BY_ERROR[error.code ?? ''] ?? 400));
  });

  server.on('checkExpectation', (request, response) => {
    closeIfBodyPending(request, response);
    // Node.js takes pairs of headers only while no header has been set before.
    const headers = Object.fromEntries(toHeaderEntries({ 'content-length': '0' }));
    response.writeHead(417, headers).end();
  });

  server.on('connect', (_request, socket) => {
    socket.on('error', () => undefined);
    closeGently(socket, toBareAnswer(405, { allow: 'GET, HEAD' }));
  });
  return server;
}

function toBareAnswer(status: number, headers: Record<string, string> = {}): string {
  const entries = toHeaderEntries({ ...headers, 'content-length': '0', connection: 'close' });
  const lines = entries.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const date = new Date().toUTCString();
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ndate: ${date}\r\n${lines}\r\n`;
}
