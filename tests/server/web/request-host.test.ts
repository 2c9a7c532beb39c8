import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHostName } from '@/lib/server/web/request-host';
import { apiHeaders } from '@/tests/support/api-headers';
import { startBannerServer } from '@/tests/support/banner-server';
import { composeBanner, hosts } from '@/tests/support/sample-banners';
import { rawRequest } from '@/tests/support/raw-request';

const [fresh, value] = hosts as ['www.fresh.example', 'www.value.example'];
let server: Awaited<ReturnType<typeof startBannerServer>>;
beforeAll(async () => (server = await startBannerServer()));
afterAll(() => server.close());

test.each([
  ['www.fresh.example', 'www.fresh.example'],
  ['WWW.Fresh.EXAMPLE', 'www.fresh.example'],
  ['www.fresh.example:8443', 'www.fresh.example'],
  ['www.fresh.example:', 'www.fresh.example'],
  ['www.fresh.example.', 'www.fresh.example'],
  ['www.fresh.example.:443', 'www.fresh.example'],
  ['[2001:db8::1]:443', '[2001:db8::1]'],
  ['[::1]', '[::1]'],
  ['', ''],
])('the field Host: %s is the host name "%s"', (host, name) => {
  expect(readHostName({ headers: { host } }, 0)).toBe(name);
});

test.each([
  [0, 'b.example', 'a.example'],
  [1, undefined, 'a.example'],
  [1, 'b.example', 'b.example'],
  [1, 'forged.example, b.example:443', 'b.example'],
  [1, 'forged.example,B.Example.', 'b.example'],
  [1, 'forged.example, ', ''],
  [2, 'forged.example, b.example, internal', 'b.example'],
  [2, 'b.example, internal', 'b.example'],
  // A proxy has not added its entry, so the list could be the client's.
  [2, 'forged.example', 'a.example'],
])('with %i trusted proxies and X-Forwarded-Host: %s the host is "%s"', (proxies, field, name) => {
  const headers = { host: 'a.example', ...(field !== undefined && { 'x-forwarded-host': field }) };
  expect(readHostName({ headers }, proxies)).toBe(name);
});

test('whatever a client adds in front, the entry of the trusted proxy is used', () => {
  const forged = fc.array(fc.string({ unit: 'binary-ascii' }), { maxLength: 4 });
  fc.assert(
    fc.property(forged, fc.integer({ min: 1, max: 3 }), (entries, proxies) => {
      const added = ['b.example', 'cdn.internal', 'balancer.internal'].slice(0, proxies);
      const field = [...entries, ...added].join(', ');
      const headers = { host: 'a.example', 'x-forwarded-host': field };
      expect(readHostName({ headers }, proxies)).toBe('b.example');
      expect(readHostName({ headers }, 0)).toBe('a.example');
    }),
  );
});

/** Requests the page of orders with these lines in the head, and returns the status and the name of the store. */
async function ask(target: string, ...lines: string[]): Promise<[number, string | undefined]> {
  const head = [`GET ${target} HTTP/1.1`, ...lines, 'Connection: close', '', ''];
  const { status, text } = await rawRequest(server.port, head.join('\r\n'));
  return [status, /<title>Store ([\w.]+)/.exec(text)?.[1]];
}

