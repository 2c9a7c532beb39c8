import { startSite } from '@/tests/support/site';
import { startReportCollector } from '@/tests/e2e/support/report-collector';
import { expect, test } from '@/tests/e2e/support/site-test';

test.use({ allowedNoise: /Content Security Policy|policy violation/ });

test('a violation is reported where the operator wants it, without the token', async ({ page }) => {
  const { url, reports, close } = await startReportCollector();
  const site = await startSite({ CSP_REPORT_URL: url });
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
  close();
  await site.close();
});
