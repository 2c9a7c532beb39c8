import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { startSimulator } from '@/tests/simulator/simulator';
import { bannerKeys, composeBanner, hosts } from '@/tests/support/sample-banners';
import { blankEnv } from '@/tests/support/blank-env';
import { findFreePort, untilReady } from '@/tests/support/local-server';
import { plainRequest } from '@/tests/support/plain-request';
import { mintTestToken, testLinkKeys } from '@/tests/support/test-link';

const [fresh, value] = hosts as ['www.fresh.example', 'www.value.example'];
const MIN_ROUNDS = 20;

/** Starts the built server, without npm in front of it, and stops it after `run`. */
async function withServer(
  settings: Record<string, string>,
  run: (server: {
    url: string;
    reload: () => void;
    lines: string[];
    simulatorUrl: string;
  }) => Promise<void>,
) {
  const simulator = await startSimulator();
  const port = await findFreePort();
  const { PATH, HOME } = process.env;
  const server = spawn('node', ['.next/start.mjs'], {
    env: {
      ...{ PATH, HOME, ...blankEnv, NODE_ENV: 'production', PORT: String(port) },
      ...{ CONNECT_BASE_URL: simulator.url, CONNECT_ACCESS_TOKEN: 'demo-static-token' },
      ...{ IMAGE_HOSTS: new URL(simulator.url).host, LIMITS: 'off', ...settings },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface(server.stdout).on('line', (line) => lines.push(line));
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilReady(`${url}/readyz`, () => server.exitCode !== null);
    await run({
      url,
      lines,
      reload: () => void server.kill('SIGHUP'),
      simulatorUrl: simulator.url,
    });
  } finally {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    await simulator.close();
  }
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'banners-e2e-'));
  await run(folder).finally(() => rmSync(folder, { recursive: true }));
}

function readEvents(lines: readonly string[]) {
  return lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'config');
}

test('each host has the pages of its store, and a reload under load loses no request', async () => {
  await withFolder(async (folder) => {
    const file = join(folder, 'banners.json');
    const write = (changes: object) =>
      writeFileSync(
        file,
        JSON.stringify({
          [fresh]: composeBanner(fresh, { embedOrigins: ['https://shop.fresh.example'] }),
          [value]: composeBanner(value, changes),
        }),
      );
    write({ locales: ['fr-CA', 'en-CA'] });
    await withServer({ BANNERS_FILE: file }, async ({ url, reload, lines }) => {
      const get = (host: string, path: string, headers = {}) =>
        plainRequest(url, { host, ...headers }, 'GET', { path });
      for (const [host, frames, frameTitle] of [
        [fresh, 'frame-ancestors https://shop.fresh.example;', 'Order status'],
        [value, "frame-ancestors 'none';", 'Suivi de la commande'],
      ] as const) {
        const page = await get(host, '/embed');
        expect(page.body).toContain(`Store ${host}</title>`);
        expect(page.headers['content-security-policy']).toContain(frames);
        const script = (await get(host, '/embed.js')).body;
        expect(script).toContain(`"https://${host}"`);
        expect(script).toContain(`"${frameTitle}"`);
      }
      expect((await get('127.0.0.1', '/order')).status).toBe(404);

      const statuses = new Set<number | string>();
      let isDone = false;
      async function readRepeatedly(): Promise<void> {
        const links = [fresh, value].map(async (host) => {
          const form = { nowMs: Date.now(), key: bannerKeys[host] };
          return [host, await mintTestToken({ oid: 'shopping' }, form)] as const;
        });
        for (let count = 0; count < MIN_ROUNDS || !isDone; count++)
          for (const [host, token] of await Promise.all(links))
            for (const path of ['/order', '/embed.js', '/api/order/messages'])
              statuses.add(
                await get(host, path, { authorization: `Bearer ${token}` }).then(
                  ({ status }) => status,
                  (cause: Error) => cause.message,
                ),
              );
      }
      // One reader, because more would take the CPU that the renderer of the pages needs.
      const reading = readRepeatedly();
      const isLogged = (count: number) =>
        expect.poll(() => readEvents(lines).length, { timeout: 60_000 }).toBe(count);
      write({ color: 'do-not-print-me' });
      reload();
      await isLogged(1);
      write({ name: 'Store New', linkKeys: composeBanner(value).linkKeys });
      reload();
      await isLogged(2);
      reload();
      await isLogged(3);
      isDone = true;
      await reading;
      expect([...statuses]).toEqual([200]);
      expect((await get(value, '/order')).body).toContain('Store New</title>');
      expect(readEvents(lines)).toMatchObject([
        {
          level: 'error',
          state: 'rejected',
          faults: [`BANNERS_FILE "${value}".color must be a CSS colour`],
        },
        { level: 'info', state: 'applied', storeCount: 2, changedCount: 1 },
        { level: 'info', state: 'applied', storeCount: 2, changedCount: 0 },
      ]);
      expect(lines.join()).not.toContain('do-not-print-me');
    });
  });
});

test('with one store SIGHUP reads the files of secrets again', async () => {
  await withFolder(async (folder) => {
    const file = join(folder, 'link-keys');
    writeFileSync(file, testLinkKeys);
    await withServer({ LINK_KEYS_FILE: file }, async ({ url, reload, lines }) => {
      const read = async (key: Buffer) => {
        const token = await mintTestToken(
          { oid: 'shopping' },
          { nowMs: Date.now(), key, kid: undefined },
        );
        const headers = { authorization: `Bearer ${token}` };
        return (await plainRequest(`${url}/api/order/messages`, headers)).status;
      };
      expect(await read(bannerKeys[fresh])).toBe(401);
      writeFileSync(file, `${testLinkKeys},new:${bannerKeys[fresh].toString('base64url')}`);
      reload();
      await expect
        .poll(() => readEvents(lines))
        .toMatchObject([{ state: 'applied', storeCount: 1 }]);
      expect(await read(bannerKeys[fresh])).toBe(200);
    });
  });
});

test('other hosts of Next.js refuse BANNERS_FILE', async () => {
  const { PATH, HOME } = process.env;
  const server = spawn('npx', ['next', 'start', '-p', String(await findFreePort())], {
    env: { PATH, HOME, ...blankEnv, NODE_ENV: 'production', BANNERS_FILE: 'banners.json' },
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  expect(await once(server, 'close')).not.toEqual([0, null]);
  expect(output).toContain('BANNERS_FILE works with npm start only');
});
