import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { dayMs } from '@/tests/simulator/clock';
import { takeHeapSnapshot } from '@/tests/e2e/support/heap';
import { deliveredSteps, putOrder, untilShown } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// Stands in chats only. Playwright may not look for it, or its own copy would be found.
const CANARIES = ['canary-4711', 'canary-4712', 'canary-4713'];

async function findCanaries(page: Page): Promise<string[]> {
  const snapshot = await takeHeapSnapshot(page);
  return CANARIES.filter((canary) => snapshot.includes(canary));
}

test('the chat leaves the browser’s memory, whatever was done with it', async ({ page, site }) => {
  const order = putOrder(site, deliveredSteps);
  order.add({ from: 'user', body: 'Read later: canary-4711' });
  const image = '/pictures/photo/bread.svg';
  order.add({ from: 'driver', body: 'With a photo: canary-4712', image });
  await page.goto(await site.link(order.orderId));
  await page.getByRole('button', { name: /^Open Photo/ }).click();
  await page.keyboard.press('Escape');
  site.simulator.control.markRead(order.orderId);
  order.add({ from: 'driver', body: 'Announced too: canary-4713' });
  await untilShown(page, 'Announced too');
  await page.getByRole('region', { name: 'Message thread' }).press('Home');
  expect(await findCanaries(page)).toEqual(CANARIES);
  order.advance(dayMs);
  await untilShown(page, copy.chat.expired);
  await expect.poll(() => findCanaries(page)).toEqual([]);
});

test.describe('what the customer wrote', () => {
  test.use({ allowedNoise: /status of 503/ });

  test('leaves the browser’s memory with the chat: sent, not sent and half written', async ({
    page,
    site,
  }) => {
    const order = putOrder(site);
    await page.goto(await site.link(order.orderId));
    const field = page.getByRole('textbox');
    // By the keyboard: what is given to Playwright's own script may stay there.
    async function type(text: string) {
      await field.focus();
      await page.keyboard.insertText(text);
    }
    await type('Sent: canary-4711');
    await page.keyboard.press('Enter');
    await expect.poll(() => order.texts().some((text) => text.startsWith('Sent'))).toBe(true);
    await page.route('**/api/order/messages', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 503, json: { error: { code: 'upstream_unavailable' } } })
        : route.continue(),
    );
    await type('Not sent: canary-4712');
    await page.keyboard.press('Enter');
    await expect(page.getByText(copy.delivery.failed)).toBeVisible();
    await type('Half written: canary-4713');
    expect(await findCanaries(page)).toEqual(CANARIES);
    order.add({ ended: 'delivered' });
    order.advance(dayMs + 1_000);
    await untilShown(page, copy.chat.expired);
    await expect.poll(() => findCanaries(page)).toEqual([]);
  });
});

test.describe('when the order is gone', () => {
  test.use({ allowedNoise: /status of 404/ });

  test('so is its chat, from the page and from memory', async ({ page, site }) => {
    const order = putOrder(site);
    order.add({ from: 'driver', body: 'Gate code: canary-4711' });
    await page.goto(await site.link(order.orderId));
    await expect(page.getByText('Gate code')).toBeVisible();
    await page.getByRole('textbox').focus();
    await page.keyboard.insertText('Half written: canary-4712');
    order.remove();
    await untilShown(page, copy.problems.order_not_found.title);
    await expect.poll(() => findCanaries(page)).toEqual([]);
  });
});

test.describe('offline', () => {
  test.use({ allowedNoise: /ERR_INTERNET_DISCONNECTED/ });

  test('without a connection the chat stays for a day, and then leaves page and memory', async ({
    page,
    site,
  }) => {
    const order = putOrder(site);
    order.add({ from: 'driver', body: 'Gate code: canary-4711' });
    await page.clock.install();
    await page.goto(await site.link(order.orderId));
    await expect(page.getByText('Gate code')).toBeVisible();
    await page.context().setOffline(true);
    await page.clock.fastForward('23:59:00');
    await expect(page.getByText('Gate code')).toBeVisible();
    await page.clock.fastForward('01:00');
    await expect(page.getByText('Gate code')).toHaveCount(0);
    await expect(page.getByText(copy.connection.offline)).toBeVisible();
    await expect.poll(() => findCanaries(page)).toEqual([]);
    await page.context().setOffline(false);
    await expect(page.getByText('Gate code')).toBeVisible();
  });
});

test('another link in the same tab shows another order, and nothing of the first is kept', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  order.add({ from: 'driver', body: 'Gate code: canary-4711' });
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Gate code')).toBeVisible();
  await page.getByRole('textbox').focus();
  await page.keyboard.insertText('Half written: canary-4712');
  await page.goto(await site.link('documented'));
  await expect(page.getByText('MessageBody')).toBeVisible();
  await expect(page.getByText('Gate code')).toHaveCount(0);
  await expect.poll(() => findCanaries(page)).toEqual([]);
});
