import 'server-only';
import type { IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Registry } from 'prom-client';
import type { BannerName } from '@/lib/server/config/banner-name';
import type { Env } from '@/lib/server/config/env';
import type { StoreConfig } from '@/lib/server/config/store-configs';
import {
  createServices,
  createStoreMemory,
  type Runtime,
  type Services,
  type StoreMemory,
} from '@/lib/server/services';
import { createFileServer, type StoredFiles } from './file-server';
import { createPageServer } from './page-server';
import type { RenderedResponse } from './rendered-pages';
import { readHostName } from './request-host';
import { createSite, type Site } from './router';

// The stores of this deployment: chooses the store of a request, and replaces stores whose settings have changed.

// A request is received in at most 15 s and then waits for Connect for at most 10 s.
const RETIRE_MS = 30_000;

type Store = StoreConfig & { services: Services; site: Site };
type FindSite = (request: IncomingMessage) => Site | undefined;

export type Stores = {
  findSite: FindSite;
  /** The metrics of each store; none without METRICS_PORT. */
  registries(): Registry[];
  /**
   * Opens the stores of `configs` in place of the present ones and returns how many are new or changed. The others keep
   * caches, limits and tokens. Rejects, and changes nothing, if pages cannot be rendered.
   */
  apply(configs: readonly StoreConfig[]): Promise<number>;
  close(): void;
};

/** `build`: the files that all stores share. `render` returns the pages and public files of each store. */
export function createStores(
  runtime: Runtime,
  build: StoredFiles,
  render: (envs: readonly Env[]) => Promise<readonly (readonly RenderedResponse[])[]>,
): Stores {
  let stores: readonly Store[] = [];
  // Kept for removed stores too, so that a store that is added again sends nothing twice.
  const memories = new Map<BannerName | undefined, StoreMemory>();
  let findSite: FindSite = () => undefined;

  function findUnchanged({ banner, env }: StoreConfig): Store | undefined {
    return stores.find((store) => store.banner === banner && isDeepStrictEqual(store.env, env));
  }

  function open({ banner, env }: StoreConfig, pages: Pick<Site, 'servePage' | 'serveFile'>): Store {
    const memory = memories.get(banner) ?? createStoreMemory(runtime.now);
    memories.set(banner, memory);
    const services = createServices(env, runtime, { banner, memory });
    return { banner, env, services, site: createSite(services, pages.servePage, pages.serveFile) };
  }

  async function retire(store: Store): Promise<void> {
    await runtime.wait(RETIRE_MS);
    store.services.close();
  }

  return {
    findSite: (request) => findSite(request),
    registries: () => stores.flatMap(({ services }) => services.metrics ?? []),

    async apply(configs) {
      const changed = configs.filter((config) => !findUnchanged(config));
      const rendered = changed.length > 0 ? await render(changed.map(({ env }) => env)) : [];
      // A page that is missing throws here, before a store is opened.
      const openings = changed.map((config, index) => {
        const responses = rendered[index] ?? [];
        const servePage = createPageServer(responses, config.env);
        const serveFile = createFileServer(build, responses);
        return () => open(config, { servePage, serveFile });
      });
      const opened = openings.map((openStore) => openStore());
      const previous = stores;
      stores = configs.flatMap(
        (config) =>
          findUnchanged(config) ?? opened.find(({ banner }) => banner === config.banner) ?? [],
      );
      findSite = createFindSite(stores);
      for (const store of previous) if (!stores.includes(store)) void retire(store);
      return changed.length;
    },

    close() {
      for (const { services } of stores) services.close();
    },
  };
}

function createFindSite(stores: readonly Store[]): FindSite {
  const [first] = stores;
  if (first?.banner === undefined) return () => first?.site;
  const { TRUSTED_PROXIES } = first.env;
  const sites = new Map<string | undefined, Site>(stores.map(({ banner, site }) => [banner, site]));
  return (request) => sites.get(readHostName(request, TRUSTED_PROXIES));
}
