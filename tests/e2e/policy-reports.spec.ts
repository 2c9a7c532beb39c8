import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { startSite } from '@/tests/support/site';
import { expect, test } from './site-test';

test.use({ allowedNoise: /Content Security Policy|policy violation/ });

test('a violation is reported where the operator wants it, without the token', async ({ page }) => {
  const reports: string[] = [];
  const collector = createServer(async (request, response) => {
    reports.push(JSON.stringify(request.headers) + (await text(request)));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const site = await startSite({ CSP_REPORT_URL: `http://127.0.0.1:${address.port}/csp` });
  const token = await site.token('shopping');
  await page.goto(`${site.url}/order#${token}`);
  await expect(page.getByText('You’re the best.')).toBeVisible();
  expect(reports).toEqual([]);
  await page.evaluate(() => {
    new Image().src = 'http://evil.localhost:9/x.png';
  });
  await expect.poll(() => reports.length).toBe(1);
  expect(reports[0]).toContain('"violated-directive":"img-src"');
  for (const part of token.split('.').filter(Boolean)) expect(reports[0]).not.toContain(part);
  expect(reports[0]).not.toMatch(/Zelma|John|best/);
  collector.close();
  await site.close();
});
