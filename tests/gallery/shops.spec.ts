import { startShop } from '@/tests/demo-shop/start-shop';
import { demoUserId } from '@/tests/simulator/people';
import { findFreePort } from '@/tests/support/local-server';
import { expect, test } from '@/tests/e2e/support/site-test';

// npm run gallery: screenshots of the demo shop, which shows the order in several looks.

const pages = { serif: '/', night: '/night', slot: '/slot' };
const orders = ['shopping', 'delivered', 'waiting'];
const widths = [1280, 768, 390];
const shopPort = await findFreePort(4_080, '127.0.0.1');
const apiKey = 'key-of-the-demo-shop';

test.use({
  allowedNoise: /./,
  siteEnv: { EMBED_ORIGINS: `http://127.0.0.1:${shopPort}`, LINKS_API_KEY: apiKey },
});
test.describe.configure({ mode: 'serial' });

for (const orderId of orders)
  test(`shops with the order ${orderId}`, async ({ page, site }) => {
    const settings = { ordersUrl: site.url, apiKey, orderId, userId: demoUserId };
    const shop = await startShop({ ...settings, port: shopPort });
    for (const [name, path] of Object.entries(pages))
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(shop.origin + path);
        const frame = page.locator('order-status iframe').contentFrame();
        await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
        await page.waitForLoadState('networkidle');
        for (const scheme of name === 'night' ? ['dark'] : ['light', 'dark']) {
          if (scheme === 'dark' && name !== 'night')
            await page.getByRole('button', { name: 'Dark' }).click();
          await expect(frame.locator('html')).toHaveAttribute('data-theme', scheme);
          const path = `gallery/shop-${name}-${orderId}-${width}-${scheme}.png`;
          await page.screenshot({ path, animations: 'disabled' });
        }
      }
    await shop.close();
  });
