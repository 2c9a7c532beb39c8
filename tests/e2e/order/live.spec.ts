import type { Page } from '@playwright/test';
import { inMinutes } from '@/tests/simulator/order-script';
import { pollNow, putOrder, refuseDetails, shoppingSteps } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

const chatSteps = Array.from({ length: 30 }, (_, i) =>
  inMinutes.fromShopper(5 + i / 10, `Question ${i + 1}: shall I take the large one?`),
);

function thread(page: Page) {
  return page.getByRole('region', { name: 'Message thread' });
}

/** The button that leads to the new messages. The section switch counts unread messages too. */
function pill(page: Page) {
  return page.getByRole('button', { name: /^\d+ new message/ });
}

function announcement(page: Page, text: string) {
  return page.getByRole('status').filter({ hasText: text });
}

/** The distance from the visible part of the thread to its end. */
function belowEndPx(page: Page): Promise<number> {
  return thread(page).evaluate(
    ({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop,
  );
}

/** Makes the page poll until the thread contains the text. */
async function pollUntilAttached(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await pollNow(page);
    await expect(page.getByText(text, { exact: true }).first()).toBeAttached({ timeout: 500 });
  }).toPass();
}

test('a new message appears at the end and is announced', async ({ page, site }) => {
  const order = putOrder(site, [...shoppingSteps, ...chatSteps]);
  await page.goto(await site.link(order.orderId));
  await expect(thread(page).getByText('Question 30')).toBeInViewport();
  await expect(announcement(page, 'Question')).toHaveCount(0);
  order.add({ from: 'driver', body: 'Is the oat milk fine?' });
  await expect(thread(page).getByText('Is the oat milk fine?')).toBeInViewport({ timeout: 15_000 });
  await expect(announcement(page, 'Zelma: Is the oat milk fine?')).toHaveCount(1);
  expect(await belowEndPx(page)).toBeLessThanOrEqual(1);
});

test('a reader who scrolled up is not moved, and a pill leads to the new messages', async ({
  page,
  site,
}) => {
  const order = putOrder(site, [...shoppingSteps, ...chatSteps]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(await site.link(order.orderId));
  await expect(thread(page).getByText('Question 30')).toBeInViewport();
  await thread(page).evaluate((region) => region.scrollTo({ top: 100 }));
  const place = () => thread(page).evaluate(({ scrollTop }) => scrollTop);
  order.add({ from: 'driver', body: 'One more thing' });
  await pollUntilAttached(page, 'One more thing');
  await expect(pill(page)).toHaveText(/^1 new message/);
  expect(await place()).toBe(100);
  order.add({ from: 'driver', body: 'And another' });
  await pollUntilAttached(page, 'And another');
  await expect(pill(page)).toHaveText(/^2 new messages/);
  expect(await place()).toBe(100);
  await pill(page).click();
  await expect(thread(page).getByText('And another')).toBeInViewport();
  await expect(pill(page)).toHaveCount(0);
  await expect(thread(page)).toBeFocused();
  expect(await belowEndPx(page)).toBeLessThanOrEqual(1);
});

test('the pill leads to the first of many new messages, which is marked', async ({
  page,
  site,
}) => {
  const order = putOrder(site, [...shoppingSteps, ...chatSteps]);
  await page.setViewportSize({ width: 390, height: 664 });
  await page.goto(await site.link(order.orderId));
  await expect(thread(page).getByText('Question 30')).toBeInViewport();
  await thread(page).evaluate((region) => region.scrollTo({ top: 100 }));
  for (let i = 1; i <= 12; i++)
    order.add({ from: 'driver', body: `News ${i}, please look at it.` });
  await pollUntilAttached(page, 'News 12, please look at it.');
  await pill(page).click();
  const mark = thread(page).getByText('New', { exact: true });
  await expect(mark).toHaveCount(1);
  await expect(mark).toBeInViewport();
  await expect(thread(page).getByText('News 1, please look at it.')).toBeInViewport();
  await expect(thread(page).getByText('News 12, please look at it.')).not.toBeInViewport();
  const gapPx = await thread(page).evaluate((region) => {
    const row = region.querySelector('.new-mark');
    return row ? row.getBoundingClientRect().top - region.getBoundingClientRect().top : Infinity;
  });
  expect(Math.abs(gapPx)).toBeLessThanOrEqual(2);
  await expect(pill(page)).toHaveCount(0);
});

test('scrolling to the end removes the pill', { tag: '@slow' }, async ({ page, site }) => {
  const order = putOrder(site, [...shoppingSteps, ...chatSteps]);
  await page.goto(await site.link(order.orderId));
  await expect(thread(page).getByText('Question 30')).toBeInViewport();
  await thread(page).evaluate((region) => region.scrollTo({ top: 0 }));
  order.add({ from: 'driver', body: 'One more thing' });
  await pollUntilAttached(page, 'One more thing');
  await expect(pill(page)).toHaveText(/^1 new message/);
  await thread(page).press('End');
  await expect(pill(page)).toHaveCount(0);
});

test(
  'the customer’s own text messages appear without a pill',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putOrder(site, [...shoppingSteps, ...chatSteps]);
    await page.goto(await site.link(order.orderId));
    await expect(thread(page).getByText('Question 30')).toBeInViewport();
    await thread(page).evaluate((region) => region.scrollTo({ top: 0 }));
    order.add({ from: 'user', body: 'Sent by text message' });
    await pollUntilAttached(page, 'Sent by text message');
    await expect(pill(page)).toHaveCount(0);
    await expect(announcement(page, 'Sent by text message')).toHaveCount(0);
  },
);

