import 'server-only';
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Agent, errors, request, type Dispatcher } from 'undici';
import { Problem } from '@/lib/order/problem';
import { parseConnectJson } from './json';

// One attempt over HTTP: bounded in time and size, never redirected, and parsed or refused.

const MAX_BODY_BYTES = 1_048_576;
// More than is ever read: undici 7 throws at the process when a connection ends while its reader pauses.
const UNPAUSED_BYTES = 2 * MAX_BODY_BYTES;
const MAX_RETRY_AFTER_MS = 30_000;

export type ConnectRequest = {
  method: 'GET' | 'POST';
  path: string;
  accessToken?: string;
  body?: unknown;
  signal: AbortSignal;
  /** A connection of its own, made for it: one that was left open may be closed just as it is used. */
  ownConnection?: boolean;
  /** Of a body that is known: if it comes again it is not parsed again. */
  knownDigest?: string | undefined;
  /** W3C Trace Context. */
  traceparent?: string | undefined;
};

/** `body` is undefined where an error answer was not JSON, and where it is the one that is known. */
export type ConnectAnswer = {
  status: number;
  body: unknown;
  /** Of a success. */
  digest: string | undefined;
  retryAfterMs: number | undefined;
};

export type ConnectHttp = {
  /** Throws Problem upstream_unavailable, upstream_timeout or upstream_invalid. */
  send(request: ConnectRequest): Promise<ConnectAnswer>;
};

export function createConnectHttp(options: {
  baseUrl: string;
  retailerId: string | undefined;
  now: () => number;
}): ConnectHttp {
  const base = options.baseUrl.replace(/\/+$/, '');
  const settings = {
    connections: 64,
    connect: { timeout: 1_000 },
    // The caller's signal bounds the whole attempt; an idle limit of its own would only be shorter.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const lasting = new Agent({ ...settings, pipelining: 1 });
  const oneOff = new Agent({ ...settings, pipelining: 0 });

  return {
    async send(sending) {
      const { method, path, accessToken, body, signal, ownConnection = false } = sending;
      const { traceparent, knownDigest } = sending;
      try {
        const response = await request(`${base}${path}`, {
          dispatcher: ownConnection ? oneOff : lasting,
          method,
          signal,
          highWaterMark: UNPAUSED_BYTES,
          headers: {
            accept: 'application/json',
            'accept-encoding': 'identity',
            ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
            ...(options.retailerId !== undefined && { 'x-retailer-id': options.retailerId }),
            ...(traceparent !== undefined && { traceparent }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return {
          status: response.statusCode,
          ...(await readBody(response, knownDigest)),
          retryAfterMs: parseRetryAfter(response.headers['retry-after'], options.now()),
        };
      } catch (cause) {
        throw toProblem(cause);
      }
    },
  };
}

type Decode = (bytes: Buffer) => Promise<Buffer>;

// Only identity is asked for; what is encoded all the same may not become larger either.
const inflating = { maxOutputLength: MAX_BODY_BYTES };
const ungzip: Decode = (bytes) => promisify(gunzip)(bytes, inflating);
const decoders = new Map<string, Decode>([
  ['identity', async (bytes) => bytes],
  ['gzip', ungzip],
  ['x-gzip', ungzip],
  ['deflate', (bytes) => promisify(inflate)(bytes, inflating)],
  ['br', (bytes) => promisify(brotliDecompress)(bytes, inflating)],
]);

async function readText({ headers, body }: Dispatcher.ResponseData): Promise<string> {
  // Leaving early tells the body too, and it would throw at the process.
  body.on('error', () => undefined);
  const decode = decoders.get(String(headers['content-encoding'] ?? 'identity').toLowerCase());
  if (!decode) {
    body.destroy();
    throw new Problem('upstream_invalid');
  }
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of body) {
    byteCount += chunk.length;
    if (byteCount > MAX_BODY_BYTES) throw new Problem('upstream_invalid');
    chunks.push(chunk);
  }
  return new TextDecoder().decode(await decode(Buffer.concat(chunks)));
}

// An error is what its status says, whatever came with it; a success has to be readable.
async function readBody(
  response: Dispatcher.ResponseData,
  knownDigest: string | undefined,
): Promise<Pick<ConnectAnswer, 'body' | 'digest'>> {
  try {
    const text = await readText(response);
    const type = String(response.headers['content-type'] ?? 'application/json');
    if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
      const digest = response.statusCode < 400 ? hash('sha256', text, 'base64url') : undefined;
      const isKnown = digest !== undefined && digest === knownDigest;
      return { body: isKnown ? undefined : await parseConnectJson(text), digest };
    }
  } catch (cause) {
    const isUnreadable = cause instanceof SyntaxError || cause instanceof RangeError;
    if (response.statusCode < 400)
      throw isUnreadable ? new Problem('upstream_invalid', { cause }) : cause;
  }
  if (response.statusCode >= 400) return { body: undefined, digest: undefined };
  throw new Problem('upstream_invalid');
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3), held between 1 and 30 s; undefined if absent or unreadable. */
export function parseRetryAfter(header: string | string[] | undefined, nowMs: number) {
  if (typeof header !== 'string') return undefined;
  const delayMs = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  if (Number.isNaN(delayMs)) return undefined;
  return Math.min(MAX_RETRY_AFTER_MS, Math.max(1_000, delayMs));
}

/** Whether a failed `send` ended before there was a connection, so that nothing can have arrived. */
export function neverLeft(problem: unknown): boolean {
  return problem instanceof Problem && isConnectFailure(problem.cause);
}

function isConnectFailure(cause: unknown): boolean {
  if (cause instanceof errors.ConnectTimeoutError) return true;
  // All the addresses of a name, tried one after the other.
  if (cause instanceof AggregateError) return cause.errors.every(isConnectFailure);
  const isSystemError = cause instanceof Error && 'syscall' in cause;
  return isSystemError && (cause.syscall === 'connect' || cause.syscall === 'getaddrinfo');
}

function toProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  const isTimeout =
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError ||
    cause instanceof errors.ConnectTimeoutError ||
    (cause instanceof DOMException && cause.name === 'TimeoutError');
  if (isTimeout) return new Problem('upstream_timeout', { cause });
  const isBrokenEncoding =
    cause instanceof Error &&
    'code' in cause &&
    /^(Z_|ERR_.*BROTLI|ERR__ERROR)/.test(String(cause.code));
  return new Problem(isBrokenEncoding ? 'upstream_invalid' : 'upstream_unavailable', { cause });
}
