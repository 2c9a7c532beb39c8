import { createServer } from 'node:http';
import { once } from 'node:events';
import { createRunningClock, minuteMs } from '@/tests/simulator/clock';
import { startSimulator } from '@/tests/simulator/simulator';
import { blankEnv } from '@/tests/support/blank-env';
import { mintTestToken, testLinkKeys } from '@/tests/support/test-link';
import { applyLoad, type Load } from './load';
import { startEntryPoints, startPeers, type Running } from './servers';

// A poll through both entry points and through peers, alternately, each on one core.

// The number of links is large enough that no link reaches its rate limit.
const TOKENS = 12_800;

export type PollFigures = Record<string, Record<'200' | '304', Load[]>>;

export async function measurePolls(rounds: number, seconds: number): Promise<PollFigures> {
  // Messages of the order are old, because recent messages would change poll pace and ETag during the run.
  const clock = createRunningClock();
  clock.advance(-10 * minuteMs);
  const simulator = await startSimulator({ clock });
  const tokens = await Promise.all(
    Array.from({ length: TOKENS }, () => mintTestToken({ oid: 'shopping' }, { nowMs: Date.now() })),
  );
  const entryPoints = await startEntryPoints({
    ...blankEnv,
    LINK_KEYS: testLinkKeys,
    CONNECT_CLIENT_ID: 'demo-client',
    CONNECT_CLIENT_SECRET: 'demo-secret',
    CONNECT_BASE_URL: simulator.url,
    LOG_LEVEL: 'error',
  });
  const view = await fetchView(entryPoints[0], tokens[0] ?? '');
  const viewServer = createServer((_, response) => {
    response.writeHead(200, view.headers).end(view.body);
  }).listen(0, '127.0.0.1');
  await once(viewServer, 'listening');
  const address = viewServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const peers = await startPeers(`http://127.0.0.1:${address.port}`);

  const figures: PollFigures = {};
  const servers = [...peers, ...entryPoints];
  for (let round = 0; round <= rounds; round++)
    for (const server of servers) {
      const { headers } = await fetchView(server, tokens[0] ?? '');
      const full = await applyLoad(server, tokens, { seconds, status: 200 });
      const etag = String(headers['etag']);
      const same = await applyLoad(server, tokens, { seconds, etag, status: 304 });
      // The first round is a warm-up.
      if (round === 0) continue;
      const kept = (figures[server.name] ??= { 200: [], 304: [] });
      kept[200].push(full);
      kept[304].push(same);
    }

  for (const server of servers) await server.close();
  viewServer.close();
  await simulator.close();
  return figures;
}

async function fetchView({ url }: Running, token: string) {
  const response = await fetch(`${url}/api/order/messages`, {
    headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' },
  });
  const dropped = /^(connection|keep-alive|date|content-length|transfer-encoding)$/;
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !dropped.test(name)));
  return { headers, body: await response.text() };
}
