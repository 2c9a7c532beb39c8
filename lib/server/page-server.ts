import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { createNonce, toContentSecurityPolicy } from './content-security-policy';
import { isDevelopment, type Env } from './env';
import { toIsolationHeaders } from './isolation-headers';
import { isLinkPreview } from './link-preview';
import type { RenderedAnswer } from './rendered-answers';
import { acceptsGzip } from './respond';
import { waitForEnd } from './response-end';
import { NOT_FOUND_PATH, PAGES } from './site-map';
import { everywhere } from './standing-headers';

// Pages from memory: rendered once at start, with a nonce of its own in each answer.

// A proxy that rewrites HTML makes React render the page a second time.
const CACHE_CONTROL = 'private, no-store, no-transform';

type Page = { status: number; parts: string[] };

/** Resolves when the answer has been sent or its connection has closed. */
export type ServePage = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => Promise<void>;

export function createPageServer(answers: readonly RenderedAnswer[], env: Env): ServePage {
  const pages = new Map<string, Page>();
  for (const answer of answers)
    if (isPagePath(answer.path))
      pages.set(toKey(answer.path, answer.isLinkPreview), toPage(answer));
  const lastTurns = new WeakMap<Socket, Promise<void>>();

  function write(request: IncomingMessage, response: ServerResponse, path: string): void {
    const agent = request.headers['user-agent'];
    const page = pages.get(toKey(path, isLinkPreview(agent)));
    if (!page) throw new Error(`No page ${path}`);
    const nonce = createNonce();
    const html = page.parts.join(nonce);
    const isGzip = acceptsGzip(request.headers['accept-encoding']);
    const body = isGzip ? gzipSync(html) : Buffer.from(html);
    response
      .writeHead(page.status, {
        ...everywhere,
        'cache-control': CACHE_CONTROL,
        'content-security-policy': toContentSecurityPolicy({
          pathname: path,
          nonce,
          env,
          isDevelopment,
        }),
        ...Object.fromEntries(toIsolationHeaders(path, agent, env)),
        'content-type': 'text/html; charset=utf-8',
        vary: 'accept-encoding, user-agent',
        ...(isGzip && { 'content-encoding': 'gzip' }),
        'content-length': body.length,
      })
      .end(request.method === 'HEAD' ? undefined : body);
  }

  function takeTurn(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const { socket } = request;
    if (!socket.destroyed) write(request, response, path);
    return waitForEnd(response, socket);
  }

  return (...exchange) => {
    const [{ socket }] = exchange;
    const previous = lastTurns.get(socket);
    // Pipelined pages are made one in each turn of the event loop, and none once the connection has closed.
    const turn = previous
      ? previous.then(() => setImmediate()).then(() => takeTurn(...exchange))
      : takeTurn(...exchange);
    const settled = turn.then(forget, forget);
    lastTurns.set(socket, settled);
    function forget(): void {
      if (lastTurns.get(socket) === settled) lastTurns.delete(socket);
    }
    return turn;
  };
}

function isPagePath(path: string): boolean {
  return PAGES.has(path) || path === NOT_FOUND_PATH;
}

function toKey(path: string, isPreview: boolean): string {
  return isPreview ? `${path} preview` : path;
}

/** The HTML cut at each place of the nonce that it was rendered with. */
function toPage({ path, status, headers, body }: RenderedAnswer): Page {
  const policy = new Map(headers).get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (!nonce || status !== (path === NOT_FOUND_PATH ? 404 : 200))
    throw new Error(`Page ${path} was rendered with status ${status}`);
  return { status, parts: Buffer.from(body).toString().split(nonce) };
}
