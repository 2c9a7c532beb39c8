import { expect, frameOf, test, withElement } from '@/tests/e2e/support/embed-test';

const GREETING = 'You’re the best.';

for (const [shop, orders] of [
  ['shop.localhost', 'orders.localhost'],
  ['127.0.0.1', 'localhost'],
] as const) {
  test(`${shop} frames ${orders}: the order shows, and the shop hears of it without names and texts`, async ({
    page,
    host,
    site,
    heard,
  }) => {
    const url = site.url.replace('localhost', orders);
    host.put('/account', { html: withElement(url, await site.token('shopping')) });
    await page.goto(`${host.origin(shop)}/account`);
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    await expect(frameOf(page).getByRole('banner')).toHaveCount(0);
    await expect.poll(async () => (await heard(page)).map(([name]) => name)).toContain('ready');
    const events = await heard(page);
    expect(Object.fromEntries(events)).toMatchObject({ ready: { v: 1 }, unread: { count: 0 } });
    expect(JSON.stringify(events)).not.toMatch(/Zelma|John|best/);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
  });
}

test('a strict shop needs two directives, and the script works as a module', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const html = withElement(ordersUrl, await site.token('shopping'));
  host.put('/strict', {
    html: html.replace('<script', '<script type="module"'),
    headers: {
      'content-security-policy': `default-src 'none'; img-src data:; script-src ${ordersUrl}; frame-src ${ordersUrl}; require-trusted-types-for 'script'`,
    },
  });
  await page.goto(`${host.origin('shop.localhost')}/strict`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  const element = await page.locator('order-status').boundingBox();
  const frame = await page.locator('order-status iframe').boundingBox();
  expect(element).toEqual(frame);
});
