import { copy } from '@/lib/order/copy/en-US/order-page';
import {
  expect,
  frameOf,
  heightOf,
  hiddenPx,
  test,
  withElement,
} from '@/tests/e2e/support/embed-test';

const GREETING = 'You’re the best.';

test.use({ allowedNoise: /^<order-status> ignores locale="no locale at all"$/ });

for (const widthPx of [390, 1_000]) {
  test(`a frame ${widthPx} px wide follows its content, by its own width, and comes to rest`, async ({
    page,
    host,
    site,
    ordersUrl,
    heard,
  }) => {
    await page.setViewportSize({ width: 1_100, height: 700 });
    const element = withElement(ordersUrl, await site.token('shopping'));
    host.put('/high', { html: `<div style="width: ${widthPx}px">${element}</div>` });
    await page.goto(`${host.origin('shop.localhost')}/high`);
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    const unfold = frameOf(page).getByRole('button', { name: /Show all/ });
    await expect.poll(() => hiddenPx(page)).toBe(0);
    const before = await heightOf(page);
    if (widthPx < 720) {
      await unfold.click();
      await expect.poll(() => heightOf(page)).toBeGreaterThan(before + 100);
      await frameOf(page).getByRole('button', { name: copy.updates.showLess }).click();
      await expect.poll(() => heightOf(page)).toBe(before);
    } else {
      await expect(unfold).toBeHidden();
    }
    expect(await hiddenPx(page)).toBe(0);
    const heights = (await heard(page)).filter(([name]) => name === 'height');
    expect(heights.length).toBeLessThan(8);
    await page.setViewportSize({ width: 1_100, height: 400 });
    await page.setViewportSize({ width: 1_100, height: 1_400 });
    expect(await heightOf(page)).toBe(before);
  });
}

test('with a fixed height only the thread scrolls, also with the timeline unfolded', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  host.put('/fixed', {
    html: withElement(ordersUrl, await site.token('shopping'), 'height="560"'),
  });
  await page.goto(`${host.origin('shop.localhost')}/fixed`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  expect([await heightOf(page), await hiddenPx(page)]).toEqual([560, 0]);
  const thread = frameOf(page).getByRole('region', { name: copy.chat.thread });
  expect(await thread.evaluate((box) => box.scrollHeight > box.clientHeight)).toBe(true);
  await frameOf(page)
    .getByRole('button', { name: /Show all/ })
    .click();
  expect(await hiddenPx(page)).toBe(0);
  await page.locator('order-status').evaluate((element) => element.setAttribute('height', 'auto'));
  await expect.poll(() => heightOf(page)).toBeGreaterThan(700);
  await page.locator('order-status').evaluate((element) => element.setAttribute('height', '500'));
  await expect.poll(() => heightOf(page)).toBe(500);
  await page.locator('order-status').evaluate((element) => element.setAttribute('height', 'auto'));
  await expect.poll(() => heightOf(page)).toBeGreaterThan(700);
});

test('two elements on one page have an order, a height and events each', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const [first, second] = [await site.token('shopping'), await site.token('waiting')];
  host.put('/two', {
    html: `${withElement(ordersUrl, first, 'id="first"')}
      <order-status id="second" token="${second}" height="333"></order-status>
      <script>heard = []; addEventListener('order-status:ready', ({target}) => heard.push(target.id));</script>`,
  });
  await page.goto(`${host.origin('shop.localhost')}/two`);
  await expect(frameOf(page, '#first iframe').getByText(GREETING)).toBeVisible();
  await expect(frameOf(page, '#second iframe').getByText(copy.chat.waiting)).toBeVisible();
  await expect.poll(() => page.evaluate('heard.sort().join()')).toBe('first,second');
  expect((await page.locator('#second').boundingBox())?.height).toBe(333);
  expect((await page.locator('#first').boundingBox())?.height).toBeGreaterThan(500);
});
