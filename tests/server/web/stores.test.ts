import { expect, onTestFinished, test } from 'vitest';
import { EnvironmentError } from '@/lib/server/config/env';
import { startBannerServer } from '@/tests/support/banner-server';
import { composeBanner, hosts } from '@/tests/support/sample-banners';
import { readSamples } from '@/tests/support/metric-samples';
import { openMetrics } from '@/tests/support/open-metrics';

const [fresh, value, corner] = hosts as [
  ...['www.fresh.example', 'www.value.example', 'orders.corner.example'],
];
const messages = '/api/order/messages';

async function start(environment: Record<string, string> = {}) {
  const server = await startBannerServer(environment);
  onTestFinished(server.close);
  const { control } = server.simulator;
  return {
    ...server,
    control,
    reads: () => control.calls({ route: 'order_messages' }).length,
    mints: () => control.calls({ route: 'token' }).length,
    changed: (changes: object) => ({
      [fresh]: composeBanner(fresh),
      [value]: composeBanner(value, changes),
    }),
  };
}

test('a reload replaces changed stores and keeps caches, limits and tokens of the others', async () => {
  const { request, mint, load, changed, reads, mints } = await start();
  const [ofFresh, ofValue] = [await mint(fresh, 'shopping'), await mint(value, 'shopping')];
  for (let count = 0; count < 119; count++) await request(fresh, messages, { token: ofFresh });
  await request(value, messages, { token: ofValue });
  expect([reads(), mints()]).toEqual([2, 2]);
  expect(await load(changed({ name: 'Store New' }))).toBe(1);
  expect((await request(fresh, messages, { token: ofFresh })).status).toBe(200);
  expect((await request(fresh, messages, { token: ofFresh })).status).toBe(429);
  expect([reads(), mints()]).toEqual([2, 2]);
  expect((await request(value, messages, { token: ofValue })).status).toBe(200);
  expect(reads()).toBe(3);
  expect((await request(value, '/order')).body).toContain('Store New');
  // The third store is no longer in the file.
  expect((await request(corner, '/order')).status).toBe(404);
  expect(await load(changed({ name: 'Store New' }))).toBe(0);
  expect(await load()).toBe(2);
  expect((await request(corner, '/order')).status).toBe(200);
});

test('a request in progress ends with the old settings, and the next one has the new', async () => {
  const { request, mint, load, changed, control, reads } = await start();
  const token = await mint(value, 'shopping');
  control.fault({ route: 'order_messages', kind: 'delay', delayMs: 200, times: 1 });
  const pending = request(value, messages, { token });
  await expect.poll(control.waitingCount).toBe(1);
  const linkKeys = `new:${Buffer.alloc(32, 99).toString('base64url')}`;
  expect(await load(changed({ linkKeys }))).toBe(1);
  expect((await request(value, messages, { token })).status).toBe(401);
  expect(reads()).toBe(1);
  expect((await pending).status).toBe(200);
});

test('a message that was sent before a reload is not sent again after it', async () => {
  const { request, mint, load, changed, control } = await start();
  const token = await mint(value, 'shopping');
  const body = { clientMessageId: crypto.randomUUID(), body: 'Hello' };
  const send = () => request(value, messages, { token, method: 'POST', body });
  control.fault({ route: 'send', kind: 'delay', delayMs: 100, times: 1 });
  const first = send();
  await expect.poll(control.waitingCount).toBe(1);
  await load(changed({ color: 'red' }));
  const second = await send();
  expect([(await first).status, second.status]).toEqual([201, 201]);
  expect(second.body).toBe((await first).body);
  expect(control.calls({ route: 'send' })).toHaveLength(1);
});

test('a store that is removed and added again does not send a message again', async () => {
  const { request, mint, load, changed, control } = await start();
  const token = await mint(corner, 'shopping');
  const body = { clientMessageId: crypto.randomUUID(), body: 'Hello' };
  const send = () => request(corner, messages, { token, method: 'POST', body });
  expect((await send()).status).toBe(201);
  await load(changed({}));
  expect((await send()).status).toBe(404);
  await load();
  expect((await send()).status).toBe(201);
  expect(control.calls({ route: 'send' })).toHaveLength(1);
});

test('a faulty file, and pages that cannot be rendered, change nothing', async () => {
  const { request, mint, load, changed, reads, taskCount } = await start();
  const token = await mint(value, 'shopping');
  await request(value, messages, { token });
  await expect(load(changed({ color: 'greenish' }))).rejects.toThrow(EnvironmentError);
  await expect(load({})).rejects.toThrow(EnvironmentError);
  const before = taskCount();
  const broken = {
    ...changed({ name: 'Broken' }),
    [corner]: composeBanner(corner, { color: 'red' }),
  };
  await expect(load(broken)).rejects.toThrow('was rendered with status 500');
  expect(taskCount()).toBe(before);
  expect((await request(value, messages, { token })).status).toBe(200);
  expect((await request(corner, '/order')).status).toBe(200);
  expect(reads()).toBe(1);
});

test('a store that was removed stops its timers and its connection', async () => {
  const { load, changed, taskCount } = await start();
  const before = taskCount();
  await load(changed({}));
  await expect.poll(taskCount, { timeout: 5_000 }).toBe((before * 2) / 3);
});

test('log lines and metrics name the store, and metrics of all stores are one valid text', async () => {
  const { request, mint, stores, logLines } = await start({ METRICS_PORT: '0' });
  await request(fresh, messages, { token: await mint(fresh, 'shopping') });
  for (let count = 0; count < 2; count++) await request(value, messages, { token: 'wrong' });
  expect(
    logLines.map((line) => JSON.parse(line)).map(({ banner, status }) => [banner, status]),
  ).toEqual([
    [fresh, 200],
    [value, 401],
    [value, 401],
  ]);
  const env = { METRICS_HOST: '127.0.0.1', METRICS_PORT: 0 };
  const url = await openMetrics(...stores.registries().map((metrics) => ({ env, metrics })));
  const text = await (await fetch(url)).text();
  const samples = readSamples(text);
  const requests = [...samples].filter(
    ([name, count]) => name.startsWith('order_status_requests_total{') && count > 0,
  );
  expect(requests).toEqual([
    [`order_status_requests_total{route="order_messages",status="200",banner="${fresh}"}`, 1],
    [`order_status_requests_total{route="order_messages",status="401",banner="${value}"}`, 2],
  ]);
  const types = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  expect(new Set(types).size).toBe(types.length);
  expect(types).toContain('process_resident_memory_bytes');
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});
