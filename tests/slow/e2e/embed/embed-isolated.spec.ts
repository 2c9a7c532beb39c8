import { expect, test } from '@/tests/e2e/support/embed-test';
import { startRewritingProxy } from '@/tests/e2e/support/rewriting-proxy';
import { putOrder } from '@/tests/e2e/support/orders';

// EMBED_COEP allows cross-origin isolated hosts to frame the order.

test.use({ siteEnv: { EMBED_COEP: '1' } });

const COEP = 'cross-origin-embedder-policy';
const CORP = 'cross-origin-resource-policy';

const isolated = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
};

test('only framed pages send the headers, in the form that each browser supports', async ({
  site,
}) => {
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

test.describe('through a proxy that removes headers', () => {
  test.use({ allowedNoise: /ERR_BLOCKED_BY_RESPONSE|chrome-error/ });

  for (const [dropped, isFramed] of [
    [[], true],
    [[COEP], false],
    [[CORP], false],
    [[COEP, CORP], false],
  ] as const)
    test(`a frame ${dropped.length > 0 ? `without ${dropped.join(' and ')}` : 'with both headers'} is ${isFramed ? 'loaded' : 'blocked'}`, async ({
      page,
      host,
      site,
    }) => {
      const order = putOrder(site);
      const proxy = await startRewritingProxy(site.url, { dropped });
      const url = proxy.url.replace('127.0.0.1', 'orders.localhost');
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
      proxy.close();
    });
});
