import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { inMinutes } from '@/tests/simulator/order-script';
import { pollNow, putOrder, shoppingSteps } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// Some requests fail on purpose.
test.use({ allowedNoise: /status of 503|ERR_INTERNET_DISCONNECTED/ });

// Writing in the composer, and opening a chat with unread messages.

function field(page: Page) {
  return page.getByRole('textbox', { name: 'Message to Zelma' });
}

test('Enter does not send during IME composition', async ({ page, site }) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await field(page).focus();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.imeSetComposition', {
    text: 'にほん',
    selectionStart: 3,
    selectionEnd: 3,
  });
  await field(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  await expect(field(page)).toHaveValue('にほん');
  await devtools.send('Input.insertText', { text: '日本' });
  await expect(field(page)).toHaveValue('日本');
  await page.keyboard.press('Enter');
  await expect.poll(() => order.texts().at(-1)).toBe('日本');
});

test(
  'the field stays visible above a phone’s keyboard',
  { tag: '@slow' },
  async ({ page, site }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(await site.link(putOrder(site).orderId));
    await field(page).click();
    await page.setViewportSize({ width: 390, height: 420 });
    await expect(field(page)).toBeInViewport({ ratio: 1 });
    await page.keyboard.type('One');
    for (let line = 0; line < 8; line++) await page.keyboard.press('Shift+Enter');
    await expect(field(page)).toBeInViewport({ ratio: 1 });
    const box = await field(page).boundingBox();
    expect(box?.height).toBeGreaterThan(120);
    expect(box?.height).toBeLessThan(140);
  },
);

test('unread messages are marked on opening, and count as read after a second on screen', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  order.markRead('driver');
  order.add({ from: 'driver', body: 'Is rye fine?' });
  const reports = () =>
    site.simulator.control.calls({ route: 'mark_read', orderId: order.orderId }).length;
  await page.goto(await site.link(order.orderId));
  const rows = page.getByRole('region', { name: copy.chat.thread }).getByRole('listitem');
  await expect(rows.filter({ hasText: /^New$/ })).toHaveCount(1);
  await expect(rows.last()).toContainText('Is rye fine?');
  await expect(rows.nth(-2)).toHaveText('New');
  await expect(page).toHaveTitle('Order status · Greenfield Market');
  await expect.poll(reports).toBe(1);
  order.add({ from: 'driver', body: 'Or spelt?' });
  await expect.poll(() => pollNow(page).then(reports)).toBe(2);
  // The mark stays in place during the visit.
  await expect(rows.filter({ hasText: /^New$/ })).toHaveCount(1);
  await page.reload();
  await expect(rows.last()).toContainText('Or spelt?');
  await expect(rows.filter({ hasText: /^New$/ })).toHaveCount(0);
  expect(reports()).toBe(2);
});

test(
  'a reader who has scrolled up is not moved by an earlier message that was not sent',
  { tag: '@slow' },
  async ({ page, site }) => {
    const chatSteps = Array.from({ length: 30 }, (_, i) =>
      inMinutes.fromShopper(5 + i / 10, `Question ${i + 1}: shall I take the large one?`),
    );
    const order = putOrder(site, [...shoppingSteps, ...chatSteps]);
    await page.goto(await site.link(order.orderId));
    await page.route('**/api/order/messages', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 503, json: { error: { code: 'upstream_unavailable' } } })
        : route.continue(),
    );
    await field(page).fill('Lost');
    await page.keyboard.press('Enter');
    await expect(page.getByText(copy.delivery.failed)).toBeVisible();
    await page.unroute('**/api/order/messages');
    await field(page).fill('Kept');
    await page.keyboard.press('Enter');
    const thread = page.getByRole('region', { name: copy.chat.thread });
    await thread.evaluate((region) => region.scrollTo({ top: 100 }));
    await expect
      .poll(() => pollNow(page).then(() => page.getByText(copy.delivery.sending).count()))
      .toBe(0);
    await expect(page.getByText(copy.delivery.sent, { exact: true })).toHaveCount(0);
    expect(await thread.evaluate(({ scrollTop }) => scrollTop)).toBe(100);
  },
);

test('the browser confirms before it closes a page with a queued message', async ({
  page,
  context,
  site,
}) => {
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(field(page)).toBeVisible();
  await context.setOffline(true);
  await field(page).fill('Not gone yet');
  await page.keyboard.press('Enter');
  await expect(page.getByText(copy.delivery.queued)).toBeVisible();
  const requested = page.waitForEvent('dialog');
  const closed = page.close({ runBeforeUnload: true });
  const dialog = await requested;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await closed;
  await expect(page.getByText(copy.delivery.queued)).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(copy.delivery.queued)).toHaveCount(0);
});