test('a hand-over shows the new shopper', async ({ page, site }) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByRole('region', { name: 'Messages with Zelma' })).toBeVisible();
  order.add({ handOverTo: 'amida' });
  await pollUntilAttached(page, 'Amida now has your order');
  await expect(page.getByRole('region', { name: 'Messages with Amida' })).toBeVisible();
  order.add({ from: 'driver', body: 'Hi, Amida here' });
  await pollUntilAttached(page, 'Hi, Amida here');
  await expect(thread(page).getByText('Amida now has your order')).toHaveCount(1);
  await expect(announcement(page, 'Amida: Hi, Amida here')).toHaveCount(1);
});

test(
  'an order that returns to an earlier step shows the repeated notice as a new update',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putOrder(site);
    refuseDetails(site, order.orderId);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(await site.link(order.orderId));
    const entries = page.getByRole('region', { name: 'Updates' }).getByRole('listitem');
    await expect(entries).toHaveCount(2);
    order.add({ notice: { body: 'Your shopper is checking out.', media: ['push'] } });
    await pollUntilAttached(page, 'Your shopper is checking out.');
    await expect(announcement(page, 'Update: Your shopper is checking out.')).toHaveCount(1);
    order.add({ notice: { body: 'Your shopper is picking your order.', media: ['sms', 'push'] } });
    await expect(async () => {
      await pollNow(page);
      await expect(entries).toHaveCount(4, { timeout: 500 });
    }).toPass();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Your shopper is picking your order.',
    );
    await expect(entries.first()).toHaveAttribute('aria-current', 'step');
    await expect(entries.first()).toContainText('Sent by text and app');
  },
);

test(
  'an answer is marked as seen after the shopper has read it',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putOrder(site);
    order.add({ from: 'user', body: 'Green ones, please' });
    await page.goto(await site.link(order.orderId));
    await expect(thread(page).getByText('Green ones, please')).toBeVisible();
    await expect(thread(page).getByText('Seen')).toHaveCount(0);
    site.simulator.control.markRead(order.orderId);
    await expect(async () => {
      await pollNow(page);
      await expect(thread(page).getByText('Seen')).toBeVisible({ timeout: 500 });
    }).toPass();
  },
);

test.describe('a picture that fails', () => {
  test.use({ allowedNoise: /status of 404/ });

  test('shows a placeholder and is requested again on demand', async ({ page, site }) => {
    const order = putOrder(site);
    order.add({ from: 'driver', body: 'Look', image: '/pictures/missing.svg' });
    await page.goto(await site.link(order.orderId));
    await expect(thread(page).getByText('The photo could not be loaded')).toBeVisible();
    const requested = page.waitForRequest(/\/pictures\/missing\.svg\?retry=1$/);
    await thread(page).getByRole('button', { name: 'Load again' }).click();
    await requested;
    await expect(thread(page).getByRole('button', { name: 'Load again' })).toBeVisible();
  });
});
