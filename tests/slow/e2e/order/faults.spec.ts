import { copy } from '@/lib/order/copy/en-US/order-page';
import type { Site } from '@/tests/support/site';
import { pollNow, putOrder } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// The circuit breaker counts failures of all orders, so each test whose faults reach the server has a separate site.
test.use({ allowedNoise: /status of 50[234]|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/ });

function down(site: Site, orderId: string) {
  site.simulator.control.fault({ route: 'order_messages', orderId, kind: 'status', status: 503 });
}

test('an outage at first load shows a countdown and a retry button, and recovers', async ({
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
  await expect(page.getByRole('main').getByRole('link', { name: copy.support })).toBeVisible();
  const again = page.waitForResponse('**/api/order/messages');
  await page.getByRole('button', { name: copy.retryNow }).click();
  expect((await again).status()).toBe(503);
  site.simulator.control.clearFaults();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('button', { name: copy.retryNow })).toHaveCount(0);
});

test('invalid answers of Connect show an error, and the page recovers without a reload', async ({
  page,
  ownSite: site,
}) => {
  const { orderId } = putOrder(site);
  site.simulator.control.fault({ route: 'order_messages', orderId, kind: 'html', times: 1 });
  await page.goto(await site.link(orderId));
  await expect(page.getByText(copy.problems.upstream_invalid.message)).toBeVisible();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
});

test('an outage after loading keeps the order, and shows its age after 30 seconds', async ({
  page,
  ownSite: site,
}) => {
  const { orderId } = putOrder(site);
  await page.goto(await site.link(orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.getByRole('textbox').fill('Half a sent');
  down(site, orderId);
  const notice = page.getByText(copy.composer.behind);
  await pollNow(page);
  // The limit of 30 seconds is a real one, because the server states the age of the order.
  await expect(page.getByText('checked')).toBeVisible({ timeout: 60_000 });
  await expect(notice).toBeVisible();
  await expect(
    page.getByRole('status').filter({ hasText: copy.connection.reconnecting }),
  ).toHaveCount(1);
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  site.simulator.control.clearFaults();
  await expect(async () => {
    await pollNow(page);
    await expect(notice).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await expect(page.getByText('checked')).toHaveCount(0);
});

test('an outage of the site keeps the order, and polling continues afterwards', async ({
  page,
  site,
}) => {
  const { orderId } = putOrder(site);
  await page.clock.install();
  await page.goto(await site.link(orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.route('**/api/order/messages', (route) => route.abort('connectionrefused'));
  const failed = page.waitForEvent('requestfailed');
  await pollNow(page);
  await failed;
  const again = page.getByRole('button', { name: copy.status.checkAgain });
  await expect(again).toHaveCount(0);
  await page.clock.fastForward('00:30');
  await expect(again).toBeVisible();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.unroute('**/api/order/messages');
  await again.click();
  await expect(again).toHaveCount(0);
});

test('an offline page shows a notice and keeps the order, and polls at once when online', async ({
  page,
  context,
  site,
}) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.getByRole('textbox').fill('Half a sent');
  await context.setOffline(true);
  const notice = page.getByText(copy.composer.offline);
  await expect(notice).toBeVisible();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  order.add({ from: 'driver', body: 'Written while you were away' });
  const requested = page.waitForResponse('**/api/order/messages', { timeout: 5_000 });
  await context.setOffline(false);
  await requested;
  await expect(notice).toHaveCount(0);
  await expect(async () => {
    await pollNow(page);
    await expect(page.getByText('Written while you were away', { exact: true })).toBeVisible({
      timeout: 500,
    });
  }).toPass();
});

test('a wrong offline event does not stop polling and sending in two tabs', async ({
  page,
  context,
  site,
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
    await expect(tab.getByText(copy.composer.offline)).toHaveCount(0);
    await expect(tab.getByText(copy.delivery.queued)).toHaveCount(0);
  }
});

test('a page without an online event retries by timer and sends the message', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.evaluate(() =>
    addEventListener('online', (event) => event.stopImmediatePropagation(), true),
  );
  await page.route('**/api/order/*', (route) => route.abort('internetdisconnected'));
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await page.getByRole('textbox').fill('On my way');
  await page.keyboard.press('Enter');
  await expect(page.getByText(copy.composer.offline)).toBeVisible();
  await expect(page.getByText(copy.delivery.queued)).toBeVisible();
  await page.unroute('**/api/order/*');
  await expect.poll(() => order.texts().at(-1)).toBe('On my way');
  await expect(page.getByText(copy.composer.offline)).toHaveCount(0);
});

test('rejected credentials of Connect are shown as an outage', async ({ page, ownSite: site }) => {
  site.simulator.control.fault({ route: 'token', kind: 'unauthorized' });
  await page.goto(await site.link('documented'));
  await expect(page.getByText(copy.problems.upstream_unavailable.title)).toBeVisible();
});
