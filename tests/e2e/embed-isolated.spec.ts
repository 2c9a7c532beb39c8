import { expect, frameOf, test, withElement } from './embed-test';

// Hosts that are cross-origin isolated, and the setting that lets them frame the order.

const GREETING = 'You’re the best.';

test.use({ siteEnv: { EMBED_COEP: '1' } });

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
