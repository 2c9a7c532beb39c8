import 'server-only';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { NodeRequest, sendNodeResponse } from 'srvx/node';
import type { ServeFile } from './file-server';
import { closeIfBodyPending, isBodyPending, untilBodyEnded } from './lingering-close';
import type { PageLabel } from '@/lib/server/observability/vocabulary';
import type { ApiHandler } from '@/lib/server/api/handler';
import type { Health } from '@/lib/server/api/health';
import type { Log } from '@/lib/server/observability/log';
import type { ServePage } from './page-server';
import { findFault } from './request-faults';
import { readRequestTarget } from './request-target';
import { ApiResponse } from '@/lib/server/api/api-response';
import { respondEmpty } from '@/lib/server/api/responses';
import type { Services } from '@/lib/server/services';
import { findPageEntry, NOT_FOUND_PATH, STATIC_PREFIX } from '@/lib/server/config/site';

// Routes every request to an API handler, a file or a page, without Next.js.

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;
type Method = 'GET' | 'POST' | 'PUT';

/** The handlers of one store. */
export type Site = {
  api: ReadonlyMap<string, NodeHandler>;
  servePage: ServePage;
  serveFile: ServeFile;
  log: Log;
};

export type Router = {
  listener: RequestListener;
  /** Number of requests in progress. */
  busyCount(): number;
};

type Parts = {
  /** The store of the request; undefined if it is for an unknown host. */
  findSite: (request: IncomingMessage) => Site | undefined;
  health: Health;
  now: () => number;
  /** Logs requests that are for no store. */
  log: Log;
};

export function createSite(services: Services, servePage: ServePage, serveFile: ServeFile): Site {
  const { getOrderMessages, sendMessage, markRead, decideReplacement } = services;
  const { arrive, setVehicle, mintLink, log } = services;
  const api = new Map<string, NodeHandler>([
    ['/api/order/messages', toApiHandler({ GET: getOrderMessages, POST: sendMessage })],
    ['/api/order/read', toApiHandler({ POST: markRead })],
    ['/api/order/replacements', toApiHandler({ POST: decideReplacement })],
    ['/api/order/arrival', toApiHandler({ POST: arrive })],
    ['/api/order/vehicle', toApiHandler({ PUT: setVehicle })],
    ['/api/links', toApiHandler({ POST: mintLink })],
  ]);
  return { api, servePage, serveFile, log };
}

export function createRouter({ findSite, health, now, log }: Parts): Router {
  // Load balancers use the address of an instance, so these are served at every host.
  const healthApi = new Map<string, NodeHandler>([
    ['/healthz', toApiHandler({ GET: health.getHealth })],
    ['/readyz', toApiHandler({ GET: health.getReadiness })],
  ]);
  let busyCount = 0;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The connection is closed, or its last response has been sent (RFC 9112 §9.6).
    if (request.socket.destroyed || request.socket.writableEnded) return;
    busyCount += 1;
    try {
      if (health.isDraining()) response.setHeader('connection', 'close');
      await findHandler(request)(request, response);
    } catch {
      // The error was logged where it was thrown, so only the response is missing.
      if (response.headersSent) response.end();
      else await sendNodeResponse(response, respondEmpty(500));
    } finally {
      busyCount -= 1;
    }
  }

  function findHandler(request: IncomingMessage): NodeHandler {
    const fault = findFault(request);
    if (fault !== undefined) return refuseWith(fault);
    const target = readRequestTarget(request.url);
    if (target.kind === 'invalid') return refuseWith(400);
    const site = findSite(request);
    if (target.kind === 'redirect')
      return site ? redirectTo(target.location, site) : refuseWith(404);
    return (
      site?.api.get(target.path) ??
      healthApi.get(target.path) ??
      (site ? servePageOrFile(target.path, site) : refuseWith(404))
    );
  }

  function refuseWith(status: number): NodeHandler {
    return (request, response) => {
      closeIfBodyPending(request, response);
      void sendNodeResponse(response, respondEmpty(status));
      return logEnd('none', response, log);
    };
  }

  function redirectTo(location: string, site: Site): NodeHandler {
    return (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return refuseMethod(request, response);
      closeIfBodyPending(request, response);
      void sendNodeResponse(response, respondEmpty(302, { location }));
      return logEnd('none', response, site.log);
    };
  }

  function servePageOrFile(path: string, site: Site): NodeHandler {
    return (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return refuseMethod(request, response);
      // Pages and files do not read the request's body.
      closeIfBodyPending(request, response);
      if (site.serveFile(request, response, path)) return logEnd('file', response, site.log);
      // Scripts request files of the build, so an HTML page would not help.
      if (path.startsWith(STATIC_PREFIX)) return sendNodeResponse(response, respondEmpty(404));
      const page = findPageEntry(path);
      site.servePage(request, response, page ? path : NOT_FOUND_PATH);
      return logEnd(page?.label ?? 'none', response, site.log);
    };
  }

  /** Resolves when the response has been sent or the connection has closed; a stopping server waits for it. */
  async function logEnd(page: PageLabel, response: ServerResponse, log: Log): Promise<void> {
    const startedAtMs = now();
    if (!response.closed) await new Promise((resolve) => response.once('close', resolve));
    log({ event: 'page', page, status: response.statusCode, ms: now() - startedAtMs });
  }

  return {
    listener(request, response) {
      // Node.js assigns the socket to a pipelined response after the previous response was sent. Waiting for the
      // socket avoids work for a closed connection, and limits each turn of the event loop to one response.
      if (response.socket) void respond(request, response);
      else response.once('socket', () => setImmediate(() => void respond(request, response)));
    },
    busyCount: () => busyCount,
  };
}

function refuseMethod(request: IncomingMessage, response: ServerResponse): Promise<void> {
  closeIfBodyPending(request, response);
  return sendNodeResponse(response, respondEmpty(405, { allow: 'GET, HEAD' }));
}

function toApiHandler(handlers: Partial<Record<Method, ApiHandler>>): NodeHandler {
  const { GET, POST, PUT } = handlers;
  const methods = [GET && 'GET, HEAD', POST && 'POST', PUT && 'PUT', 'OPTIONS'];
  const allow = methods.filter(Boolean).join(', ');
  const byMethod = new Map<string, ApiHandler | undefined>([
    ['GET', GET],
    ['HEAD', GET],
    ['POST', POST],
    ['PUT', PUT],
    ['OPTIONS', () => respondEmpty(204, { allow })],
  ]);
  return (req, res) => {
    const handler = byMethod.get(req.method ?? '') ?? (() => respondEmpty(405, { allow }));
    const result = handler(new NodeRequest({ req, res }), {
      peerAddress: req.socket.remoteAddress,
    });
    if (!(result instanceof Promise) && !isBodyPending(req)) return send(req, res, result);
    return Promise.resolve(result).then(async (response) => {
      await untilBodyEnded(req);
      return send(req, res, response);
    });
  };
}

// Sends an ApiResponse in one packet and without a promise.
function send(
  req: IncomingMessage,
  res: ServerResponse,
  response: Response,
): Promise<void> | undefined {
  closeIfBodyPending(req, res);
  if (response instanceof ApiResponse) {
    const { headers, body } = response.toNodeParts();
    res.writeHead(response.status, headers).end(body ?? undefined);
    return undefined;
  }
  return sendNodeResponse(res, response);
}
