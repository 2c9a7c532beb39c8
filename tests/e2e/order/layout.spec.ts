import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openSection } from '@/tests/e2e/support/orders';
import { openers, toFramed } from '@/tests/e2e/support/states';

function updates(page: Page) {
  return page.getByRole('region', { name: 'Updates' });
}

async function expectNoHorizontalOverflow(page: Page): Promise<void> {
  const widths = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  expect(widths.scrollWidth).toBeLessThanOrEqual(widths.clientWidth);
  const overflowCount = await page
    .locator('.thread, .updates, .status, .chat')
    .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length);
  expect(overflowCount).toBe(0);
}

test('a narrow page shows one section at a time, in the remaining height', async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openers.shopping(page, site);
  const shown = updates(page).getByRole('listitem').filter({ visible: true });
  await expect(shown).toHaveCount(0);
  await openSection(page, 'updates');
  await expect(shown).toHaveCount(6);
  await expect(page.locator('.chat')).toBeHidden();
  const list = await page.locator('.updates').boundingBox();
  expect((list?.y ?? 0) + (list?.height ?? 0)).toBeCloseTo(844, 0);
  await openSection(page, 'chat');
  await expect(shown).toHaveCount(0);
  const chat = await page.locator('.chat').boundingBox();
  expect((chat?.y ?? 0) + (chat?.height ?? 0)).toBeCloseTo(844, 0);
  expect(chat?.height).toBeGreaterThan(400);
});

// A replacement to decide stands above the thread of a narrow page.
const THREAD_TOP_PX = { shopping: 340, 'on the way': 340, 'delivery over': 230 };

// Screens of phones with the bars of their browsers.
for (const [width, height] of [
  [390, 664],
  [360, 640],
  [375, 548],
  [844, 390],
] as const)
  for (const state of ['shopping', 'on the way', 'delivery over'] as const)
    test(
      `state ${state} on a screen of ${width} by ${height}: the composer is visible and the thread begins at most ${THREAD_TOP_PX[state]} px from the top`,
      { tag: '@slow' },
      async ({ page, site }) => {
        await page.setViewportSize({ width, height });
        await openers[state](page, site);
        await expect(page.getByRole('textbox')).toBeInViewport({ ratio: 1 });
        await expect(page.getByRole('button', { name: 'Send' })).toBeInViewport({ ratio: 1 });
        const thread = await page.locator('.thread').boundingBox();
        if (height > width) expect(thread?.y).toBeLessThanOrEqual(THREAD_TOP_PX[state]);
        expect(thread?.height).toBeGreaterThan(80);
        const status = await page.locator('.status').boundingBox();
        expect(status?.height).toBeLessThanOrEqual(150);
        const pageHeight = await page.evaluate(() => document.documentElement.scrollHeight);
        expect(pageHeight).toBeLessThanOrEqual(height);
      },
    );

// A page in a frame has no store header.
for (const [width, height] of [
  [280, 560],
  [390, 560],
  [480, 360],
  [760, 560],
] as const)
  for (const state of ['shopping', 'delivery over'] as const)
    test(
      `state ${state} in a frame of ${width} by ${height}: the composer is visible, and nothing is cut`,
      { tag: '@slow' },
      async ({ page, site }) => {
        await page.setViewportSize({ width, height });
        await openers[state](page, toFramed(site));
        await expect(page.getByRole('textbox')).toBeInViewport({ ratio: 1 });
        await expect(page.getByRole('heading', { level: 1 })).toBeInViewport({ ratio: 1 });
        const pageHeight = await page.evaluate(() => document.documentElement.scrollHeight);
        expect(pageHeight).toBeLessThanOrEqual(height);
        await expectNoHorizontalOverflow(page);
      },
    );

for (const state of ['shopping', 'late', 'delivery over', 'stale'] as const)
  test(
    `state ${state} with text of 200 % needs no horizontal scrolling, and its composer is reachable`,
    { tag: '@slow' },
    async ({ page, site }) => {
      await page.setViewportSize({ width: 390, height: 664 });
      await openers[state](page, site);
      await page.evaluate(() => void (document.documentElement.style.fontSize = '200%'));
      await expectNoHorizontalOverflow(page);
      await page.getByRole('textbox').scrollIntoViewIfNeeded();
      await expect(page.getByRole('textbox')).toBeInViewport({ ratio: 1 });
    },
  );

test('a wide page shows all updates beside the chat, and no switch', async ({ page, site }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openers.shopping(page, site);
  await expect(updates(page).getByRole('listitem').filter({ visible: true })).toHaveCount(6);
  await expect(page.getByRole('group', { name: 'Sections' })).toHaveCount(0);
  const timeline = await updates(page).boundingBox();
  const chat = await page.locator('.chat').boundingBox();
  expect(timeline?.width).toBeGreaterThanOrEqual(280);
  expect(timeline?.width).toBeLessThanOrEqual(420);
  expect(chat?.width).toBeLessThanOrEqual(681);
  expect((timeline?.x ?? 0) + (timeline?.width ?? 0)).toBeLessThanOrEqual(chat?.x ?? 0);
});

for (const state of [
  'shopping',
  'hostile',
  'expired',
  'unavailable',
  'on the way',
  'delivery over',
  'decision, one of two',
  'items section',
  'vehicle form',
  'no link',
] as const) {
  test(
    `state ${state} needs no horizontal scrolling at any width`,
    { tag: '@slow' },
    async ({ page, site }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await openers[state](page, site);
      await expectNoHorizontalOverflow(page);
      await page.setViewportSize({ width: 1280, height: 800 });
      await expectNoHorizontalOverflow(page);
    },
  );
}

test(
  'the hostile updates section needs no horizontal scrolling',
  { tag: '@slow' },
  async ({ page, site }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await openers.hostile(page, site);
    await openSection(page, 'updates');
    await expect(updates(page)).toBeVisible();
    await expectNoHorizontalOverflow(page);
  },
);

test(
  'at 400 % zoom all content is readable and reachable',
  { tag: '@slow' },
  async ({ page, site }) => {
    await page.setViewportSize({ width: 320, height: 256 });
    await openers.shopping(page, site);
    await expectNoHorizontalOverflow(page);
    const message = page.getByText('You’re the best.');
    await message.scrollIntoViewIfNeeded();
    await expect(message).toBeInViewport();
    const thread = page.getByRole('region', { name: 'Message thread' });
    expect((await thread.boundingBox())?.height).toBeGreaterThan(100);
    await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  },
);

test(
  'with forced colours all content is visible and bubbles have a border',
  { tag: '@slow' },
  async ({ page, site }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await openers.shopping(page, site);
    const edge = await page
      .getByText('You’re the best.')
      .locator('xpath=ancestor::p')
      .evaluate((bubble) => getComputedStyle(bubble).borderTopWidth);
    expect(edge).toBe('1px');
  },
);

test('with reduced motion nothing is animated', { tag: '@slow' }, async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openers.loading(page, site);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test('a picture has its height before it is loaded', { tag: '@slow' }, async ({ page, site }) => {
  await page.route('**/pictures/photo/**', () => new Promise(() => undefined));
  await openers.delivered(page, site);
  const box = await page
    .getByRole('button', { name: /^Open Photo/ })
    .last()
    .boundingBox();
  expect(box).toMatchObject({ width: 240, height: 180 });
});

for (const state of ['shopping', 'long', 'hostile'] as const) {
  test(
    `the page in state ${state} is not higher than a phone's screen`,
    { tag: '@slow' },
    async ({ page, site }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await openers[state](page, site);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      expect(height).toBeLessThanOrEqual(844);
    },
  );
}
