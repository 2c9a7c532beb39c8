import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/e2e/support/site-test';

test.beforeEach(async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(await site.link('shopping'));
  await expect(page.getByText('You’re the best.')).toBeVisible();
});

/** The outline of the focused element. */
function focusOutline(page: Page) {
  return page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(
      document.activeElement ?? document.body,
    );
    return { outlineStyle, outlineWidth };
  });
}

const visible = { outlineStyle: 'solid', outlineWidth: '2px' };

test('the Tab key focuses every control in order with a visible outline', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeVisible();
  const stops = [
    page.getByRole('link', { name: 'Contact the store' }),
    page.getByRole('button', { name: /^Chat/ }),
    page.getByRole('button', { name: /^Items/ }),
    page.getByRole('button', { name: 'Updates', exact: true }),
    page.getByRole('button', { name: 'Keep it' }),
    page.getByRole('button', { name: 'Refund it' }),
    page.getByRole('region', { name: 'Message thread' }),
  ];
  for (const stop of stops) {
    await page.keyboard.press('Tab');
    await expect(stop).toBeFocused();
    expect(await focusOutline(page)).toEqual(visible);
  }
});

test('Enter and Space switch the section, and the draft stays', async ({ page }) => {
  const entries = page.getByRole('region', { name: 'Updates' }).getByRole('listitem');
  const [chat, updates] = [
    page.getByRole('button', { name: /^Chat/ }),
    page.getByRole('button', { name: 'Updates', exact: true }),
  ];
  await page.getByRole('textbox').fill('Half a sent');
  await expect(entries.filter({ visible: true })).toHaveCount(0);
  await updates.focus();
  await page.keyboard.press('Enter');
  await expect(entries.filter({ visible: true })).toHaveCount(6);
  await expect(page.getByRole('textbox')).toBeHidden();
  await expect(updates).toBeFocused();
  await expect(updates).toHaveAttribute('aria-pressed', 'true');
  await chat.focus();
  await page.keyboard.press('Space');
  await expect(entries.filter({ visible: true })).toHaveCount(0);
  await expect(page.getByRole('textbox')).toHaveValue('Half a sent');
  const thread = page.getByRole('region', { name: 'Message thread' });
  const belowEndPx = await thread.evaluate(
    ({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop,
  );
  expect(belowEndPx).toBeLessThanOrEqual(1);
});

test('a picture opens with Enter, closes with Escape, and focus returns', async ({ page }) => {
  const picture = page.getByRole('button', { name: /^Open Photo from Amida/ });
  await picture.focus();
  expect((await picture.boundingBox())?.height).toBe(180);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Photo from Amida/ });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await expect(dialog.getByRole('img')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Contact the store' })).not.toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(picture).toBeFocused();
});

test(
  'the dialog closes by its button and by a click beside the picture',
  { tag: '@slow' },
  async ({ page }) => {
    const picture = page.getByRole('button', { name: /^Open Photo from Amida/ });
    const dialog = page.getByRole('dialog');
    await picture.click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toBeHidden();
    await picture.click();
    await page.mouse.click(5, 5);
    await expect(dialog).toBeHidden();
  },
);

test('the thread scrolls with the arrow keys', { tag: '@slow' }, async ({ page }) => {
  const thread = page.getByRole('region', { name: 'Message thread' });
  const place = () => thread.evaluate(({ scrollTop }) => scrollTop);
  await thread.focus();
  const atEnd = await place();
  await page.keyboard.press('ArrowUp');
  await expect.poll(place).toBeLessThan(atEnd);
  await page.keyboard.press('Home');
  await expect.poll(place).toBe(0);
  await page.keyboard.press('PageDown');
  await expect.poll(place).toBeGreaterThan(0);
});

test('a poll keeps the focus', { tag: '@slow' }, async ({ page }) => {
  const updates = page.getByRole('button', { name: 'Updates', exact: true });
  await updates.focus();
  const answered = page.waitForResponse('**/api/order/messages');
  await page.evaluate(() =>
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
  );
  await answered;
  await expect(updates).toBeFocused();
});

test('every control is at least 24 px wide and high', { tag: '@slow' }, async ({ page }) => {
  const sizes = await page
    .locator('button:visible, header a:visible, .chat p > a:visible')
    .evaluateAll((targets) =>
      targets.map((target) => ({
        name: target.textContent,
        height: target.getBoundingClientRect().height,
        width: target.getBoundingClientRect().width,
      })),
    );
  expect(sizes.length).toBeGreaterThan(3);
  for (const size of sizes) {
    expect(size.height, size.name).toBeGreaterThanOrEqual(24);
    expect(size.width, size.name).toBeGreaterThanOrEqual(24);
  }
});
