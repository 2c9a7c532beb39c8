import { inMinutes } from '@/tests/simulator/order-script';
import { putOrder, shoppingSteps } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

test('a printed page contains the whole chat and timeline and no controls', async ({
  page,
  site,
}) => {
  const many = Array.from({ length: 70 }, (_, n) =>
    inMinutes.fromShopper(5 + n / 60, `Line ${n}.`),
  );
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(await site.link(putOrder(site, [...shoppingSteps, ...many]).orderId));
  await expect(page.getByText('Line 69.')).toBeVisible();
  await expect(page.getByText('Line 0.')).toHaveCount(0);
  // Browsers print the DOM as it is when `beforeprint` returns.
  await page.pdf();
  await expect(page.getByText('Line 0.')).toHaveCount(1);
  await page.emulateMedia({ media: 'print' });
  const thread = page.getByRole('region', { name: 'Message thread' });
  const cutPx = await thread.evaluate((element) => element.scrollHeight - element.clientHeight);
  expect(cutPx).toBeLessThanOrEqual(1);
  await expect(page.locator('.updates li')).toHaveCount(2);
  await expect(page.locator('.updates li').last()).toBeVisible();
  await expect(page.locator('.updates li').first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const control of await page.getByRole('button').all()) await expect(control).toBeHidden();
  await expect(page.getByRole('textbox')).toBeHidden();
});
