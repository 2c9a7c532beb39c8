import 'server-only';
import { ApiResponse } from './api-response';
import type { Connection } from './handler';
import type { Representation } from '@/lib/server/orders/representation';
import { acceptsGzip, matchesEtag, toHeaderEntries, toJsonHeaderEntries } from './responses';

// Builds the response with an order: 304, uncompressed or gzip.

type HeaderSets = ReturnType<typeof toHeaderSets>;

// Headers are cached per representation, because building a dozen headers takes as long as looking up the order.
const headersWithConnection = new WeakMap<Representation, HeaderSets>();
const headersWithoutConnection = new WeakMap<Representation, HeaderSets>();

/** Whether the response will have a compressed body. False for a 304. */
export function takesGzip(
  request: Request,
  connection: Connection | undefined,
  view: Representation,
): boolean {
  return (
    connection !== undefined &&
    !isUnchanged(request, view) &&
    acceptsGzip(request.headers.get('accept-encoding'))
  );
}

export function respondWithOrder(
  request: Request,
  connection: Connection | undefined,
  view: Representation,
): Response {
  const cache = connection ? headersWithConnection : headersWithoutConnection;
  const headers = cache.get(view) ?? toHeaderSets(view, connection);
  cache.set(view, headers);
  if (isUnchanged(request, view)) return new ApiResponse(304, headers.unchanged);
  const bytes =
    connection && acceptsGzip(request.headers.get('accept-encoding')) ? view.zipped() : undefined;
  return bytes
    ? new ApiResponse(200, headers.gzip, bytes)
    : new ApiResponse(200, headers.plain, view.plain());
}

function isUnchanged(request: Request, { etag }: Representation): boolean {
  return matchesEtag(request.headers.get('if-none-match'), etag);
}

function toHeaderSets({ etag, locale }: Representation, connection: Connection | undefined) {
  const headers = {
    etag,
    ...(locale !== undefined && { 'content-language': locale }),
    ...(connection && { vary: 'accept-encoding' }),
  };
  return {
    unchanged: toHeaderEntries(headers),
    plain: toJsonHeaderEntries(headers),
    gzip: toJsonHeaderEntries({ ...headers, 'content-encoding': 'gzip' }),
  };
}
