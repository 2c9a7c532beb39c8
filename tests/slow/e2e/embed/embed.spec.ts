import { expect, frameOf, test, withElement } from '@/tests/e2e/support/embed-test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import * as shellWords from '@/lib/order/copy/en-US/shell';

const GREETING = 'You’re the best.';

test('a plain iframe works too, and so does one that loads late', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const src = `${ordersUrl}/embed#${await site.token('shopping')}`;
  host.put('/plain', {
    html: `<p style="height: 4000px">Far up</p>
      <iframe title="Order" src="${src}" width="380" height="640" loading="lazy"></iframe>`,
  });
  await page.goto(`${host.origin('shop.localhost')}/plain`);
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await expect(frameOf(page, 'iframe').getByText(GREETING)).toBeVisible();
});

test('an element that loads late waits for the reader, and then answers', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  const element = withElement(ordersUrl, await site.token('shopping'), 'loading="lazy"');
  host.put('/late', { html: `<p style="height: 6000px">Far up</p>${element}` });
  await page.goto(`${host.origin('shop.localhost')}/late`);
  await page.evaluate(() => customElements.whenDefined('order-status'));
  expect(await heard(page)).toEqual([]);
  await page.locator('order-status').scrollIntoViewIfNeeded();
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
});

test('a nested frame shows the order where every page around it may', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  host.put('/widget', { html: withElement(ordersUrl, await site.token('shopping')) });
  host.put('/outer', {
    html: `<iframe id="widget" title="Widget" src="${host.origin('partner.localhost')}/widget" width="600" height="900"></iframe>`,
  });
  await page.goto(`${host.origin('shop.localhost')}/outer`);
  const widget = page.locator('#widget').contentFrame();
  await expect(
    widget.locator('order-status iframe').contentFrame().getByText(GREETING),
  ).toBeVisible();
});

test('the smallest sandbox is enough, and pictures open', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const sandbox = 'sandbox="allow-scripts allow-same-origin allow-popups"';
  host.put('/sandboxed', { html: withElement(ordersUrl, await site.token('shopping'), sandbox) });
  await page.goto(`${host.origin('shop.localhost')}/sandboxed`);
  await frameOf(page)
    .getByRole('button', { name: /^Open Photo/ })
    .last()
    .click();
  await expect(frameOf(page).getByRole('dialog').getByRole('img')).toBeVisible();
});

test.describe('where the page cannot live', () => {
  test.use({
    allowedNoise:
      /sandboxed|Blocked script|ERR_BLOCKED|CORS policy|ERR_FAILED|target origin provided|postMessage|policy violation/,
  });

  test('without scripts a plain link to a tab shows', async ({ page, host, site, ordersUrl }) => {
    const src = `${ordersUrl}/embed#${await site.token('shopping')}`;
    host.put('/scriptless', {
      html: `<iframe title="Order" src="${src}" sandbox=""></iframe>`,
    });
    await page.goto(`${host.origin('shop.localhost')}/scriptless`);
    const link = frameOf(page, 'iframe').getByRole('link', { name: shellWords.openInNewTab });
    await expect(link).toBeVisible();
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(frameOf(page, 'iframe').getByText(copy.loading)).toBeHidden();
  });

  test('without an origin of its own the link leads to the order', async ({
    page,
    host,
    site,
    ordersUrl,
  }) => {
    const token = await site.token('shopping');
    host.put('/nowhere', {
      html: `<iframe title="Order" src="${ordersUrl}/embed#${token}" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`,
    });
    await page.goto(`${host.origin('shop.localhost')}/nowhere`);
    const opened = page.context().waitForEvent('page');
    await frameOf(page, 'iframe').getByRole('link', { name: shellWords.openInNewTab }).click();
    const tab = await opened;
    await expect(tab.getByText(GREETING)).toBeVisible();
    expect(tab.url()).toBe(`${ordersUrl}/order#${token}`);
  });
});

test.describe('refused', () => {
  test.use({
    allowedNoise: /frame-ancestors|frame because|chrome-error|policy violation|postMessage/,
  });

  test('where the frame is refused, the element shows the way out and says so', async ({
    page,
    host,
    site,
    ordersUrl,
    heard,
  }) => {
    await page.clock.install();
    const token = await site.token('shopping');
    host.put('/refused', { html: withElement(ordersUrl, token) });
    await page.goto(`${host.origin('evil.localhost')}/refused`);
    const link = page.getByRole('link', { name: 'Open in a new tab' });
    await expect(link).toBeHidden();
    await page.clock.runFor(11_000);
    await expect(link).toBeVisible();
    await expect(link).toHaveAttribute('href', `${ordersUrl}/order#${token}`);
    expect(await heard(page)).toEqual([['error', { code: 'no_answer' }]]);
  });
});
