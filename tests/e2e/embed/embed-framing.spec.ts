import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/e2e/support/embed-test';
import { putOrder } from '@/tests/e2e/support/orders';

// Chains of frames, each tried with each of our pages.

test.use({
  allowedNoise:
    /frame-ancestors|frame because|chrome-error|ERR_BLOCKED|status of (401|403|404|405)/,
});

type Chain = { name: string; hosts: string[]; mayFrame: boolean };

/** Hosts from the outermost page to the page that contains our frame. */
const chains: Chain[] = [
  { name: 'an allowed site', hosts: ['shop'], mayFrame: true },
  { name: 'an allowed site in an allowed site', hosts: ['shop', 'partner'], mayFrame: true },
  { name: 'a site that is not allowed', hosts: ['evil'], mayFrame: false },
  { name: 'a subdomain of an allowed site', hosts: ['a.shop'], mayFrame: false },
  {
    name: 'an allowed site in a site that is not allowed',
    hosts: ['evil', 'shop'],
    mayFrame: false,
  },
  {
    name: 'a site that is not allowed in an allowed site',
    hosts: ['shop', 'evil'],
    mayFrame: false,
  },
  {
    name: 'two allowed sites in a site that is not allowed',
    hosts: ['evil', 'shop', 'partner'],
    mayFrame: false,
  },
];

const neverFramed = [
  '/order',
  '/s',
  '/nowhere',
  '/order?a=/embed',
  '/robots.txt',
  '/api/order/messages',
  '/api/order/read',
  '/api/order/replacements',
  '/api/order/arrival',
  '/api/order/vehicle',
];

/** Opens a page and returns whether its innermost frame was loaded. */
async function isFramed(page: Page, url: string, depth: number): Promise<boolean> {
  await page.goto(url, { waitUntil: 'load' });
  expect(page.frames()).toHaveLength(depth + 1);
  return (
    (await page
      .frames()
      .at(-1)
      ?.evaluate(() => location.protocol)) === 'http:'
  );
}

for (const [index, { name, hosts, mayFrame }] of chains.entries()) {
  const tag = index === 0 || index === 2 ? [] : '@slow';
  test(
    `${name} ${mayFrame ? 'can frame the order page only' : 'cannot frame the order page'}`,
    { tag },
    async ({ page, host, site, ordersUrl }) => {
      const order = putOrder(site);
      const token = await site.token(order.orderId);
      const origins = hosts.map((label) => host.origin(`${label}.localhost`));
      const show = (path: string) => {
        host.put('/0', {
          html: `<iframe title="Order" src="${ordersUrl}${path}"></iframe>`,
        });
        // Each page frames the page with the previous number.
        for (const [depth, origin] of [...origins].reverse().entries())
          host.put(`/${depth + 1}`, {
            html: `<iframe title="Inner" src="${origin}/${depth}"></iframe>`,
          });
        return isFramed(page, `${origins[0]}/${origins.length - 1}`, origins.length);
      };
      for (const path of mayFrame ? neverFramed : ['/order'])
        expect([path, await show(`${path}#${token}`)]).toEqual([path, false]);
      // The check shows no order, and must be visible on sites that EMBED_ORIGINS lacks.
      expect(await show('/embed/check')).toBe(true);
      expect(order.callCount()).toBe(0);
      expect(await show(`/embed#${token}`)).toBe(mayFrame);
      await expect.poll(() => order.callCount() > 0).toBe(mayFrame);
    },
  );
}
