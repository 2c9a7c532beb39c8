import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '@/lib/order/problem';
import type { Links } from './link';
import type { Log, RequestLine } from './log';
import { createLoggedHandler, type ApiHandler, type Ask } from './logged-handler';
import { readJson } from './read-json';
import { readBearer, refuseCrossSite } from './request-guards';
import type { RequestLimits } from './request-limits';
import type { RequestScopes } from './request-scope';
import { respond, respondEmpty } from './respond';
import type { ShortLinks } from './short-link';

// POST /api/links: a retailer's back end asks for a customer's link.

const DAY_MS = 86_400_000;

const order = z.object(
  {
    orderId: z.string('orderId must be text'),
    userId: z.string('userId must be text'),
    expiresAt: z.iso
      .datetime({ offset: true, error: 'expiresAt must be an ISO-8601 time with its zone' })
      .optional(),
    scope: z.literal('read', 'scope must be "read" or absent').optional(),
  },
  'The body must be a JSON object',
);

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
  scopes: RequestScopes;
};

export function createMintLinkHandler(parts: Parts): ApiHandler {
  return createLoggedHandler('mint_link', parts, (ask) => answer(ask, parts));
}

async function answer({ request, connection, line }: Ask, parts: Parts): Promise<Response> {
  if (parts.apiKey === undefined) return respondEmpty(404);
  refuseCrossSite(request);
  await requireKey(request, parts.apiKey).catch(async (problem: unknown) => {
    await parts.limits.admitWrongToken(request, connection?.peerAddress);
    throw problem;
  });
  const body = await readJson(request);
  try {
    return await mint(body, parts, line);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return refuse(cause.message, line);
  }
}

// Digests have one length, so the time it takes tells nothing of the key.
async function requireKey(request: Request, expected: string): Promise<void> {
  if (!timingSafeEqual(digest(readBearer(request)), digest(expected)))
    throw new Problem('link_invalid');
}

async function mint(
  body: unknown,
  { links, shortLinks, publicUrl, maxDays, logRef, now }: Parts,
  line: Partial<RequestLine>,
): Promise<Response> {
  const { data, error } = order.safeParse(body);
  if (!data) return refuse(error.issues[0]?.message ?? '', line);
  // Whole seconds, as the token counts them.
  const wantedMs = data.expiresAt ? Date.parse(data.expiresAt) : now() + maxDays * DAY_MS;
  const expiresAtMs = Math.floor(wantedMs / 1_000) * 1_000;
  const { orderId, userId, scope } = data;
  line.orderRef = logRef(orderId);
  const token = await links.seal({ orderId, userId, readOnly: scope === 'read', expiresAtMs });
  line.linkRef = logRef(token);
  const shortId = await shortLinks?.shorten(token, expiresAtMs);
  return respond(201, {
    url: `${publicUrl}/order#${token}`,
    embedUrl: `${publicUrl}/embed#${token}`,
    ...(shortId !== undefined && { shortUrl: `${publicUrl}/s#${shortId}` }),
    token,
    expiresAt: new Date(expiresAtMs).toISOString(),
  });
}

// To a back end's engineer: which field is wrong, and what it should be.
function refuse(message: string, line: Partial<RequestLine>): Response {
  line.code = 'invalid_request';
  return respond(400, { error: { code: 'invalid_request', message } });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
