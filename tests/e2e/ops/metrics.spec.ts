import { readSamples } from '@/tests/support/metric-samples';
import { expect, test } from '@/tests/e2e/support/site-test';

test.use({ siteEnv: { LOG_LEVEL: 'debug' } });

test('npm start serves metrics on a separate port and logs pages and files at level debug', async ({
  page,
  site,
}) => {
  const api = `${site.url}/api/order/messages`;
  const shown = page.waitForResponse(api);
  await page.goto(await site.link('documented'));
  await (await shown).finished();
  expect((await fetch(api)).status).toBe(401);
  const samples = readSamples(await site.readMetrics());
  const requests = 'order_status_requests_total{route="order_messages",status=';
  expect(samples.get(`${requests}"200"}`)).toBeGreaterThan(0);
  expect(samples.get(`${requests}"401"}`)).toBe(1);
  expect(samples.get('nodejs_heap_size_used_bytes')).toBeGreaterThan(0);
  expect((await fetch(`${site.url}/metrics`)).status).toBe(404);
  const lines = site.output.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'debug', event: 'page', page: 'order', status: 200 }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ event: 'page', page: 'file' }));
});
