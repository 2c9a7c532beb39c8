import {
  expect,
  frameOf,
  heightOf,
  hiddenPx,
  test,
  withElement,
} from '@/tests/e2e/support/embed-test';
import { putOrder } from '@/tests/e2e/support/orders';

const GREETING = 'You’re the best.';

test.use({ allowedNoise: /^<order-status> ignores locale="no locale at all"$/ });

test('however long the thread, the frame keeps its height and the thread scrolls', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  host.put('/long', { html: withElement(ordersUrl, await site.token('long')) });
  await page.goto(`${host.origin('shop.localhost')}/long`);
  await expect(frameOf(page).getByText('1000: I found')).toBeVisible();
  await expect.poll(() => heightOf(page)).toBeLessThan(900);
  expect(await hiddenPx(page)).toBe(0);
});

test('of fixed height it answers before the order has come, so a slow network is no silence', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  await page.route('**/api/order/messages', () => new Promise(() => undefined));
  host.put('/slow', {
    html: withElement(ordersUrl, await site.token('shopping'), 'height="500"'),
  });
  await page.goto(`${host.origin('shop.localhost')}/slow`);
  await expect.poll(() => heard(page)).toContainEqual(['height', { height: 500 }]);
  expect(await heightOf(page)).toBe(500);
});

test('moved elsewhere in the page the order shows again, and taken out it says no more', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  const order = putOrder(site);
  const html = withElement(ordersUrl, await site.token(order.orderId));
  host.put('/moving', { html: `${html}<section id="elsewhere"></section>` });
  await page.goto(`${host.origin('shop.localhost')}/moving`);
  await expect(frameOf(page).getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.evaluate(() => {
    const element = document.querySelector('order-status');
    if (element) document.querySelector('#elsewhere')?.append(element);
  });
  await expect(frameOf(page, '#elsewhere iframe').getByText('Hi John, I’m Zelma.')).toBeVisible();
  await expect
    .poll(async () => (await heard(page)).filter(([name]) => name === 'ready').length)
    .toBe(2);
  await page.evaluate(() => document.querySelector('order-status')?.remove());
  const before = (await heard(page)).length;
  await page.evaluate(
    (origin) =>
      dispatchEvent(
        new MessageEvent('message', { origin, data: { v: 1, type: 'order-status:ready' } }),
      ),
    ordersUrl,
  );
  expect(await heard(page)).toHaveLength(before);
});

test('moved by moveBefore the order goes on without loading again', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const html = withElement(ordersUrl, await site.token('shopping'));
  host.put('/kept', { html: `${html}<section id="elsewhere"></section>` });
  await page.goto(`${host.origin('shop.localhost')}/kept`);
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
});

test('the theme follows the attribute, and in auto the colour scheme of the host', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  host.put('/themed', {
    html: withElement(ordersUrl, await site.token('shopping'), 'theme="dark"'),
  });
  await page.goto(`${host.origin('shop.localhost')}/themed`);
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
});

test('times are in the locale that the host asks for', async ({ page, host, site, ordersUrl }) => {
  const warning = page.waitForEvent('console', (message) => message.type() === 'warning');
  host.put('/local', {
    html: withElement(ordersUrl, await site.token('documented'), 'locale="de-DE"'),
  });
  await page.goto(`${host.origin('shop.localhost')}/local`);
  const exact = frameOf(page).locator('time').first();
  await expect(exact).toHaveAttribute('title', /Dezember/);
  const element = page.locator('order-status');
  await element.evaluate((status) => status.setAttribute('locale', 'fr-CA'));
  await expect(exact).toHaveAttribute('title', /décembre/);
  await element.evaluate((status) => status.setAttribute('locale', 'no locale at all'));
  await expect(exact).toHaveAttribute('title', /December/);
  expect((await warning).text()).toBe('<order-status> ignores locale="no locale at all"');
});
