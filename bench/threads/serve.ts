import { once } from 'node:events';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import type { Subject } from './build';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

// The size of a phone; the column is the container of our thread on its page.
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Thread</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<body style="margin: 0">
<div id="box" style="display: flex; flex-direction: column; width: 390px; height: 700px"></div>
<script type="module" src="page.js"></script>
`;

/** `loaded` contains the files that pages of the subject have requested. */
export type Site = { subject: Subject; url: string; loaded: Set<string>; close(): void };

export async function serveSubject(subject: Subject): Promise<Site> {
  const loaded = new Set<string>();
  const server = createServer(({ url = '/' }, response) => {
    const name = new URL(url, 'http://127.0.0.1').pathname.slice(1);
    const file = subject.files.get(name);
    if (name === '') return response.setHeader('content-type', 'text/html').end(PAGE);
    if (!file) return response.writeHead(404).end();
    loaded.add(name);
    return response
      .writeHead(200, {
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        'content-encoding': 'gzip',
        'cache-control': 'no-store',
      })
      .end(file);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    subject,
    loaded,
    url: `http://127.0.0.1:${address.port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
