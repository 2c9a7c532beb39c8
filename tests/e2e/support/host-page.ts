import { once } from 'node:events';
import { createServer } from 'node:http';

export type HostPage = { html: string; headers?: Record<string, string> };

export type Host = Awaited<ReturnType<typeof startHost>>;

/**
 * A server of somebody else's pages. It answers to every name of this machine, and each is an origin:
 * `origin('shop.localhost')`.
 */
export async function startHost() {
  const pages = new Map<string, HostPage>();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://host').pathname);
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html', ...page?.headers });
    response.end(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
       <title>Shop</title><link rel="icon" href="data:,"><body>${page?.html ?? ''}`,
    );
  }).listen(0);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  return {
    origin: (hostname: string) => `http://${hostname}:${port}`,
    put: (path: string, page: HostPage) => void pages.set(path, page),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
