import { putOrder } from '@/tests/e2e/support/orders';
import { expect, openPlace, test } from '@/tests/e2e/support/send-place';
import { testSending } from '@/tests/e2e/support/sending';

test.use({ siteEnv: { LIMITS: 'off' }, allowedNoise: /ERR_INTERNET_DISCONNECTED/ });

testSending('page');

test('another tab shows it once, and a reload while sending loses nothing', async ({
  page,
  context,
  host,
  site,
  ordersUrl,
  open,
}) => {
  const order = putOrder(site);
  const other = await context.newPage();
  const tabs = [
    await open('page', order.orderId),
    await openPlace('page', { page: other, host, site, ordersUrl }, order.orderId),
  ];
  await tabs[0]?.field.fill('At the side door');
  const asked = page.waitForRequest((request) => request.method() === 'POST');
  await page.bringToFront();
  await tabs[0]?.field.press('Enter');
  await asked;
  await expect.poll(() => order.texts().includes('At the side door')).toBe(true);
  await page.reload();
  for (const tab of tabs)
    await expect
      .poll(() => tab.lookAgain().then(() => tab.bubbles('At the side door').count()))
      .toBe(1);
  expect(order.texts().filter((text) => text === 'At the side door')).toHaveLength(1);
});
