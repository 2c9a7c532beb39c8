import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { inMinutes } from '@/tests/simulator/order-script';
import { putOrder, refuseDetails, watchPolls } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// The tests move the page's clock, so they need not wait for the intervals between polls.

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    const state = isHidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
}

/** Stops the page's clock, which runs with real time until then, so that a slow machine does not move it. */
async function stopClock(page: Page): Promise<void> {
  const nowMs = await page.evaluate(() => Date.now());
  await page.clock.pauseAt(nowMs + 2_000);
}

/** Moves the page's clock on second by second, and waits for responses in between. */
async function pass(page: Page, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    await page.clock.runFor(1_000);
    await page.evaluate(() => fetch('/healthz'));
  }
}

/** Moves the page's clock on until the next poll, and returns by how many seconds. */
async function passUntilPoll(page: Page, polls: string[]): Promise<number> {
  const before = polls.length;
  let seconds = 0;
  for (; polls.length === before && seconds < 120; seconds++) await pass(page, 1);
  return seconds;
}

test.beforeEach(({ page }) => page.clock.install());

test('a page with an active chat polls every five seconds', async ({ page, site }) => {
  const order = putOrder(site);
  order.add({ from: 'driver', body: 'Just now' });
  const polls = watchPolls(page);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Just now', { exact: true })).toBeVisible();
  await stopClock(page);
  const before = polls.length;
  await pass(page, 30);
  expect(polls.length - before).toBeGreaterThanOrEqual(4);
  expect(polls.length - before).toBeLessThanOrEqual(8);
});

test('a page whose order has no shopper yet polls every 30 seconds', async ({ page, site }) => {
  const polls = watchPolls(page);
  await page.goto(await site.link('waiting'));
  await expect(page.getByText(copy.waiting.title)).toBeVisible();
  await stopClock(page);
  await passUntilPoll(page, polls);
  // 30 seconds give or take 20 %; an answer that arrives late starts the next interval a second later.
  const seconds = await passUntilPoll(page, polls);
  expect(seconds).toBeGreaterThanOrEqual(23);
  expect(seconds).toBeLessThanOrEqual(38);
});

test('a hidden page with an open chat polls once per minute, and at once when shown again', async ({
  page,
  site,
}) => {
  const polls = watchPolls(page);
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await stopClock(page);
  await setHidden(page, true);
  const before = polls.length;
  await pass(page, 40);
  expect(polls).toHaveLength(before);
  await pass(page, 35);
  expect(polls).toHaveLength(before + 1);
  await page.clock.resume();
  await setHidden(page, false);
  await expect.poll(() => polls.length).toBe(before + 2);
});

test('a hidden page does not poll for 30 seconds after a failed poll', async ({ page, site }) => {
  const polls = watchPolls(page);
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.route('**/api/order/messages', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Hotel Wi-Fi</h1>' }),
  );
  const failed = page.waitForResponse('**/api/order/messages');
  await pass(page, 12);
  await failed;
  await setHidden(page, true);
  const before = polls.length;
  await pass(page, 30);
  expect(polls).toHaveLength(before);
});

for (const orderId of ['expired', 'no-shopper-info']) {
  test(`${orderId}: a page whose order is final does not poll again`, async ({ page, site }) => {
    const polls = watchPolls(page);
    refuseDetails(site, orderId);
    await page.goto(await site.link(orderId));
    await expect(page.getByRole('link', { name: copy.support }).nth(1)).toBeVisible();
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
  refuseDetails(site, orderId);
  await page.goto(await site.link(orderId));
  const now = page.getByRole('region', { name: 'Status' });
  await expect(now).toContainText('1 min. ago');
  await page.clock.runFor(65_000);
  await expect(now).toContainText('2 min. ago');
});
