import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { dayMs } from '@/tests/simulator/clock';
import { takeHeapSnapshot } from '@/tests/e2e/support/heap';
import { deliveredSteps, pollNow, putOrder, watchPolls } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// The text occurs in chats only. Playwright must not search for it, or the heap would contain Playwright's copy.
const CANARIES = ['canary-4711', 'canary-4712', 'canary-4713'];

async function findCanaries(page: Page): Promise<string[]> {
  const snapshot = await takeHeapSnapshot(page);
  return CANARIES.filter((canary) => snapshot.includes(canary));
}

// A heap snapshot takes seconds on a busy machine.
async function untilForgotten(page: Page): Promise<void> {
  await expect.poll(() => findCanaries(page), { timeout: 60_000 }).toEqual([]);
}

async function untilShown(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await pollNow(page);
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 500 });
  }).toPass();
}

test.describe('a day after delivery', () => {
  test('a banner explains the missing chat, the updates stay, and polling ends', async ({
    page,
    site,
  }) => {
    const order = putOrder(site, deliveredSteps);
    const polls = watchPolls(page);
    await page.goto(await site.link(order.orderId));
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
    await page.clock.install();
    order.advance(dayMs);
    await untilShown(page, copy.chat.expired);
    await expect(page.getByText(copy.chat.expiredHint)).toBeVisible();
    await expect(page.getByText('Hi John, I’m Zelma.')).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Message thread' })).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/delivered/i);
    await expect(page.getByRole('status').filter({ hasText: copy.announce.expired })).toHaveCount(
      1,
    );
    await expect(page.getByRole('region', { name: /^Messages/ })).toHaveCount(0);
    await expect(page.getByRole('region', { name: copy.updates.label })).toBeVisible();
    // The link of the note, or that of an order whose stage is known to be over.
    const support = page.getByRole('main').getByRole('link');
    await expect(support).toHaveText(
      new RegExp(`^(${copy.support}|${copy.ending.problem.replace('?', '\\?')})$`),
    );
    await expect(support).toHaveAttribute('href', 'https://www.example.com/help');
    const pollsThen = polls.length;
    await page.clock.fastForward('12:00:00');
    await pollNow(page);
    await page.reload();
    await expect(page.getByText(copy.chat.expired)).toBeVisible();
    expect(polls).toHaveLength(pollsThen + 1);
  });

  test(
    'the chat is removed from the browser’s memory, also after use',
    { tag: '@slow' },
    async ({ page, site }) => {
      const order = putOrder(site, deliveredSteps);
      order.add({ from: 'user', body: 'Read later: canary-4711' });
      const image = '/pictures/photo/bread.svg';
      order.add({ from: 'driver', body: 'With a photo: canary-4712', image });
      await page.goto(await site.link(order.orderId));
      await page.getByRole('button', { name: /^Open Photo from/ }).click();
      await page.keyboard.press('Escape');
      site.simulator.control.markRead(order.orderId);
      order.add({ from: 'driver', body: 'Announced too: canary-4713' });
      await untilShown(page, 'Announced too');
      await page.getByRole('region', { name: 'Message thread' }).press('Home');
      expect(await findCanaries(page)).toEqual(CANARIES);
      order.advance(dayMs);
      await untilShown(page, copy.chat.expired);
      await untilForgotten(page);
    },
  );
});

test.describe('texts of the customer', () => {
  test.use({ allowedNoise: /status of 503/ });

  test(
    'sent, failed and unfinished texts are removed from memory with the chat',
    { tag: '@slow' },
    async ({ page, site }) => {
      const order = putOrder(site);
      await page.goto(await site.link(order.orderId));
      const field = page.getByRole('textbox');
      // Typed by the keyboard, because Playwright's own script may keep text that it fills in.
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
      await untilForgotten(page);
    },
  );
});

test.describe('a removed order', () => {
  test.use({ allowedNoise: /status of 404/ });

  test(
    'its chat is removed from the page and from memory',
    { tag: '@slow' },
    async ({ page, site }) => {
      const order = putOrder(site);
      order.add({ from: 'driver', body: 'Gate code: canary-4711' });
      await page.goto(await site.link(order.orderId));
      await expect(page.getByText('Gate code')).toBeVisible();
      await page.getByRole('textbox').focus();
      await page.keyboard.insertText('Half written: canary-4712');
      order.remove();
      await untilShown(page, copy.problems.order_not_found.title);
      await untilForgotten(page);
    },
  );
});

test.describe('offline', () => {
  test.use({ allowedNoise: /ERR_INTERNET_DISCONNECTED/ });

  test(
    'an offline page shows the chat for a day and then removes it from page and memory',
    { tag: '@slow' },
    async ({ page, site }) => {
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
      await untilForgotten(page);
      await page.context().setOffline(false);
      await expect(page.getByText('Gate code')).toBeVisible();
    },
  );
});

test(
  'a second link in the same tab shows its order and removes the first order from memory',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putOrder(site);
    order.add({ from: 'driver', body: 'Gate code: canary-4711' });
    await page.goto(await site.link(order.orderId));
    await expect(page.getByText('Gate code')).toBeVisible();
    await page.getByRole('textbox').focus();
    await page.keyboard.insertText('Half written: canary-4712');
    await page.goto(await site.link('documented'));
    await expect(page.getByText('MessageBody')).toBeVisible();
    await expect(page.getByText('Gate code')).toHaveCount(0);
    await untilForgotten(page);
  },
);
