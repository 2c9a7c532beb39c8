import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openers } from '@/tests/e2e/support/states';

function updates(page: Page) {
  return page.getByRole('region', { name: 'Updates' });
}

test('narrow: one column, the timeline folded, the chat filling what is left', async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openers.shopping(page, site);
  const shown = updates(page).getByRole('listitem').filter({ visible: true });
  await expect(shown).toHaveCount(0);
  await expect(updates(page).getByRole('button')).toContainText('Sent by text and app');
  await updates(page).getByRole('button').click();
  await expect(shown).toHaveCount(6);
  await updates(page).getByRole('button').click();
  await expect(shown).toHaveCount(0);
  const chat = await page.locator('.chat').boundingBox();
  expect((chat?.y ?? 0) + (chat?.height ?? 0)).toBeCloseTo(844, 0);
  expect(chat?.height).toBeGreaterThan(400);
});

test('wide: the timeline beside the chat, all of it', async ({ page, site }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openers.shopping(page, site);
  await expect(updates(page).getByRole('listitem').filter({ visible: true })).toHaveCount(6);
  await expect(updates(page).getByRole('button')).toBeHidden();
  const timeline = await updates(page).boundingBox();
  const chat = await page.locator('.chat').boundingBox();
  expect(timeline?.width).toBeCloseTo(340, 0);
  expect((timeline?.x ?? 0) + (timeline?.width ?? 0)).toBeLessThanOrEqual(chat?.x ?? 0);
});
