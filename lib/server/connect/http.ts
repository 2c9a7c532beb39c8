import 'server-only';
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Agent, errors, request, type Dispatcher } from 'undici';
import { Problem } from '@/lib/order/problem';
import { parseConnectJson } from './json';

// Makes one HTTP attempt: the signal bounds its time, the body is limited in size, redirects are not followed.

const MAX_BODY_BYTES = 1_048_576;
// Above the body limit, so reading never pauses: undici 7 throws an uncaught error if a paused connection ends.
const HIGH_WATER_MARK_BYTES = 2 * MAX_BODY_BYTES;
const MAX_RETRY_AFTER_MS = 30_000;

export type ConnectRequest = {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  accessToken?: string;
  body?: unknown;
  signal: AbortSignal;
  /** Opens a new connection: the server may close a kept-alive one just as the request is written. */
  newConnection?: boolean;
  /** Digest of a body that the caller has; an equal body is not parsed again. */
  knownDigest?: string | undefined;
  /** Header of W3C Trace Context. */
  traceparent?: string | undefined;
};

/** `body` is undefined if an error response was not JSON, or if its digest equals `knownDigest`. */
export type ConnectResponse = {
  status: number;
  body: unknown;
  /** SHA-256 of the body in base64url; undefined for errors. */
  digest: string | undefined;
  /** From 1 to 30 s. */
  retryAfterMs: number | undefined;
};

export type ConnectHttp = {
  /** Resolves with a response of any status. Throws Problem upstream_unavailable, upstream_timeout or upstream_invalid. */
  send(request: ConnectRequest): Promise<ConnectResponse>;
};

/** `baseUrl` may have a path; `retailerId` is sent as `X-Retailer-Id`. */
export function createConnectHttp(options: {
  baseUrl: string;
  retailerId: string | undefined;
  now: () => number;
}): ConnectHttp {
  const base = options.baseUrl.replace(/\/+$/, '');
  const settings = {
    connections: 64,
    connect: { timeout: 1_000 },
    // The caller's signal bounds the whole attempt, so undici's idle timeouts are disabled.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const keepAliveAgent = new Agent({ ...settings, pipelining: 1 });
  const singleUseAgent = new Agent({ ...settings, pipelining: 0 });

  return {
    async send(connectRequest) {
      const { method, path, accessToken, body, signal, newConnection = false } = connectRequest;
      const { traceparent, knownDigest } = connectRequest;
      try {
        const response = await request(`${base}${path}`, {
          dispatcher: newConnection ? singleUseAgent : keepAliveAgent,
          method,
          signal,
          highWaterMark: HIGH_WATER_MARK_BYTES,
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

// The request accepts identity only; a response that is compressed anyway is held to the same size limit.
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
  // Aborting emits 'error' on the body; without a listener it would be uncaught.
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

// The status alone identifies an error, so its body may be unreadable; the body of a success may not.
async function readBody(
  response: Dispatcher.ResponseData,
  knownDigest: string | undefined,
): Promise<Pick<ConnectResponse, 'body' | 'digest'>> {
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

/** Parses seconds or an HTTP date (RFC 9110 §10.2.3) to ms, clamped to 1-30 s; undefined if absent or unreadable. */
export function parseRetryAfter(header: string | string[] | undefined, nowMs: number) {
  if (typeof header !== 'string') return undefined;
  const delayMs = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  if (Number.isNaN(delayMs)) return undefined;
  return Math.min(MAX_RETRY_AFTER_MS, Math.max(1_000, delayMs));
}

/** Whether `send` failed before a connection existed, so that Connect cannot have received the request. */
export function wasNeverSent(problem: unknown): boolean {
  return problem instanceof Problem && isConnectFailure(problem.cause);
}

function isConnectFailure(cause: unknown): boolean {
  if (cause instanceof errors.ConnectTimeoutError) return true;
  // Node connects to each address of a name in turn and reports all failures as one error.
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
