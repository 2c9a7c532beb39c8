import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openers } from '@/tests/e2e/support/states';

function updates(page: Page) {
  return page.getByRole('region', { name: 'Updates' });
}

async function expectNoSideways(page: Page): Promise<void> {
  const widths = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  expect(widths.scrollWidth).toBeLessThanOrEqual(widths.clientWidth);
  const sideways = await page
    .locator('.thread, .updates, .now, .chat')
    .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length);
  expect(sideways).toBe(0);
}

for (const state of ['shopping', 'hostile', 'expired', 'unavailable', 'no link'] as const) {
  test(`${state}: nothing has to be scrolled sideways, however narrow`, async ({ page, site }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await openers[state](page, site);
    await expectNoSideways(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await expectNoSideways(page);
  });
}

test('hostile: an unfolded timeline stays inside too', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openers.hostile(page, site);
  await updates(page)
    .getByRole('button', { name: /Show all/ })
    .click();
  await expectNoSideways(page);
});

test('at 400 % zoom everything can be read and reached', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await openers.shopping(page, site);
  await expectNoSideways(page);
  const message = page.getByText('You’re the best.');
  await message.scrollIntoViewIfNeeded();
  await expect(message).toBeInViewport();
  const thread = page.getByRole('region', { name: 'Message thread' });
  expect((await thread.boundingBox())?.height).toBeGreaterThan(100);
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
});

test('forced colours: everything is there, and bubbles have an edge', async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openers.shopping(page, site);
  const edge = await page
    .getByText('You’re the best.')
    .locator('xpath=ancestor::p')
    .evaluate((bubble) => getComputedStyle(bubble).borderTopWidth);
  expect(edge).toBe('1px');
});

test('reduced motion: nothing moves', async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openers.loading(page, site);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test('a picture takes its room before it has come', async ({ page, site }) => {
  await page.route('**/pictures/photo/**', () => new Promise(() => undefined));
  await openers.delivered(page, site);
  const box = await page
    .getByRole('button', { name: /^Open Photo/ })
    .last()
    .boundingBox();
  expect(box).toMatchObject({ width: 240, height: 180 });
});

for (const state of ['shopping', 'long', 'hostile'] as const) {
  test(`${state}: the page itself is no longer than a phone's screen`, async ({ page, site }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openers[state](page, site);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeLessThanOrEqual(844);
  });
}
