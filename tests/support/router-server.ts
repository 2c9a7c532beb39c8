import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHealth } from '@/lib/server/api/health';
import { createRouter, createSite } from '@/lib/server/web/router';
import { createHttpServer } from '@/lib/server/web/http-server';
import type { Services } from '@/lib/server/services';
import { startOrderServer } from './order-server';

/** Starts a router for existing services on a free port, with fake pages and files. */
export async function startRouter(services: Services) {
  const pages: string[] = [];
  function servePage(_request: IncomingMessage, response: ServerResponse, path: string) {
    pages.push(path);
    if (path === '/s') throw new Error('A page that breaks');
    response.end('a page');
  }
  const slowFiles: ServerResponse[] = [];
  function serveFile(_request: IncomingMessage, response: ServerResponse, path: string) {
    if (!path.endsWith('/slow.js')) return false;
    response.write('the first part');
    slowFiles.push(response);
    return true;
  }
  const health = createHealth();
  const site = createSite(services, servePage, serveFile);
  const { now, log } = services;
  const router = createRouter({ findSite: () => site, health, now, log });
  const http = createHttpServer(router.listener).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    router,
    health,
    http,
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

/** Starts the services of an order server, and a router for them. */
export async function startRouterServer(overrides: Record<string, string> = {}) {
  const services = await startOrderServer(overrides);
  const server = await startRouter(services.services);
  return {
    ...services,
    ...server,
    async close() {
      server.close();
      await services.close();
    },
  };
}
