import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { shellCopy } from '@/lib/order/copy/en-US/shell';

const GREETING = 'You’re the best.';

for (const [shop, orders] of [
  ['shop.localhost', 'orders.localhost'],
  ['127.0.0.1', 'localhost'],
] as const) {
  test(`${shop} frames the order of ${orders} and receives events without names and texts`, async ({
    page,
    site,
    openHostPage,
    hostEvents,
  }) => {
    const url = site.url.replace('localhost', orders);
    await openHostPage(elementHtml(url, await site.token('shopping')), { hostname: shop });
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    await expect(frameOf(page).getByRole('banner')).toHaveCount(0);
    await expect.poll(() => hostEvents('ready')).not.toEqual([]);
    const events = await hostEvents();
    expect(Object.fromEntries(events)).toMatchObject({ ready: { v: 1 }, unread: { count: 0 } });
    expect(JSON.stringify(events)).not.toMatch(/Zelma|John|best/);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
  });
}

test(
  'a plain iframe with lazy loading shows the order when scrolled into view',
  { tag: '@slow' },
  async ({ page, site, ordersUrl, openHostPage }) => {
    const src = `${ordersUrl}/embed#${await site.token('shopping')}`;
    await openHostPage(`<p style="height: 4000px">Far up</p>
      <iframe title="Order" src="${src}" width="380" height="640" loading="lazy"></iframe>`);
    await page.locator('iframe').scrollIntoViewIfNeeded();
    await expect(frameOf(page, 'iframe').getByText(GREETING)).toBeVisible();
  },
);

test(
  'an element with lazy loading loads when scrolled into view',
  { tag: '@slow' },
  async ({ page, hostEvents, openOrder }) => {
    await openOrder(
      'shopping',
      'loading="lazy"',
      (element) => `<p style="height: 6000px">Far up</p>${element}`,
    );
    await page.evaluate(() => customElements.whenDefined('order-status'));
    expect(await hostEvents()).toEqual([]);
    await page.locator('order-status').scrollIntoViewIfNeeded();
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  },
);

test(
  'a nested frame shows the order if every ancestor is allowed',
  { tag: '@slow' },
  async ({ page, host, site, ordersUrl, openHostPage }) => {
    host.put('/widget', { html: elementHtml(ordersUrl, await site.token('shopping')) });
    await openHostPage(
      `<iframe id="widget" title="Widget" src="${host.origin('partner.localhost')}/widget" width="600" height="900"></iframe>`,
    );
    const widget = page.locator('#widget').contentFrame();
    await expect(
      widget.locator('order-status iframe').contentFrame().getByText(GREETING),
    ).toBeVisible();
  },
);

test.describe('in a frame where the page cannot run', () => {
  // Without scripts Chromium reports the preloaded scripts as unused after a few seconds.
  test.use({
    allowedNoise:
      /sandboxed|Blocked script|preloaded using link preload|ERR_BLOCKED|CORS policy|ERR_FAILED|target origin provided|postMessage|policy violation/,
  });

  test(
    'a frame without scripts shows a link to a new tab',
    { tag: '@slow' },
    async ({ page, site, ordersUrl, openHostPage }) => {
      const src = `${ordersUrl}/embed#${await site.token('shopping')}`;
      await openHostPage(`<iframe title="Order" src="${src}" sandbox=""></iframe>`);
      const link = frameOf(page, 'iframe').getByRole('link', { name: shellCopy.openInNewTab });
      await expect(link).toBeVisible();
      await expect(link).toHaveAttribute('target', '_blank');
      await expect(frameOf(page, 'iframe').getByText(copy.loading)).toBeHidden();
    },
  );

  test(
    'a frame with an opaque origin shows a link that opens the order',
    { tag: '@slow' },
    async ({ page, site, ordersUrl, openHostPage }) => {
      const token = await site.token('shopping');
      await openHostPage(
        `<iframe title="Order" src="${ordersUrl}/embed#${token}" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`,
      );
      const opened = page.context().waitForEvent('page');
      await frameOf(page, 'iframe').getByRole('link', { name: shellCopy.openInNewTab }).click();
      const tab = await opened;
      await expect(tab.getByText(GREETING)).toBeVisible();
      expect(tab.url()).toBe(`${ordersUrl}/order#${token}`);
    },
  );
});
