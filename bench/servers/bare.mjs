// The baseline: node:http alone, before the same cache.
import { createServer } from 'node:http';
import { createViewCache } from './view-cache.mjs';

const readView = createViewCache(process.env.VIEW_URL);

createServer(async (request, response) => {
  const { etag, body, headers } = await readView();
  if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
  else response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
