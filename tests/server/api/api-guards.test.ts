import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startOrderServer } from '@/tests/support/order-server';
import { codeOf } from '@/tests/support/sending-server';

// The tests call each handler directly, without our server, Next or proxy.ts in front of it.

type Handlers = Record<string, (request: Request) => Response | Promise<Response>>;
type Server = Awaited<ReturnType<typeof startOrderServer>>;

const files = readdirSync('app/api', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)route\.\w+$/.test(file))
  .sort();
const headers: Record<string, string>[] = [
  {},
  { authorization: '' },
  { authorization: 'Bearer' },
  { authorization: 'Bearer undefined' },
  { authorization: 'Basic a2V5OmtleQ==' },
  { cookie: 'token=key', 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
];

let server: Server;

async function start(overrides: Record<string, string>): Promise<void> {
  server = await startOrderServer(overrides);
  globalThis.orderStatusServices = server.services;
}

beforeEach(() => start({ LINKS_API_KEY: 'retailer-back-end-key' }));

afterEach(async () => {
  globalThis.orderStatusServices = undefined;
  await server.close();
});

/** The responses of each handler to each request without a token. */
async function requestAll(file: string): Promise<Response[]> {
  const handlers: Handlers = await import(resolve('app/api', file));
  const answers = Object.entries(handlers)
    .filter(([name]) => /^[A-Z]+$/.test(name))
    .flatMap(([method, handle]) =>
      headers.map((init) =>
        handle(new Request(`http://localhost/api/${file}?token=key`, { method, headers: init })),
      ),
    );
  expect(answers.length).toBeGreaterThan(0);
  return Promise.all(answers);
}

test('the API has exactly six routes', () => {
  expect(files).toEqual([
    ...['links/route.ts', 'order/arrival/route.ts', 'order/messages/route.ts'],
    ...['order/read/route.ts', 'order/replacements/route.ts', 'order/vehicle/route.ts'],
  ]);
});

test.each(files)('%s answers 401 without a valid token and does not call Connect', async (file) => {
  const code = file.includes('links') ? 'api_key_invalid' : 'link_invalid';
  for (const answer of await requestAll(file)) expect(await codeOf(answer)).toEqual([401, code]);
  expect(server.simulator.control.calls()).toEqual([]);
});

test('the links route answers 404 if LINKS_API_KEY is not set', async () => {
  await server.close();
  await start({});
  for (const { status } of await requestAll('links/route.ts')) expect(status).toBe(404);
});
