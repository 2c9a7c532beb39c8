import 'server-only';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { lookup } from 'mrmime';
import type { RenderedResponse } from './rendered-pages';
import { isPublicFile, STATIC_PREFIX } from '@/lib/server/config/site';
import { commonHeaders, nonPageHeaders } from '@/lib/server/api/security-headers';
import { createStoredFile } from './stored-file';

// Serves the files of the build and the public files, all read into memory at start.

const STATIC_HEADERS = {
  ...commonHeaders,
  ...nonPageHeaders,
  'cache-control': 'public, max-age=31536000, immutable',
};
// Headers of the connection to the renderer, and headers that createStoredFile computes.
const DROPPED_HEADERS = new Set([
  ...['connection', 'keep-alive', 'date', 'transfer-encoding', 'content-length'],
  ...['etag', 'last-modified', 'vary', 'accept-ranges', 'x-nextjs-cache'],
]);

/** Responds with the file at `path`; returns false if the file does not exist. */
export type ServeFile = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => boolean;

/** `build`: the files of `readBuild`, which all stores share. */
export function createFileServer(
  build: StoredFiles,
  responses: readonly RenderedResponse[],
): ServeFile {
  const files = new Map([...build, ...toPublicFiles(responses)]);
  return (request, response, path) => {
    const serve = files.get(path);
    serve?.(request, response);
    return serve !== undefined;
  };
}

export type StoredFiles = [path: string, serve: ReturnType<typeof createStoredFile>][];

/** The build id of Next.js, which differs for each build. */
export function readBuildId(): string {
  return readFileSync(fileURLToPath(new URL('BUILD_ID', import.meta.url)), 'utf8');
}

/** Reads the folder `static` beside the server's bundle, with the .br and .gz files that npm run build wrote. */
export function readBuild(): StoredFiles {
  const folder = fileURLToPath(new URL('static/', import.meta.url));
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  return names.map((file) => {
    const readIfPresent = (name: string) => (existsSync(name) ? readFileSync(name) : undefined);
    const bodies = {
      identity: readFileSync(file),
      gzip: readIfPresent(`${file}.gz`),
      br: readIfPresent(`${file}.br`),
    };
    const headers = {
      ...STATIC_HEADERS,
      'content-type': lookup(file) ?? 'application/octet-stream',
    };
    return [STATIC_PREFIX + file.slice(folder.length), createStoredFile(bodies, headers)];
  });
}

function toPublicFiles(responses: readonly RenderedResponse[]): StoredFiles {
  return responses
    .filter(({ path }) => isPublicFile(path))
    .map(({ path, status, headers, body }) => {
      if (status !== 200) throw new Error(`${path} was rendered with status ${status}`);
      const keptHeaders = headers.filter(([name]) => !DROPPED_HEADERS.has(name));
      const bodies = { identity: body, gzip: gzipSync(body), br: brotliCompressSync(body) };
      return [path, createStoredFile(bodies, Object.fromEntries(keptHeaders))];
    });
}
