import 'server-only';
import Negotiator from 'negotiator';
import { Problem, PROBLEM_STATUS, type ProblemCode } from '@/lib/order/problem';
import { apiErrors } from '@/lib/order/copy/api-errors';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { ApiResponse, type HeaderEntries } from './api-response';
import { commonHeaders, noStoreHeaders, nonPageHeaders } from './security-headers';

// Builds the responses of the API: JSON that caches must not store.

const HEADERS = { ...commonHeaders, ...nonPageHeaders, ...noStoreHeaders };
const JSON_HEADERS = { ...HEADERS, 'content-type': 'application/json; charset=utf-8' };

const problems: Record<ProblemCode, { message: string }> = { ...apiErrors, ...copy.problems };

/** Headers of a response without a body. */
export function toHeaderEntries(headers: Record<string, string>): HeaderEntries {
  return Object.entries({ ...HEADERS, ...headers });
}

export function toJsonHeaderEntries(headers: Record<string, string>): HeaderEntries {
  return Object.entries({ ...JSON_HEADERS, ...headers });
}

export function respond(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Response {
  return new ApiResponse(status, toJsonHeaderEntries(headers), JSON.stringify(body));
}

export function respondEmpty(status: number, headers: Record<string, string> = {}): Response {
  return new ApiResponse(status, toHeaderEntries(headers));
}

/** `locale`: the language of the link, which the page has then too (RFC 9110 §8.5). */
export function respondProblem(
  { code, retryAfterMs, responseMessage }: Problem,
  locale?: string,
): Response {
  const error = { code, message: responseMessage ?? problems[code].message };
  const headers = {
    // RFC 9110 §11.6.1: a 401 must name a scheme.
    ...(PROBLEM_STATUS[code] === 401 && { 'www-authenticate': 'Bearer' }),
    ...(retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) }),
    ...(locale !== undefined && { 'content-language': locale }),
  };
  const pollAfterMs = retryAfterMs === undefined ? {} : { pollAfterMs: Math.round(retryAfterMs) };
  return respond(PROBLEM_STATUS[code], { error, ...pollAfterMs }, headers);
}

/** Evaluates If-None-Match by weak comparison (RFC 9110 §13.1.2). */
export function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  if (!ifNoneMatch) return false;
  if (ifNoneMatch === etag) return true;
  const opaque = etag.replace(/^W\//, '');
  return ifNoneMatch
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === opaque);
}

/** Evaluates a value of Accept-Encoding (RFC 9110 §12.5.3). */
export function acceptsGzip(accepted: string | null | undefined): boolean {
  if (!accepted) return false;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } });
  return negotiator.encoding(['gzip', 'identity']) === 'gzip';
}
