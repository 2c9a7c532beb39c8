import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRouter } from '@/lib/server/web/router';
import { createHttpServer } from '@/lib/server/web/http-server';
import type { Services } from '@/lib/server/services';
import { startOrderServer } from './order-server';

/** Starts the router on a free port, with fake servers of pages and files. */
export async function openDoor(services: Services) {
  const pages: string[] = [];
  function servePage(_request: IncomingMessage, response: ServerResponse, path: string) {
    pages.push(path);
    if (path === '/s') throw new Error('A page that breaks');
    response.end('a page');
  }
  const slowFiles: ServerResponse[] = [];
  function serveFile(_request: IncomingMessage, response: ServerResponse, path: string) {
    if (!path.endsWith('/slow.js')) return false;
    response.write('its beginning');
    slowFiles.push(response);
    return true;
  }
  const door = createRouter(services, servePage, serveFile);
  const http = createHttpServer(door.listener).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    door,
    server: http,
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    /** The requested paths of pages. */
    pages,
    /** Answers for files named slow.js, which the test ends. */
    slowFiles,
    close() {
      http.close();
      http.closeAllConnections();
    },
  };
}

/** Starts an order server with a router. */
export async function startDoor(overrides: Record<string, string> = {}) {
  const server = await startOrderServer(overrides);
  const door = await openDoor(server.services);
  return {
    ...server,
    ...door,
    async close() {
      door.close();
      await server.close();
    },
  };
}
