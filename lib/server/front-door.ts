import 'server-only';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { NodeRequest, NodeResponse, sendNodeResponse } from 'srvx/node';
import { closeIfBodyPending, isBodyPending, untilBodyEnded } from './lingering-close';
import type { PageLine } from './log';
import type { ApiHandler } from './logged-handler';
import { findFault } from './request-faults';
import { readRequestTarget } from './request-target';
import { respondEmpty } from './respond';
import type { Services } from './services';
import type { ServeStatic } from './static-files';

// All requests come in here: the API is answered at once, without Next, and Next gets what it has a page
// or a file for.

const PAGES = new Map<string, PageLine['page']>([
  ['/order', 'order'],
  ['/embed', 'embed'],
  ['/embed/check', 'embed_check'],
  ['/s', 'short_link'],
]);
const FILES = new Set(['/embed.js', '/embed.d.ts', '/robots.txt', '/icon.svg']);
// Without dots, doubled strokes and escapes, at which Next would redirect by itself.
const STATIC = /^\/_next\/static(?:\/(?!\.)[\w.~-]+)+$/;
// What a page may depend on. Next obeys a dozen headers of its own, which are nobody's to send.
const PAGE_HEADERS = new Set([
  ...['host', 'user-agent', 'accept', 'accept-encoding', 'accept-language'],
  ...['if-none-match', 'if-modified-since', 'if-range', 'range'],
]);
// One address stands for all that there is not, so that nothing can be done by strange spellings.
const NOWHERE = '/not-found';

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;
type Method = 'GET' | 'POST';

export type FrontDoor = {
  listener: RequestListener;
  /** How many requests are being answered. */
  busyCount(): number;
};

export function createFrontDoor(
  services: Services,
  servePage: NodeHandler,
  serveStatic: ServeStatic,
): FrontDoor {
  const { health, getOrderMessages, sendMessage, mintLink, now, log } = services;
  const api = new Map<string, NodeHandler>([
    ['/api/order/messages', toApiHandler({ GET: getOrderMessages, POST: sendMessage })],
    ['/api/links', toApiHandler({ POST: mintLink })],
    ['/healthz', toApiHandler({ GET: health.getHealth })],
    ['/readyz', toApiHandler({ GET: health.getReadiness })],
  ]);
  let busyCount = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The last answer of this connection has been sent (RFC 9112 §9.6).
    if (request.socket.writableEnded) return;
    busyCount += 1;
    try {
      if (health.isDraining()) response.setHeader('connection', 'close');
      await findHandler(request)(request, response);
    } catch {
      // A page that broke has been logged where it broke; here only the answer is missing.
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
    if (target.kind === 'redirect') return redirectTo(target.location);
    return api.get(target.path) ?? letIn(target.path);
  }

  function refuseWith(status: number): NodeHandler {
    return (request, response) => {
      logPage('none', response);
      closeIfBodyPending(request, response);
      return sendNodeResponse(response, respondEmpty(status));
    };
  }

  function redirectTo(location: string): NodeHandler {
    return (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return refuseMethod(request, response);
      logPage('none', response);
      closeIfBodyPending(request, response);
      return sendNodeResponse(response, respondEmpty(302, { location }));
    };
  }

  function letIn(path: string): NodeHandler {
    return (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return refuseMethod(request, response);
      // Neither a page nor a file takes a body.
      closeIfBodyPending(request, response);
      const isStatic = STATIC.test(path);
      const isFile = FILES.has(path) || isStatic;
      const page = PAGES.get(path) ?? (isFile ? 'file' : 'none');
      logPage(page, response);
      // A file is on its way when this returns, and a stop waits for it.
      if (isStatic && serveStatic(request, response, path)) return once(response, 'close');
      request.headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => PAGE_HEADERS.has(name)),
      );
      // Queries are read in the browser alone: Next would repeat them in what it answers.
      request.url = page === 'none' ? NOWHERE : path;
      return servePage(request, response);
    };
  }

  function logPage(page: PageLine['page'], response: ServerResponse): void {
    const startedAtMs = now();
    response.once('close', () =>
      log({ event: 'page', page, status: response.statusCode, ms: now() - startedAtMs }),
    );
  }

  return {
    listener: (request, response) => void answer(request, response),
    busyCount: () => busyCount,
  };
}

function refuseMethod(request: IncomingMessage, response: ServerResponse): Promise<void> {
  closeIfBodyPending(request, response);
  return sendNodeResponse(response, respondEmpty(405, { allow: 'GET, HEAD' }));
}

function toApiHandler(handlers: Partial<Record<Method, ApiHandler>>): NodeHandler {
  const { GET, POST } = handlers;
  const allow = [...(GET ? ['GET', 'HEAD'] : []), ...(POST ? ['POST'] : []), 'OPTIONS'].join(', ');
  const byMethod = new Map<string, ApiHandler | undefined>([
    ['GET', GET],
    ['HEAD', GET],
    ['POST', POST],
    ['OPTIONS', () => respondEmpty(204, { allow })],
  ]);
  return (req, res) => {
    const handler = byMethod.get(req.method ?? '') ?? (() => respondEmpty(405, { allow }));
    const answer = handler(new NodeRequest({ req, res }), {
      peerAddress: req.socket.remoteAddress,
    });
    if (!(answer instanceof Promise) && !isBodyPending(req)) return send(req, res, answer);
    return Promise.resolve(answer).then(async (response) => {
      await untilBodyEnded(req);
      return send(req, res, response);
    });
  };
}

// In one packet and without a promise, where the whole body is there, as with all that respond.ts makes.
function send(
  req: IncomingMessage,
  res: ServerResponse,
  response: Response,
): Promise<void> | undefined {
  closeIfBodyPending(req, res);
  if (response instanceof NodeResponse) {
    const { status, headers, body } = response._toNodeResponse();
    if (typeof body === 'string' || body instanceof Uint8Array || !body) {
      res.writeHead(status, headers).end(body);
      return undefined;
    }
  }
  return sendNodeResponse(res, response);
}
