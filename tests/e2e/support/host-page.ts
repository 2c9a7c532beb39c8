import { once } from 'node:events';
import { createServer } from 'node:http';

export type HostPage = { html: string; headers?: Record<string, string> };

export type Host = Awaited<ReturnType<typeof startHost>>;

/**
 * Starts a server for pages of another site, on every hostname that resolves to this machine. Each hostname is
 * an origin: `origin('shop.localhost')`.
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
  if (address === null || typeof address === 'string') throw new Error('The host has no port');
  const { port } = address;
  return {
    origin: (hostname: string) => `http://${hostname}:${port}`,
    put: (path: string, page: HostPage) => void pages.set(path, page),
    /** Serves a page in place of the previous one, and returns its address. */
    serve(hostname: string, page: HostPage): string {
      pages.set('/account', page);
      return `http://${hostname}:${port}/account`;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The part of a host page that contains the order-status element, as the integration guide shows it. */
export function elementHtml(ordersUrl: string, token: string, attributes = ''): string {
  return `<script src="${ordersUrl}/embed.js" async></script>
    <h1>My account</h1><order-status token="${token}" ${attributes}></order-status><p>More of the shop</p>`;
}

/** Events that the element dispatches on the host page, listed in `public/embed.d.ts`. */
export const elementEvents = [
  ...['ready', 'height', 'unread', 'stage', 'decide', 'expired', 'token-needed', 'error'],
];
