import type { Locale } from '@/lib/order/copy/locales';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHealth } from '@/lib/server/api/health';
import type { Env } from '@/lib/server/config/env';
import { NOT_FOUND_PATH, PAGES, PUBLIC_FILES } from '@/lib/server/config/site';
import { readStoreConfigs } from '@/lib/server/config/store-configs';
import { createLog } from '@/lib/server/observability/log';
import { createHttpServer } from '@/lib/server/web/http-server';
import { createRouter } from '@/lib/server/web/router';
import { createStores } from '@/lib/server/web/stores';
import { createFrozenClock } from '@/tests/simulator/clock';
import { startSimulator } from '@/tests/simulator/simulator';
import { shortenedWait } from './order-server';
import { plainRequest } from './plain-request';
import { bannerKeys, composeBanner, hosts, type Host } from './sample-banners';
import { mintTestToken, type LinkClaims } from './test-link';

const allBanners = () => Object.fromEntries(hosts.map((host) => [host, composeBanner(host)]));

/** A stand-in for Next.js: pages with the name of the store, and files with its origin. A store named Broken has 500. */
function renderPages({ RETAILER_NAME, PUBLIC_URL, LOCALES }: Env) {
  const toStatus = (path: string) =>
    RETAILER_NAME === 'Broken' ? 500 : path === NOT_FOUND_PATH ? 404 : 200;
  const page = (path: string, locale: Locale, isLinkPreview: boolean) => ({
    ...{ path, locale, isLinkPreview, status: toStatus(path) },
    headers: [['content-security-policy', "script-src 'nonce-AAAA'"] satisfies [string, string]],
    body: Buffer.from(`<title>${RETAILER_NAME}</title><p nonce="AAAA">`),
  });
  const file = (path: string) => ({
    ...{ path, locale: LOCALES[0], isLinkPreview: false, status: 200, headers: [] },
    body: Buffer.from(`${path} of ${PUBLIC_URL}`),
  });
  const pages = [...PAGES.map(({ path }) => path), NOT_FOUND_PATH];
  return [
    ...pages.flatMap((path) =>
      LOCALES.flatMap((locale) => [page(path, locale, false), page(path, locale, true)]),
    ),
    ...PUBLIC_FILES.map(({ path }) => file(path)),
  ];
}

/** Starts a server with the stores of a BANNERS_FILE and one Connect, whose clock tests move. */
export async function startBannerServer(environment: Record<string, string> = {}) {
  const clock = createFrozenClock();
  const simulator = await startSimulator({ clock });
  const folder = mkdtempSync(join(tmpdir(), 'banners-'));
  const file = join(folder, 'banners.json');
  const source = {
    BANNERS_FILE: file,
    CONNECT_BASE_URL: simulator.url,
    CONNECT_CLIENT_ID: 'demo-client',
    CONNECT_CLIENT_SECRET: 'demo-secret',
    IMAGE_HOSTS: new URL(simulator.url).host,
    ...environment,
  };
  const logLines: string[] = [];
  const tasks: (() => void)[] = [];
  const runtime = {
    now: () => clock.nowMs(),
    random: () => 0.5,
    wait: shortenedWait,
    writeLog: (line: string) => logLines.push(line),
    schedule(_intervalMs: number, task: () => void) {
      tasks.push(task);
      return () => void tasks.splice(tasks.indexOf(task), 1);
    },
  };
  const stores = createStores(runtime, [], async (envs) => envs.map(renderPages));

  /** Writes the file and reads it as a start or SIGHUP does; resolves with the number of changed stores. */
  async function load(banners: object = allBanners()): Promise<number> {
    writeFileSync(file, JSON.stringify(banners));
    return stores.apply(readStoreConfigs(source));
  }

  await load();
  const health = createHealth();
  const log = createLog(runtime.writeLog, runtime.now, { maxLevel: 'debug' });
  const router = createRouter({ findSite: stores.findSite, health, now: runtime.now, log });
  const http = createHttpServer(router.listener).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const url = `http://127.0.0.1:${address.port}`;

  return {
    ...{ clock, simulator, stores, logLines, port: address.port, load, file, source },
    taskCount: () => tasks.length,
    tick: () => tasks.forEach((task) => task()),

    /** A token of the store, for an order of the demo customer. */
    mint: (host: Host, oid: string, claims: LinkClaims = {}) =>
      mintTestToken({ oid, ...claims }, { nowMs: clock.nowMs(), key: bannerKeys[host] }),

    request: (
      host: string,
      path: string,
      {
        token,
        method = 'GET',
        body,
        headers = {},
      }: { token?: string; method?: string; body?: object; headers?: Record<string, string> } = {},
    ) =>
      plainRequest(
        url,
        {
          host,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        method,
        { path, ...(body && { body: JSON.stringify(body) }) },
      ),

    async close() {
      http.close();
      http.closeAllConnections();
      stores.close();
      rmSync(folder, { recursive: true });
      await simulator.close();
    },
  };
}
