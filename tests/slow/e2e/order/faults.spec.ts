import * as shellWords from '@/lib/order/copy/en-US/shell';
import { copy } from '@/lib/order/copy/en-US/order-page';
import type { Site } from '@/tests/support/site';
import { lookAgain, putOrder } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// Failures count against Connect as a whole, so each of these tests has a site to itself.
test.use({ allowedNoise: /status of 50[234]|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/ });

function down(site: Site, orderId: string) {
  site.simulator.control.fault({ route: 'order_messages', orderId, kind: 'status', status: 503 });
}

test('down at first load: counts down, tries again when asked, and recovers', async ({
  page,
  ownSite: site,
}) => {
  const { orderId } = putOrder(site);
  down(site, orderId);
  await page.goto(await site.link(orderId));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    copy.problems.upstream_unavailable.title,
  );
  await expect(page.getByText(/Trying again in \d+ seconds?/)).toBeVisible();
  await expect(
    page.getByRole('main').getByRole('link', { name: shellWords.support }),
  ).toBeVisible();
  const again = page.waitForResponse('**/api/order/messages');
  await page.getByRole('button', { name: copy.retryNow }).click();
  expect((await again).status()).toBe(503);
  site.simulator.control.clearFaults();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('button', { name: copy.retryNow })).toHaveCount(0);
});

test('answers that make no sense: says so, and recovers by itself', async ({
  page,
  ownSite: site,
}) => {
  const { orderId } = putOrder(site);
  site.simulator.control.fault({ route: 'order_messages', orderId, kind: 'html', times: 1 });
  await page.goto(await site.link(orderId));
  await expect(page.getByText(copy.problems.upstream_invalid.message)).toBeVisible();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
});

test('down later: the order stays, with its age and the next attempt', async ({
  page,
  ownSite: site,
}) => {
  const { orderId } = putOrder(site);
  await page.goto(await site.link(orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  down(site, orderId);
  const notice = page.getByRole('status').filter({ hasText: 'reconnecting' });
  await expect(async () => {
    await lookAgain(page);
    await expect(notice).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByText('Updated just now, reconnecting')).toBeVisible();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  site.simulator.control.clearFaults();
  await expect(async () => {
    await lookAgain(page);
    await expect(notice).toHaveCount(0, { timeout: 500 });
  }).toPass();
});

test('the site itself gone: the order stays, and comes back to life with it', async ({
  page,
  ownSite: site,
}) => {
  const { orderId } = putOrder(site);
  await page.goto(await site.link(orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.route('**/api/order/messages', (route) => route.abort('connectionrefused'));
  await lookAgain(page);
  await expect(page.getByRole('status').filter({ hasText: 'reconnecting' })).toBeVisible();
  await expect(page.getByText(/Trying again in \d+ seconds?/)).toBeVisible();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.unroute('**/api/order/messages');
  await page.getByRole('button', { name: copy.retryNow }).click();
  await expect(page.getByRole('status').filter({ hasText: 'reconnecting' })).toHaveCount(0);
});

test('offline: says so, keeps the order, offers a try; online again: asks at once', async ({
  page,
  context,
  ownSite: site,
}) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await context.setOffline(true);
  const notice = page.getByRole('status').filter({ hasText: copy.connection.offline });
  await expect(notice).toBeVisible();
  await expect(page.getByRole('button', { name: copy.retryNow })).toBeVisible();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  order.add({ from: 'driver', body: 'Written while you were away' });
  const asked = page.waitForResponse('**/api/order/messages', { timeout: 5_000 });
  await context.setOffline(false);
  await asked;
  await expect(notice).toHaveCount(0);
  await expect(async () => {
    await lookAgain(page);
    await expect(page.getByText('Written while you were away', { exact: true })).toBeVisible({
      timeout: 500,
    });
  }).toPass();
});

test('an offline event that is not true changes nothing: two tabs poll and send', async ({
  page,
  context,
  ownSite: site,
}) => {
  const order = putOrder(site);
  const link = await site.link(order.orderId);
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(link);
    await expect(tab.getByText('Hi John, I’m Zelma.')).toBeVisible();
    await tab.evaluate(() => dispatchEvent(new Event('offline')));
  }
  await other.getByRole('textbox').fill('From the other tab');
  await other.keyboard.press('Enter');
  await expect.poll(() => order.texts().at(-1)).toBe('From the other tab');
  for (const tab of [page, other]) {
    await expect(tab.getByText('From the other tab', { exact: true })).toBeVisible();
    await expect(tab.getByText(copy.connection.offline)).toHaveCount(0);
    await expect(tab.getByText(copy.delivery.queued)).toHaveCount(0);
  }
});

test('back without an online event: the timer finds the network, and the message goes out', async ({
  page,
  ownSite: site,
}) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.evaluate(() =>
    addEventListener('online', (event) => event.stopImmediatePropagation(), true),
  );
  await page.route('**/api/order/messages', (route) => route.abort('internetdisconnected'));
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await page.getByRole('textbox').fill('On my way');
  await page.keyboard.press('Enter');
  await expect(page.getByText(copy.connection.offline)).toBeVisible();
  await expect(page.getByText(copy.delivery.queued)).toBeVisible();
  await page.unroute('**/api/order/messages');
  await expect.poll(() => order.texts().at(-1)).toBe('On my way');
  await expect(page.getByText(copy.connection.offline)).toHaveCount(0);
});

test('Connect refusing us altogether is an outage, not the customer’s fault', async ({
  page,
  ownSite: site,
}) => {
  site.simulator.control.fault({ route: 'token', kind: 'unauthorized' });
  await page.goto(await site.link('documented'));
  await expect(page.getByText(copy.problems.upstream_unavailable.title)).toBeVisible();
});
