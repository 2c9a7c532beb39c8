import { hourMs, minuteMs } from '@/tests/simulator/clock';
import { pollNow, putOrder, refuseDetails } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// A phone's clock may be wrong, so ages are computed with the server's clock.

for (const wrongMs of [40 * minuteMs, -40 * minuteMs, 26 * hourMs, -400 * 24 * hourMs])
  test(`a clock that is ${wrongMs / minuteMs} minutes wrong shows the same ages and days`, async ({
    page,
    site,
  }) => {
    await page.addInitScript((ms) => {
      const now = Date.now;
      Date.now = () => now() + ms;
    }, wrongMs);
    const order = putOrder(site);
    refuseDetails(site, order.orderId);
    await page.goto(await site.link(order.orderId));
    // The notice is six minutes old; the test may take some minutes.
    const headline = page.getByRole('region', { name: 'Status' });
    await expect(headline).toContainText(/ · ([6-9]|1\d) min\. ago/);
    await page.getByRole('textbox').fill('Sent from a wrong clock');
    await page.getByRole('textbox').press('Enter');
    const thread = page.getByRole('region', { name: 'Message thread' });
    await expect(thread.getByText('Sent from a wrong clock')).toBeVisible();
    const days = thread.locator('li > time');
    await expect(days.last()).toHaveText(/Today/);
  });

test('a clock change during the visit does not change ages', async ({ page, site }) => {
  await page.addInitScript(() => {
    const now = Date.now;
    Object.assign(self, { aheadMs: 0 });
    Date.now = () => now() + Number(Reflect.get(self, 'aheadMs'));
  });
  const order = putOrder(site);
  refuseDetails(site, order.orderId);
  await page.goto(await site.link(order.orderId));
  const headline = page.getByRole('region', { name: 'Status' });
  await expect(headline).toContainText(/ · ([6-9]|1\d) min\. ago/);
  for (const aheadMs of [3 * hourMs, -3 * hourMs, 48 * hourMs]) {
    await page.evaluate((ms) => Object.assign(self, { aheadMs: ms }), aheadMs);
    order.add({ from: 'driver', body: `Ahead by ${aheadMs}` });
    await expect(async () => {
      await pollNow(page);
      await expect(page.getByText(`Ahead by ${aheadMs}`, { exact: true })).toBeVisible({
        timeout: 500,
      });
    }).toPass();
    await expect(headline).toContainText(/ · ([6-9]|1\d) min\. ago/);
  }
});
