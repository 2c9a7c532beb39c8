import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { openSection, putOrder } from '@/tests/e2e/support/orders';

const GREETING = 'You’re the best.';

test.use({ allowedNoise: /^<order-status> ignores locale="no locale at all"$/ });

function heightOf(page: Page): Promise<number> {
  return page.locator('order-status iframe').evaluate((frame) => frame.clientHeight);
}

/** The height of the page in the frame beyond the frame's own height. */
function hiddenPx(page: Page): Promise<number> {
  return frameOf(page)
    .locator('html')
    .evaluate((html) => html.scrollHeight - html.clientHeight);
}

for (const widthPx of [390, 1_000]) {
  test(`a frame ${widthPx} px wide takes the height of its content and keeps it`, async ({
    page,
    site,
    hostEvents,
    openOrder,
  }) => {
    await page.setViewportSize({ width: 1_100, height: 700 });
    // With a decision above them, chat and updates may be equally high.
    await openOrder(
      putOrder(site).orderId,
      '',
      (element) => `<div style="width: ${widthPx}px">${element}</div>`,
    );
    await expect(frameOf(page).getByText('Hi John, I’m Zelma.')).toBeVisible();
    await expect.poll(() => hiddenPx(page)).toBe(0);
    const before = await heightOf(page);
    if (widthPx < 720) {
      await openSection(frameOf(page), 'updates');
      await expect.poll(() => heightOf(page)).not.toBe(before);
      await openSection(frameOf(page), 'chat');
      await expect.poll(() => heightOf(page)).toBe(before);
    } else {
      await expect(frameOf(page).getByRole('group', { name: 'Sections' })).toHaveCount(0);
    }
    expect(await hiddenPx(page)).toBe(0);
    const heights = await hostEvents('height');
    expect(heights.length).toBeLessThan(8);
    await page.setViewportSize({ width: 1_100, height: 400 });
    await page.setViewportSize({ width: 1_100, height: 1_400 });
    expect(await heightOf(page)).toBe(before);
  });
}

test(
  'a long thread scrolls within a frame of limited height',
  { tag: '@slow' },
  async ({ page, openOrder }) => {
    await openOrder('long');
    await expect(frameOf(page).getByText('1000: I found')).toBeVisible();
    await expect.poll(() => heightOf(page)).toBeLessThan(900);
    expect(await hiddenPx(page)).toBe(0);
  },
);

test('a fixed height makes only the thread and the updates scroll', async ({ page, openOrder }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openOrder('shopping', 'height="560"');
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  expect([await heightOf(page), await hiddenPx(page)]).toEqual([560, 0]);
  const thread = frameOf(page).getByRole('region', { name: copy.chat.thread });
  expect(await thread.evaluate((box) => box.scrollHeight > box.clientHeight)).toBe(true);
  await openSection(frameOf(page), 'updates');
  await expect(frameOf(page).getByRole('region', { name: copy.updates.label })).toBeVisible();
  expect(await hiddenPx(page)).toBe(0);
  await openSection(frameOf(page), 'chat');
  await page.locator('order-status').evaluate((element) => element.setAttribute('height', 'auto'));
  await expect.poll(() => heightOf(page)).toBeGreaterThan(580);
  await page.locator('order-status').evaluate((element) => element.setAttribute('height', '500'));
  await expect.poll(() => heightOf(page)).toBe(500);
  await page.locator('order-status').evaluate((element) => element.setAttribute('height', 'auto'));
  await expect.poll(() => heightOf(page)).toBeGreaterThan(580);
});

test(
  'an element of fixed height reports its height before the order is loaded',
  { tag: '@slow' },
  async ({ page, openOrder, hostEvents }) => {
    await page.route('**/api/order/messages', () => new Promise(() => undefined));
    await openOrder('shopping', 'height="500"');
    await expect.poll(() => hostEvents()).toContainEqual(['height', { height: 500 }]);
    expect(await heightOf(page)).toBe(500);
  },
);

