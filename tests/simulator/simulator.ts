import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pickHeaders, type Call } from './calls';
import { createRunningClock, type SimulatorClock } from './clock';
import { matchConnectRoute } from './connect-routes';
import { createControl, type SimulatorControl } from './control';
import { controlPrefix, createControlRoutes } from './control-routes';
import { createFaultStore } from './faults';
import { createOrderStore } from './orders';
import { findPicture } from './pictures';
import { connectErrors, jsonReply } from './replies';
import { answerWithFault, writeReply } from './fault-answer';
import { createTokenStore } from './tokens';

export type Simulator = {
  url: string;
  port: number;
  clock: SimulatorClock;
  control: SimulatorControl & {
    /** Closes the port and all open connections. */
    stop(): Promise<void>;
    restart(): Promise<void>;
    /** The number of unanswered requests on open connections. */
    waitingCount(): number;
    /** The number of open connections, including idle connections. */
    connectionCount(): number;
  };
  close(): Promise<void>;
};

export type SimulatorOptions = { port?: number; host?: string; clock?: SimulatorClock };

const maxRequestBytes = 64 * 1024;

/** Starts a simulator of Instacart Connect, as its documentation describes the API, with a separate clock. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', clock = createRunningClock() } = options;
  let port = options.port ?? 0;
  const originUrl = () => `http://${host}:${port}`;

  const calls: Call[] = [];
  const tokens = createTokenStore(clock);
  const orders = createOrderStore(clock, originUrl);
  const faults = createFaultStore(clock);
  const control = createControl({ clock, tokens, orders, faults, calls });
  const answerControl = createControlRoutes(control);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', originUrl());
    if (method === 'GET' && url.pathname.startsWith('/pictures/')) {
      writeReply(response, findPicture(url.pathname) ?? connectErrors.notFound);
      return;
    }
    const isControl = method === 'POST' && url.pathname.startsWith(controlPrefix);
    const body = await readBody(request, isControl ? Infinity : maxRequestBytes);
    if (body === undefined) {
      response.shouldKeepAlive = false;
      writeReply(response, connectErrors.tooLarge);
      return;
    }
    if (isControl) {
      // Only JSON is accepted, because browsers send JSON of other sites only after a preflight request.
      const isJson = request.headers['content-type']?.startsWith('application/json');
      const verb = url.pathname.slice(controlPrefix.length);
      writeReply(response, isJson ? answerControl(verb, body) : jsonReply(415, {}));
      return;
    }
    const matched = matchConnectRoute(
      { method, url, headers: request.headers, body },
      { tokens, orders },
    );
    if (!matched) {
      writeReply(response, connectErrors.notFound);
      return;
    }
    const { route, orderId, userId, message, itemId } = matched;
    const call: Call = {
      route,
      ...(orderId !== undefined && { orderId }),
      ...(userId !== undefined && { userId }),
      atMs: clock.nowMs(),
      headers: pickHeaders(request.headers),
      ...(message !== undefined && { message }),
      ...(itemId !== undefined && { itemId }),
    };
    calls.push(call);
    response.once('finish', () => {
      call.status = response.statusCode;
    });
    const fault = faults.take(call);
    if (fault) await answerWithFault(response, matched, fault, tokens);
    else writeReply(response, matched.answer());
  }

  let waitingCount = 0;
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    waitingCount += 1;
    response.once('close', () => (waitingCount -= 1));
    response.on('error', () => response.destroy());
    answer(request, response).catch((error: unknown) => {
      if (response.destroyed) return;
      console.error('simulator failed', error);
      response.destroy();
    });
  });
  let connectionCount = 0;
  server.on('connection', (socket) => {
    connectionCount += 1;
    socket.once('close', () => (connectionCount -= 1));
  });
  server.on('clientError', (_, socket) => socket.destroy());

  async function listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    port = (server.address() as AddressInfo).port;
  }

  async function stop(): Promise<void> {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  await listen();
  return {
    url: originUrl(),
    port,
    clock,
    control: {
      ...control,
      stop,
      restart: listen,
      waitingCount: () => waitingCount,
      connectionCount: () => connectionCount,
    },
    close: stop,
  };
}

/** Reads a request body. Returns undefined if it has more than `maxBytes`. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop early would close the connection before the client has read the error.
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}
