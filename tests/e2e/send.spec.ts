import type { Page } from '@playwright/test';
import { words } from '@/lib/order/words';
import { lookAgain, putOrder } from './orders';
import { expect, test } from './site-test';

const GREETING = 'Hi John, I’m Zelma.';

function field(page: Page) {
  return page.getByRole('textbox', { name: 'Message to Zelma' });
}

function bubbles(page: Page, text: string) {
  return page.locator('[data-from="customer"]').getByText(text, { exact: true });
}

async function write(page: Page, text: string) {
  await field(page).fill(text);
  await page.getByRole('button', { name: words.composer.send, exact: true }).click();
}

test('a question, a quick answer, sent and seen', async ({ page, site }) => {
  const order = putOrder(site);
  order.add({ from: 'driver', body: 'Is the organic kind OK?' });
  await page.goto(await site.link(order.orderId));
  await page.getByRole('button', { name: 'Yes, that works' }).click();
  await expect(field(page)).toHaveValue('Yes, that works');
  expect(order.texts()).not.toContain('Yes, that works');
  await page.keyboard.press('Enter');
  await expect(bubbles(page, 'Yes, that works')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: words.announce.sent })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Yes, that works' })).toHaveCount(0);
  order.markRead();
  await expect.poll(() => lookAgain(page).then(() => page.getByText('Seen').count())).toBe(1);
  expect(order.texts().filter((text) => text === 'Yes, that works')).toHaveLength(1);
  await expect(bubbles(page, 'Yes, that works')).toHaveCount(1);
});

test('two alike sent on purpose are two, in their order, and never more', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await write(page, 'Thank you');
  await write(page, 'Thank you');
  await expect(bubbles(page, 'Thank you')).toHaveCount(2);
  await expect.poll(() => order.texts().filter((text) => text === 'Thank you').length).toBe(2);
  await lookAgain(page);
  await expect(page.getByText(words.delivery.sent, { exact: true })).toHaveCount(0);
  await expect(bubbles(page, 'Thank you')).toHaveCount(2);
});

test('another tab shows it once, and a reload while sending loses nothing', async ({
  page,
  context,
  site,
}) => {
  const order = putOrder(site);
  const link = await site.link(order.orderId);
  await page.goto(link);
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByText(GREETING)).toBeVisible();
  await field(page).fill('At the side door');
  const asked = page.waitForRequest((request) => request.method() === 'POST');
  await page.keyboard.press('Enter');
  await asked;
  await expect.poll(() => order.texts().includes('At the side door')).toBe(true);
  await page.reload();
  for (const tab of [page, other]) {
    await expect
      .poll(() => lookAgain(tab).then(() => bubbles(tab, 'At the side door').count()))
      .toBe(1);
  }
  expect(order.texts().filter((text) => text === 'At the side door')).toHaveLength(1);
});

test('held down, Enter sends once, and so does a double click', async ({ page, site }) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await field(page).fill('Once');
  for (let i = 0; i < 5; i++) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await field(page).fill('Twice clicked');
  await page.getByRole('button', { name: words.composer.send, exact: true }).dblclick();
  await expect.poll(() => order.texts().includes('Twice clicked')).toBe(true);
  await expect(bubbles(page, 'Once')).toHaveCount(1);
  expect(order.texts().filter((text) => /Once|Twice/.test(text))).toHaveLength(2);
});

test('offline it waits in sight, and goes out once and in order when back', async ({
  page,
  context,
  site,
}) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText(GREETING)).toBeVisible();
  await context.setOffline(true);
  await write(page, 'First');
  await write(page, 'Second');
  await expect(page.getByText(words.delivery.queued)).toHaveCount(2);
  expect(order.texts()).not.toContain('First');
  await context.setOffline(false);
  await expect(page.getByText(words.delivery.queued)).toHaveCount(0);
  await expect.poll(() => order.texts().slice(-2)).toEqual(['First', 'Second']);
});

test('a thousand characters are sent, and one more is held back', async ({ page, site }) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await field(page).fill('y'.repeat(1_001));
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 character too long')).toBeVisible();
  await expect(field(page)).toHaveValue('y'.repeat(1_001));
  await write(page, '👍🏽'.repeat(250));
  await expect.poll(() => order.texts().at(-1)).toBe('👍🏽'.repeat(250));
});

test('an input method has Enter to itself while it composes', async ({ page, site }) => {
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

test('a phone’s keyboard does not cover the field', async ({ page, site }) => {
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
});

test('what is new on opening is marked, and the tab says how much of it there is', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  order.markRead('driver');
  order.add({ from: 'driver', body: 'Is rye fine?' });
  await page.goto(await site.link(order.orderId));
  const rows = page.getByRole('region', { name: words.chat.thread }).getByRole('listitem');
  await expect(rows.filter({ hasText: /^New$/ })).toHaveCount(1);
  await expect(rows.last()).toContainText('Is rye fine?');
  await expect(rows.nth(-2)).toHaveText('New');
  await expect(page).toHaveTitle('(1) Order status · Greenfield Market');
  order.add({ from: 'driver', body: 'Or spelt?' });
  await expect.poll(() => lookAgain(page).then(() => page.title())).toMatch(/^\(2\)/);
  order.markRead('driver');
  await expect
    .poll(() => lookAgain(page).then(() => page.title()))
    .toBe('Order status · Greenfield Market');
  // For this visit the line stays where it was.
  await expect(rows.filter({ hasText: /^New$/ })).toHaveCount(1);
});
