import { expect, test } from './site-test';

test('shows who has the order and what was said', async ({ page, site }) => {
  await page.goto(await site.link('documented'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Your order has been picked up.',
  );
  await expect(page.getByText('Robert has your order', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Message thread' })).toContainText('MessageBody');
});
