import { startShop } from '@/tests/demo-shop/start-shop';
import { demoUserId } from '@/tests/simulator/people';
import { findFreePort } from '@/tests/support/local-server';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { putOrder } from '@/tests/e2e/support/orders';

// The test sets an invalid token on purpose.
test.use({ allowedNoise: /status of 401/ });

test('the demo shop shows the order in an account page with a strict policy', async ({
  page,
  startSite,
}) => {
  const port = await findFreePort(0, '127.0.0.1');
  const site = await startSite({
    EMBED_ORIGINS: `http://127.0.0.1:${port}`,
    LINKS_API_KEY: 'key-of-the-demo-shop',
  });
  const order = putOrder(site);
  order.add({ from: 'driver', body: 'Is Greek yogurt fine?' });
  const shop = await startShop({
    ordersUrl: site.url,
    apiKey: 'key-of-the-demo-shop',
    orderId: order.orderId,
    userId: demoUserId,
    port,
  });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(shop.origin);
  await expect(frameOf(page).getByText('Is Greek yogurt fine?')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Orders' })).toContainText('2');
  // The frame is transparent, so only its texts change.
  const headline = frameOf(page).getByRole('heading', { level: 1 });
  await expect(headline).toHaveCSS('color', 'rgb(26, 28, 25)');
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(headline).toHaveCSS('color', 'rgb(236, 238, 233)');
  await page
    .locator('order-status')
    .evaluate((element) => element.setAttribute('token', 'no-longer-good'));
  await expect(frameOf(page).getByText(copy.problems.link_invalid.title)).toHaveCount(0);
  await expect(frameOf(page).getByText('Is Greek yogurt fine?')).toBeVisible();
  await page.close();
  await shop.close();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the demo shop shows a link to the order in a new tab', async ({ page, startSite }) => {
    const site = await startSite({ LINKS_API_KEY: 'key-of-the-demo-shop' });
    const shop = await startShop({
      ordersUrl: site.url,
      apiKey: 'key-of-the-demo-shop',
      orderId: 'shopping',
      userId: demoUserId,
    });
    await page.goto(shop.origin);
    const link = page.getByRole('link', { name: 'Open your order in a new tab' });
    await expect(link).toHaveAttribute('href', new RegExp(`^${site.url}/order#eyJ`));
    await page.close();
    await shop.close();
  });
});
