import 'server-only';
import { ApiResponse } from './api-response';
import type { Connection } from './handler';
import type { Representation } from '@/lib/server/orders/representation';
import { acceptsGzip, matchesEtag, toHeaderEntries, toJsonHeaderEntries } from './responses';

// Answers with an order: 304, uncompressed or gzip.

type HeaderSets = ReturnType<typeof toHeaderSets>;

// Cached per representation, because building a dozen headers takes as long as looking up the order.
const headsWithConnection = new WeakMap<Representation, HeaderSets>();
const headsWithout = new WeakMap<Representation, HeaderSets>();

/** Whether the answer will have a compressed body. False for a 304. */
export function takesGzip(
  request: Request,
  connection: Connection | undefined,
  view: Representation,
): boolean {
  return (
    connection !== undefined &&
    !hasAlready(request, view) &&
    acceptsGzip(request.headers.get('accept-encoding'))
  );
}

export function respondWithOrder(
  request: Request,
  connection: Connection | undefined,
  view: Representation,
): Response {
  const known = connection ? headsWithConnection : headsWithout;
  const heads = known.get(view) ?? toHeaderSets(view, connection);
  known.set(view, heads);
  if (hasAlready(request, view)) return new ApiResponse(304, heads.unchanged);
  const bytes =
    connection && acceptsGzip(request.headers.get('accept-encoding')) ? view.zipped() : undefined;
  return bytes
    ? new ApiResponse(200, heads.gzip, bytes)
    : new ApiResponse(200, heads.plain, view.plain());
}

function hasAlready(request: Request, { etag }: Representation): boolean {
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
