import { expect, frameOf, test, withElement } from '@/tests/e2e/support/embed-test';
import { startRewritingProxy } from '@/tests/e2e/support/rewriting-proxy';
import { putOrder } from '@/tests/e2e/support/orders';

// Hosts that are cross-origin isolated, and the setting that lets them frame the order.

const GREETING = 'You’re the best.';

test.use({ siteEnv: { EMBED_COEP: '1' } });

const COEP = 'cross-origin-embedder-policy';
const CORP = 'cross-origin-resource-policy';

const isolated = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
};

test('frames the order, with its pictures', async ({ page, host, site, ordersUrl }) => {
  const html = withElement(ordersUrl, await site.token('shopping'));
  host.put('/isolated', {
    html: html.replace('<script', '<script crossorigin'),
    headers: isolated,
  });
  await page.goto(`${host.origin('shop.localhost')}/isolated`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  const photo = frameOf(page)
    .getByRole('img', { name: /^Photo/ })
    .last();
  await expect
    .poll(() => photo.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth))
    .toBeGreaterThan(0);
});

test('only the framed pages say so, and to each browser what it understands', async ({ site }) => {
  const policies = async (path: string, agent: string) => {
    const { headers } = await fetch(site.url + path, { headers: { 'user-agent': agent } });
    return [
      headers.get('cross-origin-embedder-policy'),
      headers.get('cross-origin-resource-policy'),
    ];
  };
  const chrome = 'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36';
  const safari = 'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Version/26.2 Mobile Safari/604.1';
  for (const path of ['/embed', '/embed/check']) {
    expect(await policies(path, chrome)).toEqual(['credentialless', 'cross-origin']);
    expect(await policies(path, safari)).toEqual(['require-corp', 'cross-origin']);
  }
  expect(await policies('/order', chrome)).toEqual([null, 'same-origin']);
});

test.describe('without one of the two headers', () => {
  test.use({ allowedNoise: /ERR_BLOCKED_BY_RESPONSE|chrome-error/ });

  for (const [dropped, isFramed] of [
    [[], true],
    [[COEP], false],
    [[CORP], false],
    [[COEP, CORP], false],
  ] as const)
    test(`${dropped.join(' and ') || 'none'} dropped on the way: ${isFramed ? 'framed' : 'refused'}`, async ({
      page,
      host,
      site,
    }) => {
      const order = putOrder(site);
      const way = await startRewritingProxy(site.url, { dropped });
      const url = way.url.replace('127.0.0.1', 'orders.localhost');
      host.put('/isolated', {
        html: `<iframe title="Order" src="${url}/embed#${await site.token(order.orderId)}"></iframe>`,
        headers: isolated,
      });
      await page.goto(`${host.origin('shop.localhost')}/isolated`, { waitUntil: 'load' });
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      const protocol = await page
        .frames()
        .at(-1)
        ?.evaluate(() => location.protocol);
      expect(protocol).toBe(isFramed ? 'http:' : 'chrome-error:');
      await expect.poll(() => order.callCount() > 0).toBe(isFramed);
      way.close();
    });
});
