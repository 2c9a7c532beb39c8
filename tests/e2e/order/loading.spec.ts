import { copy } from '@/lib/order/copy/en-US/order-page';
import { checkoutNotice, holdBack, MEASURE_SHIFTS } from '@/tests/e2e/support/loading';
import { putOrder, shoppingSteps, watchPolls } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

for (const { width, height, leewayPx } of [
  { width: 390, height: 844, leewayPx: 4 },
  { width: 768, height: 1024, leewayPx: 0 },
  { width: 1280, height: 800, leewayPx: 0 },
]) {
  test(`the outline of the page stands still while the order comes (${width} px)`, async ({
    page,
    site,
  }) => {
    const answer = await holdBack(page, '**/api/order/messages');
    await page.addInitScript(MEASURE_SHIFTS);
    await page.setViewportSize({ width, height });
    await page.goto(await site.link(putOrder(site, [...shoppingSteps, checkoutNotice]).orderId));
    await expect(page.getByRole('status')).toHaveText(copy.loading);
    const outline = page.locator('.now, .updates, .chat');
    const measure = () =>
      outline.evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect().top));
    const before = await measure();
    answer();
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
    const after = await measure();
    expect(before).toHaveLength(3);
    for (const [i, top] of after.entries())
      expect(Math.abs(top - (before[i] ?? 0))).toBeLessThanOrEqual(leewayPx);
    const shifts = await page.evaluate<{ value: number }[]>('self.shifts');
    const total = shifts.reduce((sum, { value }) => sum + value, 0);
    expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(0.02);
  });
}

test('the order is asked for before style sheet and scripts have come', async ({ page, site }) => {
  const asked = page.waitForRequest('**/api/order/messages');
  await page.route('**/_next/static/**', async (route) => {
    await asked;
    await route.continue();
  });
  const polls = watchPolls(page);
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  expect(polls).toEqual(['GET']);
});
