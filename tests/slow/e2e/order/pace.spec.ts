import type { Page } from '@playwright/test';
import * as shellWords from '@/lib/order/copy/en-US/shell';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { inMinutes } from '@/tests/simulator/order-script';
import { putOrder, watchPolls } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// The browser's clock moves by hand, so nobody waits for a pace.

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    const state = isHidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
}

/** Lets the page's time pass second by second, and its requests be answered in between. */
async function pass(page: Page, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    await page.clock.runFor(1_000);
    await page.evaluate(() => fetch('/healthz'));
  }
}

test.beforeEach(({ page }) => page.clock.install());

test('asks every five seconds while a chat is lively', async ({ page, site }) => {
  const order = putOrder(site);
  order.add({ from: 'driver', body: 'Just now' });
  const polls = watchPolls(page);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Just now', { exact: true })).toBeVisible();
  await pass(page, 30);
  expect(polls.length).toBeGreaterThanOrEqual(5);
  expect(polls.length).toBeLessThanOrEqual(8);
});

test('asks every half a minute while nobody has the order', async ({ page, site }) => {
  const polls = watchPolls(page);
  await page.goto(await site.link('waiting'));
  await expect(page.getByText(copy.chat.waiting)).toBeVisible();
  await pass(page, 23);
  expect(polls).toHaveLength(1);
  await pass(page, 14);
  expect(polls).toHaveLength(2);
});

test('asks once a minute while hidden with an open chat, and at once on return', async ({
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

test('asks nothing while hidden after a failure either', async ({ page, site }) => {
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
  test(`${orderId}: will not change any more, so nobody asks again`, async ({ page, site }) => {
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

test('an age that is shown gets older by itself', async ({ page, site }) => {
  const { orderId } = putOrder(site, [inMinutes.notice(8.6, 'We have your order.', ['sms'])]);
  // The page's time runs ahead of the server's, whose date would correct it.
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
