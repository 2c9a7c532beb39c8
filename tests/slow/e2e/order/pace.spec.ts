import type { Page } from '@playwright/test';
import * as shellWords from '@/lib/order/copy/en-US/shell';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { inMinutes } from '@/tests/simulator/order-script';
import { putOrder, watchPolls } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// The tests move the browser's clock, so they do not wait.

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    const state = isHidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
}

/** Moves the page's clock second by second, and lets requests be answered after each second. */
async function pass(page: Page, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    await page.clock.runFor(1_000);
    await page.evaluate(() => fetch('/healthz'));
  }
}

test.beforeEach(({ page }) => page.clock.install());

test('an active chat is polled every five seconds', async ({ page, site }) => {
  const order = putOrder(site);
  order.add({ from: 'driver', body: 'Just now' });
  const polls = watchPolls(page);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Just now', { exact: true })).toBeVisible();
  await pass(page, 30);
  expect(polls.length).toBeGreaterThanOrEqual(5);
  expect(polls.length).toBeLessThanOrEqual(8);
});

test('an order without a shopper is polled every 30 seconds', async ({ page, site }) => {
  const polls = watchPolls(page);
  await page.goto(await site.link('waiting'));
  await expect(page.getByText(copy.chat.waiting)).toBeVisible();
  await pass(page, 23);
  expect(polls).toHaveLength(1);
  await pass(page, 14);
  expect(polls).toHaveLength(2);
});

test('a hidden page with an open chat polls once per minute, and at once when visible', async ({
  page,
  site,
}) => {
  const polls = watchPolls(page);
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await setHidden(page, true);
  const before = polls.length;
  await pass(page, 40);
  expect(polls).toHaveLength(before);
  await pass(page, 35);
  expect(polls).toHaveLength(before + 1);
  await setHidden(page, false);
  await expect.poll(() => polls.length).toBe(before + 2);
});

test('a hidden page does not poll after a failure', async ({ page, site }) => {
  const polls = watchPolls(page);
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.route('**/api/order/messages', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Hotel Wi-Fi</h1>' }),
  );
  await pass(page, 12);
  await expect(page.getByText(/reconnecting/)).toBeVisible();
  await setHidden(page, true);
  const before = polls.length;
  await pass(page, 30);
  expect(polls).toHaveLength(before);
});

for (const orderId of ['expired', 'no-shopper-info']) {
  test(`the final order ${orderId} is not polled again`, async ({ page, site }) => {
    const polls = watchPolls(page);
    await page.goto(await site.link(orderId));
    await expect(page.getByRole('link', { name: shellWords.support }).nth(1)).toBeVisible();
    await page.clock.fastForward('24:00:00');
    await setHidden(page, true);
    await setHidden(page, false);
    await page.evaluate(() => fetch('/healthz'));
    expect(polls).toEqual(['GET']);
  });
}

test('a shown age is updated without a poll', async ({ page, site }) => {
  const { orderId } = putOrder(site, [inMinutes.notice(8.6, 'We have your order.', ['sms'])]);
  // The test moves the page's clock only; the Date header of an answer would correct it.
  await page.addInitScript(() => {
    const { get } = Headers.prototype;
    Headers.prototype.get = function (name) {
      return name === 'date' ? null : get.call(this, name);
    };
  });
  await page.goto(await site.link(orderId));
  const now = page.getByRole('region', { name: 'Now' });
  await expect(now).toContainText('1 min. ago');
  await page.clock.runFor(65_000);
  await expect(now).toContainText('2 min. ago');
});