test.each([
  [200, fresh, '/order', [`Host: ${fresh}`]],
  [200, fresh, '/order', [`host:\t${fresh.toUpperCase()}.:80 `]],
  // Without a trusted proxy these fields are the client's.
  [200, fresh, '/order', [`Host: ${fresh}`, `X-Forwarded-Host: ${value}`]],
  [200, fresh, '/order', [`Host: ${fresh}`, `Forwarded: host=${value}`]],
  [200, fresh, '/order', [`Host: ${fresh}`, `X-Host: ${value}`, `X-Original-Host: ${value}`]],
  [200, fresh, `http://${fresh}/order`, [`Host: ${fresh}`]],
  [404, undefined, `http://${value}/order`, [`Host: ${fresh}`]],
  [404, undefined, `http://${fresh}/order`, ['Host: other.example']],
  [404, undefined, '/order', [`Host: ${fresh}.other.example`]],
  [404, undefined, '/order', [`Host: other.${fresh}`]],
  [404, undefined, '/order', [`Host: ${fresh}..`]],
  [404, undefined, '/order', ['Host: www.%66resh.example']],
  [404, undefined, '/order', ['Host: [::1]']],
  [404, undefined, '/order', ['Host:']],
  [400, undefined, '/order', []],
  [400, undefined, '/order', [`Host: ${fresh}`, `Host: ${value}`]],
  [400, undefined, '/order', [`Host: ${fresh}, ${value}`]],
  [400, undefined, '/order', [`Host: ${fresh}@${value}`]],
  [400, undefined, '/order', [`Host: ${fresh}/order`]],
  [400, undefined, '/order', [`Host: ${fresh}`, ` ${value}`]],
])('the status %i and the store %s for %s with %j', async (status, store, target, lines) => {
  expect(await ask(target, ...lines)).toEqual([status, store]);
});

test('requests of one connection are for the host of each', async () => {
  const lines = [fresh, 'other.example', value].map(
    (host, index) =>
      `GET /order HTTP/1.1\r\nHost: ${host}\r\n${index === 2 ? 'Connection: close\r\n' : ''}\r\n`,
  );
  const { text } = await rawRequest(server.port, lines.join(''));
  const answers = [...text.matchAll(/HTTP\/1\.1 (\d+)|<title>Store ([\w.]+)/g)];
  expect(answers.map(([, status, store]) => status ?? store)).toEqual([
    ...['200', fresh, '404', '200', value],
  ]);
});

test('an unknown host gets the same empty 404 everywhere, except health checks', async () => {
  const token = await server.mint(fresh, 'shopping');
  const callsBefore = server.simulator.control.calls().length;
  const answers = new Set<string>();
  for (const path of [
    ...['/order', '/embed', '/embed/check', '/s', '/nothing', '/', '/order%23abc', '/embed.js'],
    ...['/robots.txt', '/icon.svg', '/_next/static/x.js', '/api/order/messages', '/api/links'],
  ])
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
      const answer = await server.request('other.example', path, { token, method });
      answers.add(JSON.stringify([{ ...answer, headers: { ...answer.headers, date: '' } }]));
    }
  expect(answers.size).toBe(1);
  const [answer] = JSON.parse([...answers][0] ?? '');
  expect(answer).toMatchObject({ status: 404, body: '', headers: apiHeaders });
  expect(server.simulator.control.calls()).toHaveLength(callsBefore);
  for (const path of ['/healthz', '/readyz'])
    for (const host of ['127.0.0.1', '[::1]:3000', 'other.example', '', fresh])
      expect([path, host, (await server.request(host, path)).status]).toEqual([path, host, 200]);
});

test('each store has its own name, frames, pictures and address of links', async () => {
  await server.load({
    [fresh]: composeBanner(fresh, {
      embedOrigins: ['https://shop.fresh.example'],
      imageHosts: ['images.fresh.example'],
      logoUrl: 'https://logo.fresh.example/logo.svg',
    }),
    [value]: composeBanner(value),
  });
  for (const [host, own, foreign] of [
    [fresh, 'fresh.example', 'value.example'],
    [value, 'value.example', 'fresh.example'],
  ] as const) {
    for (const path of [
      '/order',
      '/embed',
      '/embed/check',
      '/s',
      '/nothing',
      '/embed.js',
      '/robots.txt',
    ]) {
      const { body, headers } = await server.request(host, path);
      expect([path, body]).toEqual([path, expect.stringContaining(own)]);
      expect(JSON.stringify([body, headers])).not.toContain(foreign);
    }
    const policy = (await server.request(host, '/embed')).headers['content-security-policy'];
    expect(policy).toContain(
      host === fresh ? 'frame-ancestors https://shop.fresh.example' : "frame-ancestors 'none'",
    );
    expect(/img-src [^;]*/.exec(String(policy))?.[0].includes('images.fresh.example')).toBe(
      host === fresh,
    );
  }
});
