import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { millisecondsInDay as DAY_MS } from 'date-fns/constants';
import { Problem } from '@/lib/order/problem';
import { mintErrors } from '@/lib/order/copy/api-errors';
import type { Links } from '@/lib/server/links/link';
import type { Log, RequestLine } from '@/lib/server/observability/log';
import { createApiHandler, type ApiHandler, type ApiContext } from './handler';
import { createMintRequestParser, type MintRequest, type MintRequestParser } from './mint-request';
import { readJson } from './read-json';
import { findBearer, refuseCrossSite } from './request-guards';
import type { RequestLimits } from '@/lib/server/limits/request-limits';
import type { RequestContexts } from './request-context';
import { respond, respondEmpty } from './responses';
import type { ShortLinks } from '@/lib/server/links/short-link';

// POST /api/links: mints a customer's link for a retailer's back end.

type Parts = {
  links: Links;
  shortLinks: Pick<ShortLinks, 'shorten'> | undefined;
  limits: Pick<RequestLimits, 'admitWrongToken'>;
  apiKey: string | undefined;
  publicUrl: string;
  maxDays: number;
  logRef: (text: string) => string;
  now: () => number;
  log: Log;
  contexts: RequestContexts;
};

export function createMintLinkHandler(parts: Parts): ApiHandler {
  const parse = createMintRequestParser(parts.maxDays, parts.now);
  return createApiHandler('mint_link', parts, (context) =>
    handleMint(context, parts, parse).catch((cause: unknown) => {
      throw cause instanceof Problem ? toProblemForEngineers(cause) : cause;
    }),
  );
}

function toProblemForEngineers(cause: Problem): Problem {
  const { code, retryAfterMs, responseMessage } = cause;
  return new Problem(code, {
    cause,
    retryAfterMs,
    message: responseMessage ?? mintErrors[code],
  });
}

async function handleMint(
  { request, connection, logFields }: ApiContext,
  parts: Parts,
  parse: MintRequestParser,
): Promise<Response> {
  if (parts.apiKey === undefined) return respondEmpty(404);
  refuseCrossSite(request);
  if (!hasKey(request, parts.apiKey)) {
    await parts.limits.admitWrongToken(request, connection?.peerAddress);
    throw new Problem('api_key_invalid');
  }
  const result = parse(await readJson(request));
  if ('faults' in result)
    throw new Problem('invalid_request', { message: result.faults.join(' ') });
  return mint(result.data, parts, logFields);
}

// Digests have equal length, so the comparison's duration reveals nothing about the key.
function hasKey(request: Request, expected: string): boolean {
  return timingSafeEqual(digest(findBearer(request) ?? ''), digest(expected));
}

async function mint(
  { orderId, userId, scope, number, locale, expiresAt }: MintRequest,
  { links, shortLinks, publicUrl, maxDays, logRef, now }: Parts,
  logFields: Partial<RequestLine>,
): Promise<Response> {
  const expiresAtMs = expiresAt ?? Math.floor((now() + maxDays * DAY_MS) / 1_000) * 1_000;
  logFields.orderRef = logRef(orderId);
  const access = scope ?? 'full';
  const token = await links.seal({ orderId, userId, access, number, locale, expiresAtMs });
  logFields.linkRef = logRef(token);
  const shortId = await shortLinks?.shorten(token, expiresAtMs);
  return respond(201, {
    url: `${publicUrl}/order#${token}`,
    embedUrl: `${publicUrl}/embed#${token}`,
    ...(shortId !== undefined && { shortUrl: `${publicUrl}/s#${shortId}` }),
    token,
    expiresAt: new Date(expiresAtMs).toISOString(),
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
