import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';
import { everywhere, notPages } from './standing-headers';

const FOLDER = '.next/static';
const PREFIX = '/_next/static';
const YEAR_SECONDS = 31_536_000;
const HEADERS = Object.entries({ ...everywhere, ...notPages });

/** Answers a request for a file of the build, compressed ahead by npm run build; false if there is none. */
export type ServeStatic = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => boolean;

/** Knows the files that are there when it is made, and no others. */
export function createStaticFiles(): ServeStatic {
  const serve = sirv(FOLDER, {
    brotli: true,
    gzip: true,
    etag: true,
    immutable: true,
    maxAge: YEAR_SECONDS,
    setHeaders: (response) => HEADERS.forEach(([name, value]) => response.setHeader(name, value)),
  });
  return (request, response, path) => {
    let isKnown = true;
    request.url = path.slice(PREFIX.length);
    // Nobody asks for a part of them, and what there is would be cut in its compressed form.
    delete request.headers.range;
    serve(request, response, () => void (isKnown = false));
    return isKnown;
  };
}
