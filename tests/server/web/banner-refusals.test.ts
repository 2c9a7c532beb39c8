import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBannerServer } from '@/tests/support/banner-server';
import { hosts, type Host } from '@/tests/support/sample-banners';

let server: Awaited<ReturnType<typeof startBannerServer>>;
beforeAll(async () => {
  server = await startBannerServer({ LIMITS: 'off', LINKS_API_KEY: 'key-of-the-deployment' });
});
afterAll(() => server.close());
beforeEach(() => void server.logLines.splice(0));

const messages = '/api/order/messages';
const routes = {
  reading: () => ({ path: messages, method: 'GET' }),
  sending: () => ({
    ...{ path: messages, method: 'POST' },
    body: { clientMessageId: crypto.randomUUID(), body: 'Hello' },
  }),
  marking: () => ({ path: '/api/order/read', method: 'POST', body: {} }),
  deciding: () => ({
    ...{ path: '/api/order/replacements', method: 'POST' },
    body: { itemId: '3', decision: 'approve' },
  }),
  arriving: () => ({ path: '/api/order/arrival', method: 'POST', body: {} }),
  storing: () => ({ path: '/api/order/vehicle', method: 'PUT', body: { color: 'red' } }),
};
// The order is no pickup order, so an own link gets past the authentication and no further.
const accepted = new Map(
  Object.entries({
    ...{ reading: 200, sending: 201, marking: 204, deciding: 200 },
    ...{ arriving: 409, storing: 409 },
  }),
);

function toStatus(route: string, kind: string): number | undefined {
  if (!kind.startsWith('own')) return 401;
  if (kind === 'own expired') return 410;
  return kind === 'own full' || route === 'reading' ? accepted.get(route) : 403;
}

/** A token of each kind for requests to the host. */
async function mintTokens(host: Host, foreign: Host): Promise<[string, string | undefined][]> {
  const own = await server.mint(host, 'shopping');
  const exp = Math.floor(server.clock.nowMs() / 1_000) - 61;
  return [
    ['own full', own],
    ['own read', await server.mint(host, 'shopping', { scp: 'read' })],
    ['own share', await server.mint(host, 'shopping', { scp: 'share' })],
    ['own expired', await server.mint(host, 'shopping', { exp })],
    ['forged', forge(own)],
    ['of another store', await server.mint(foreign, 'shopping')],
    ['expired, of another store', await server.mint(foreign, 'shopping', { exp })],
    ['missing', undefined],
    ['malformed', own.slice(0, -30)],
  ];
}

/** Changes one letter of the ciphertext. */
function forge(token: string): string {
  const [header, key, iv, text = '', tag] = token.split('.');
  return [header, key, iv, (text.startsWith('A') ? 'B' : 'A') + text.slice(1), tag].join('.');
}

for (const [index, host] of hosts.entries())
  test(`${host} accepts its own links and gives all others the same refusal without a call to Connect`, async () => {
    const foreign = hosts[(index + 1) % hosts.length] ?? host;
    const refusals = new Set<string>();
    for (const [route, compose] of Object.entries(routes))
      for (const [kind, token] of await mintTokens(host, foreign)) {
        const { path, ...options } = compose();
        const callsBefore = server.simulator.control.calls().length;
        const { status, headers, body } = await server.request(host, path, {
          ...options,
          ...(token !== undefined && { token }),
        });
        expect([route, kind, status]).toEqual([route, kind, toStatus(route, kind)]);
        if (status === 401) refusals.add(JSON.stringify([{ ...headers, date: '' }, body]));
        if ([401, 403, 410].includes(status))
          expect([kind, server.simulator.control.calls().length]).toEqual([kind, callsBefore]);
        if (status === 200 && route === 'reading')
          expect(JSON.parse(body).access).toBe(kind.replace('own ', ''));
      }
    expect(refusals.size).toBe(1);
    expect(JSON.parse(JSON.parse([...refusals][0] ?? '')[1]).error.code).toBe('link_invalid');
    const banners = server.logLines.map((line) => JSON.parse(line).banner);
    expect(new Set(banners)).toEqual(new Set([host]));
  });

test('each of eight tokens opens exactly one of three stores, on every route', async () => {
  const tokens = hosts
    .flatMap((host) => (['full', 'read', 'share'] as const).map((scp) => ({ host, scp })))
    .slice(0, 8);
  const opened = new Map<string, string[]>();
  for (const { host: owner, scp } of tokens) {
    const token = await server.mint(owner, 'shopping', scp === 'full' ? {} : { scp });
    for (const host of hosts)
      for (const [route, compose] of Object.entries(routes)) {
        const { path, ...options } = compose();
        const { status } = await server.request(host, path, { ...options, token });
        if (host !== owner)
          expect([owner, scp, host, route, status]).toEqual([owner, scp, host, route, 401]);
        if (status === 200 && route === 'reading')
          opened.set(`${owner} ${scp}`, [...(opened.get(`${owner} ${scp}`) ?? []), host]);
      }
  }
  expect([...opened]).toEqual(tokens.map(({ host, scp }) => [`${host} ${scp}`, [host]]));
});

test('each store reads the same order with its own retailer id, token and cache', async () => {
  const { control } = server.simulator;
  control.putOrder('own-cache', { script: { ageMs: 0, steps: [] } });
  for (const host of hosts)
    for (const times of [1, 2])
      expect([
        times,
        (await server.request(host, messages, { token: await server.mint(host, 'own-cache') }))
          .status,
      ]).toEqual([times, 200]);
  const calls = control.calls({ route: 'order_messages', orderId: 'own-cache' });
  expect(calls.map(({ headers }) => headers['x-retailer-id'])).toEqual(
    hosts.map((host) => `id-${host}`),
  );
  expect(new Set(calls.map(({ headers }) => headers['authorization'])).size).toBe(3);
});

test('POST /api/links mints a link of the store whose host it is sent to', async () => {
  for (const host of hosts) {
    const { body } = await server.request(host, '/api/links', {
      ...{ token: 'key-of-the-deployment', method: 'POST' },
      body: { orderId: 'shopping', userId: 'demo-customer' },
    });
    const { url, embedUrl, token } = JSON.parse(body);
    expect([url, embedUrl]).toEqual([
      `https://${host}/order#${token}`,
      `https://${host}/embed#${token}`,
    ]);
    for (const other of hosts)
      expect([other, (await server.request(other, messages, { token })).status]).toEqual([
        other,
        other === host ? 200 : 401,
      ]);
  }
});
