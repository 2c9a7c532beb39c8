import 'server-only';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { NodeRequest, NodeResponse, sendNodeResponse } from 'srvx/node';
import type { ServeFile } from './file-server';
import type { PageLine } from './log';
import type { ApiHandler } from './logged-handler';
import type { ServePage } from './page-server';
import { respondEmpty } from './respond';
import { waitForEnd } from './response-end';
import type { Services } from './services';
import { NOT_FOUND_PATH, PAGES } from './site-map';

// Routes every request: to a handler of the API, to a file or to a page. Next.js has no part in it.

const STATIC_PREFIX = '/_next/static/';
const LINGER_MS = 1_000;

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;
type Method = 'GET' | 'POST';

export type FrontDoor = {
  listener: RequestListener;
  /** How many requests are being answered. */
  busyCount(): number;
};

export function createFrontDoor(
  services: Services,
  servePage: ServePage,
  serveFile: ServeFile,
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
    busyCount += 1;
    const { socket } = request;
    try {
      if (health.isDraining()) response.setHeader('connection', 'close');
      const path = readPath(request.url);
      await (api.get(path) ?? letIn(path))(request, response);
    } catch {
      // A page that broke has been logged where it broke; here only the answer is missing.
      if (response.headersSent) response.end();
      else await sendNodeResponse(response, respondEmpty(500));
    } finally {
      busyCount -= 1;
      // Answered before it was all here: time to read the answer, and nothing more is taken.
      if (!request.complete) setTimeout(() => socket.destroy(), LINGER_MS).unref();
    }
  }

  function letIn(path: string): NodeHandler {
    return (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return refuseMethod(request, response);
      const isFile = serveFile(request, response, path);
      if (isFile) return logEnd('file', response, waitForEnd(response, request.socket));
      // A page would only be read by a person, who does not open files of the build.
      if (path.startsWith(STATIC_PREFIX)) return sendNodeResponse(response, respondEmpty(404));
      const page = PAGES.get(path);
      const served = servePage(request, response, page ? path : NOT_FOUND_PATH);
      return logEnd(page ?? 'none', response, served);
    };
  }

  async function logEnd(
    page: PageLine['page'],
    response: ServerResponse,
    ended: Promise<void>,
  ): Promise<void> {
    const startedAtMs = now();
    await ended;
    if (response.headersSent)
      log({ event: 'page', page, status: response.statusCode, ms: now() - startedAtMs });
  }

  return {
    listener: (request, response) => void answer(request, response),
    busyCount: () => busyCount,
  };
}

function refuseMethod(_request: IncomingMessage, response: ServerResponse): Promise<void> {
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
    return answer instanceof Promise
      ? answer.then((response) => send(res, response))
      : send(res, answer);
  };
}

// In one packet and without a promise, where the whole body is there, as with all that respond.ts makes.
function send(res: ServerResponse, response: Response): Promise<void> | undefined {
  if (response instanceof NodeResponse) {
    const { status, headers, body } = response._toNodeResponse();
    if (typeof body === 'string' || body instanceof Uint8Array || !body) {
      res.writeHead(status, headers).end(body);
      return undefined;
    }
  }
  return sendNodeResponse(res, response);
}

// A proxy may write the whole address (RFC 9112 §3.2.2).
function readPath(target = ''): string {
  if (target.startsWith('/')) return target.split('?', 1)[0] ?? target;
  return URL.canParse(target) ? new URL(target).pathname : target;
}
