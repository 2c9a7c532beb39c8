import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from './site-test';
import { startSite } from '@/tests/support/site';

/** A shop's page on an origin of its own, with an order in a frame. */
async function startShop() {
  let frameUrl = '';
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><h1>My account</h1>
       <iframe title="Order status" src="${frameUrl}" width="380" height="640"></iframe>`,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    show: (url: string) => (frameUrl = url),
    close: () => void server.close(),
  };
}

test('a store that is named frames the order, which works there without cookies and storage', async ({
  page,
}) => {
  const shop = await startShop();
  const site = await startSite({ EMBED_ORIGINS: `https://other.example ${shop.origin}` });
  shop.show((await site.link('shopping')).replace('/order#', '/embed#'));
  await page.goto(shop.origin);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText('You’re the best.')).toBeVisible();
  await expect(frame.getByRole('banner')).toHaveCount(0);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  expect(await page.context().cookies()).toEqual([]);
  await page.close();
  await site.close();
  shop.close();
});

test.describe('refused', () => {
  test.use({ allowedNoise: /frame-ancestors|frame because|chrome-error|policy violation/ });

  test('a store that is not named frames nothing, and nobody frames the page itself', async ({
    page,
  }) => {
    const shop = await startShop();
    const stranger = await startSite({ EMBED_ORIGINS: 'https://other.example' });
    const host = await startSite({ EMBED_ORIGINS: shop.origin });
    const embed = (await stranger.link('shopping')).replace('/order#', '/embed#');
    for (const url of [embed, await host.link('shopping')]) {
      shop.show(url);
      await page.goto(shop.origin);
      await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();
      await expect(page.frameLocator('iframe').getByText('You’re the best.')).toHaveCount(0);
    }
    for (const site of [stranger, host])
      expect(site.simulator.control.calls({ route: 'order_messages' })).toEqual([]);
    await page.close();
    await Promise.all([stranger.close(), host.close()]);
    shop.close();
  });
});
