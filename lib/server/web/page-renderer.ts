import 'server-only';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { request } from 'undici';
import type { Locale } from '@/lib/order/copy/locales';
import type { RenderedResponse } from './rendered-pages';
import { setEnv, type Env } from '@/lib/server/config/env';
import { NOT_FOUND_PATH, PAGES, PUBLIC_FILES } from '@/lib/server/config/site';

// Runs in the process that rendered-pages.ts starts: requests every page once per store and language, and every public file
// once per store, from Next.js, sends the responses to the parent process and exits, so that the serving process never
// loads Next.js.

const LINK_PREVIEW_AGENT = 'Twitterbot/1.0';

// The parent process has ended, so the pages are not needed.
process.once('disconnect', () => process.exit());
// The signal is for the parent process, but reaches the group.
process.on('SIGHUP', () => undefined);

const envs = await new Promise<Env[]>((resolve) => process.once('message', resolve));
// Next.js checks the settings when it starts.
const [firstEnv] = envs;
if (firstEnv) setEnv(firstEnv);

// This file is bundled into .next, so the project is its parent folder.
const dir = fileURLToPath(new URL('..', import.meta.url));
// Without `httpServer` Next.js would add an upgrade listener to the server below.
const app = next({ dev: false, dir, httpServer: createServer() });
await app.prepare();
const server = createServer(app.getRequestHandler()).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('No port to render pages on');
const origin = `http://127.0.0.1:${address.port}`;

async function render(
  path: string,
  locale: Locale,
  isLinkPreview: boolean,
): Promise<RenderedResponse> {
  const headers = {
    'accept-language': locale,
    ...(isLinkPreview && { 'user-agent': LINK_PREVIEW_AGENT }),
  };
  const response = await request(`${origin}${path}`, { headers });
  return {
    ...{ path, locale, isLinkPreview },
    status: response.statusCode,
    headers: Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
    body: new Uint8Array(await response.body.arrayBuffer()),
  };
}

// Only pages that messages link to have a variant for link previews.
const pages = [
  ...PAGES.map(({ path, framedBy }) => ({
    path,
    variants: framedBy === 'none' ? [false, true] : [false],
  })),
  { path: NOT_FOUND_PATH, variants: [false] },
];
const stores: RenderedResponse[][] = [];
for (const env of envs) {
  setEnv(env);
  const responses: RenderedResponse[] = [];
  for (const { path, variants } of pages)
    for (const locale of env.LOCALES)
      for (const isLinkPreview of variants)
        responses.push(await render(path, locale, isLinkPreview));
  for (const { path } of PUBLIC_FILES) responses.push(await render(path, env.LOCALES[0], false));
  stores.push(responses);
}
process.send?.(stores, () => process.exit());