test(
  'a moved element loads the order again, and a removed element dispatches no more events',
  { tag: '@slow' },
  async ({ page, site, ordersUrl, hostEvents, openOrder }) => {
    const order = putOrder(site);
    await openOrder(order.orderId, '', (html) => `${html}<section id="elsewhere"></section>`);
    await expect(frameOf(page).getByText('Hi John, I’m Zelma.')).toBeVisible();
    await page.evaluate(() => {
      const element = document.querySelector('order-status');
      if (element) document.querySelector('#elsewhere')?.append(element);
    });
    await expect(frameOf(page, '#elsewhere iframe').getByText('Hi John, I’m Zelma.')).toBeVisible();
    await expect.poll(async () => (await hostEvents('ready')).length).toBe(2);
    await page.evaluate(() => document.querySelector('order-status')?.remove());
    const before = (await hostEvents()).length;
    await page.evaluate(
      (origin) =>
        dispatchEvent(
          new MessageEvent('message', { origin, data: { v: 1, type: 'order-status:ready' } }),
        ),
      ordersUrl,
    );
    expect(await hostEvents()).toHaveLength(before);
  },
);

test(
  'an element moved by moveBefore does not load again',
  { tag: '@slow' },
  async ({ page, openOrder }) => {
    await openOrder('shopping', '', (html) => `${html}<section id="elsewhere"></section>`);
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    const loads: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) loads.push(request.url());
    });
    await page.evaluate(`document.querySelector('#elsewhere')
    .moveBefore(document.querySelector('order-status'), null)`);
    await page.locator('order-status').evaluate((element) => element.setAttribute('height', '400'));
    await expect(frameOf(page, '#elsewhere iframe').getByText(GREETING)).toBeVisible();
    await expect.poll(() => heightOf(page)).toBe(400);
    expect(loads).toEqual([]);
  },
);

test(
  'the theme follows the attribute, and in auto the colour scheme of the host',
  { tag: '@slow' },
  async ({ page, openOrder }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await openOrder('shopping', 'theme="dark"');
    const background = () =>
      frameOf(page)
        .locator('html')
        .evaluate((html) => getComputedStyle(html).backgroundColor);
    const [light, dark] = ['rgb(247, 247, 244)', 'rgb(17, 19, 17)'];
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    expect(await background()).toBe(dark);
    const element = page.locator('order-status');
    await element.evaluate((status) => status.setAttribute('theme', 'light'));
    await expect.poll(background).toBe(light);
    await element.evaluate((status) => status.setAttribute('theme', 'auto'));
    await page.evaluate(() => (document.documentElement.style.colorScheme = 'dark'));
    await expect.poll(background).toBe(dark);
    await page.evaluate(() => (document.documentElement.style.colorScheme = ''));
    await expect.poll(background).toBe(light);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(background).toBe(dark);
    await element.evaluate((status) => status.setAttribute('theme', 'light'));
    await expect.poll(background).toBe(light);
  },
);

test(
  'times follow the locale attribute, in the languages that the page has',
  { tag: '@slow' },
  async ({ page, openOrder }) => {
    const warning = page.waitForEvent('console', (message) => message.type() === 'warning');
    await openOrder('documented', 'locale="es"');
    const exact = frameOf(page).locator('time').first();
    await expect(exact).toHaveAttribute('title', /diciembre/);
    const element = page.locator('order-status');
    await element.evaluate((status) => status.setAttribute('locale', 'fr-CA'));
    await expect(exact).toHaveAttribute('title', /décembre/);
    await element.evaluate((status) => status.setAttribute('locale', 'no locale at all'));
    // Without a valid value the page is in the language of its HTML.
    await expect(exact).toHaveAttribute('title', /diciembre/);
    expect((await warning).text()).toBe('<order-status> ignores locale="no locale at all"');
  },
);
