import 'server-only';
import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Negotiator from 'negotiator';
import { matchesEtag } from '@/lib/server/api/responses';

// Serves a file from memory, because a stream from disk would keep its descriptor after an aborted download.

const PREFERRED_CODINGS = ['br', 'gzip', 'identity'];

/** Bodies by content coding; `identity` is the uncompressed body. */
export type Bodies = {
  identity: Uint8Array;
  gzip?: Uint8Array | undefined;
  br?: Uint8Array | undefined;
};

/** Returns the handler for GET and HEAD of one file. It ignores `Range`, as RFC 9110 §14.2 allows. */
export function createStoredFile(bodies: Bodies, headers: Record<string, string>) {
  const encoded = new Map(Object.entries(bodies).filter(([, body]) => body !== undefined));
  const codings = PREFERRED_CODINGS.filter((coding) => encoded.has(coding));
  // The tag is weak, because all content codings share it (RFC 9110 §8.8.3.3).
  const etag = `W/"${hash('sha256', bodies.identity, 'base64url').slice(0, 22)}"`;
  const common = { ...headers, etag, ...(codings.length > 1 && { vary: 'accept-encoding' }) };

  return (request: IncomingMessage, response: ServerResponse): void => {
    if (matchesEtag(request.headers['if-none-match'] ?? null, etag)) {
      response.writeHead(304, common).end();
      return;
    }
    // Prefer the smallest coding that the client accepts, because the order of Accept-Encoding has no meaning.
    const accepted = new Negotiator(request).encodings(codings);
    const coding = codings.find((each) => accepted.includes(each)) ?? 'identity';
    const body = encoded.get(coding) ?? bodies.identity;
    response
      .writeHead(200, {
        ...common,
        'content-length': body.length,
        ...(coding !== 'identity' && { 'content-encoding': coding }),
      })
      .end(request.method === 'HEAD' ? undefined : body);
  };
}
