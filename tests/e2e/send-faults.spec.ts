import type { Locator, Page } from '@playwright/test';
import { words } from '@/lib/order/words';
import { frameOf, test as embedTest, withElement } from './embed-test';
import { lookAgain, putOrder } from './orders';
import { expect, test } from './site-test';

test.use({ allowedNoise: /status of (403|429|503|504)|ERR_/ });

type Scope = Pick<Page | Locator, 'getByRole' | 'getByText' | 'locator'>;

function bubbles(scope: Scope, text: string) {
  return scope.locator('[data-from="customer"]').getByText(text, { exact: true });
}

async function write(scope: Scope, text: string) {
  await scope.getByRole('textbox', { name: 'Message to Zelma' }).fill(text);
  await scope.getByRole('button', { name: words.composer.send, exact: true }).click();
}

test('what Connect would not take is not sent, and the customer knows', async ({
  page,
  ownSite,
}) => {
  // A site of its own, as Connect's wish to be left alone holds for all orders.
  const order = putOrder(ownSite);
  order.fault({ route: 'send', kind: 'status', status: 429, retryAfter: '30', times: 1 });
  await page.goto(await ownSite.link(order.orderId));
  await write(page, 'Organic is fine');
  await expect(page.getByText(words.delivery.failed)).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: words.announce.failed })).toHaveCount(1);
  expect(order.texts()).not.toContain('Organic is fine');
  await page.getByRole('button', { name: words.delivery.remove }).click();
  await expect(bubbles(page, 'Organic is fine')).toHaveCount(0);
  await page.close();
});

test('an answer that was cut costs nothing: the message is found, and shows once', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  order.fault({ route: 'send', kind: 'drop-answer', times: 1 });
  await page.goto(await site.link(order.orderId));
  await write(page, 'Organic is fine');
  await expect(bubbles(page, 'Organic is fine')).toHaveCount(1);
  await expect(page.getByRole('status').filter({ hasText: words.announce.sent })).toHaveCount(1);
  await lookAgain(page);
  await expect(bubbles(page, 'Organic is fine')).toHaveCount(1);
  expect(order.texts().filter((text) => text === 'Organic is fine')).toHaveLength(1);
});

test('what cannot be confirmed says so, is not repeated, and the customer decides', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  order.fault({ route: 'send', kind: 'reset', times: 1 });
  await page.goto(await site.link(order.orderId));
  await write(page, 'Organic is fine');
  const line = page.getByText(words.delivery.unconfirmed);
  await expect(line).toBeVisible({ timeout: 12_000 });
  expect(order.texts()).not.toContain('Organic is fine');
  await page.getByRole('button', { name: words.delivery.sendAgain }).click();
  await expect(line).toHaveCount(0);
  await expect
    .poll(() => order.texts().filter((text) => text === 'Organic is fine').length)
    .toBe(1);
  await expect(bubbles(page, 'Organic is fine')).toHaveCount(1);
});

test('a chat that closes while the customer writes: a quiet sentence, the draft kept, open again by itself', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  order.fault({ route: 'send', kind: 'status', status: 403, times: 1, delayMs: 1_000 });
  await page.goto(await site.link(order.orderId));
  await write(page, 'Are you there?');
  await page.getByRole('textbox').fill('And another');
  await expect(page.getByText(words.composer.closed)).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await expect(bubbles(page, 'Are you there?')).toBeVisible();
  order.add({ from: 'driver', body: 'Here I am' });
  await expect.poll(() => lookAgain(page).then(() => page.getByRole('textbox').count())).toBe(1);
  await expect(page.getByRole('textbox')).toHaveValue('And another');
  await page.getByRole('button', { name: words.delivery.tryAgain }).click();
  await expect.poll(() => order.texts().at(-1)).toBe('Are you there?');
});

embedTest.describe('in a shop’s page', () => {
  embedTest(
    'the customer answers too, and the shop learns nothing of it',
    async ({ page, host, site, ordersUrl, heard }) => {
      const order = putOrder(site);
      host.put('/sending', { html: withElement(ordersUrl, await site.token(order.orderId)) });
      await page.goto(`${host.origin('shop.localhost')}/sending`);
      const body = frameOf(page).locator('body');
      await write(body, 'From within');
      await expect(bubbles(body, 'From within')).toBeVisible();
      await expect.poll(() => order.texts().at(-1)).toBe('From within');
      expect(JSON.stringify(await heard(page))).not.toContain('From within');
    },
  );
});
