import { expect, test } from '@playwright/test';
import { findFreePort } from '@/tests/support/local-server';
import { readSamples } from '@/tests/support/metric-samples';
import { startSite } from '@/tests/support/site';

test('the product as it is started counts on the metrics’ own port, and says at debug what it served', async ({
  page,
}) => {
  const port = await findFreePort(0, '127.0.0.1');
  const site = await startSite({ METRICS_PORT: String(port), LOG_LEVEL: 'debug' });
  try {
    const api = `${site.url}/api/order/messages`;
    const shown = page.waitForResponse(api);
    await page.goto(await site.link('documented'));
    await (await shown).finished();
    expect((await fetch(api)).status).toBe(401);
    const samples = readSamples(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
    const requests = 'order_status_requests_total{route="order_messages",status=';
    expect(samples.get(`${requests}"200"}`)).toBeGreaterThan(0);
    expect(samples.get(`${requests}"401"}`)).toBe(1);
    expect(samples.get('nodejs_heap_size_used_bytes')).toBeGreaterThan(0);
    expect((await fetch(`${site.url}/metrics`)).status).toBe(404);
    const lines = site.output
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'debug', event: 'page', page: 'order', status: 200 }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ event: 'page', page: 'file' }));
  } finally {
    await site.close();
  }
});
