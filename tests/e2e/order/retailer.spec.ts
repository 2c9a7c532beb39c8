import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, test } from '@/tests/e2e/support/site-test';

test.use({ siteEnv: { MESSAGING: 'retailer', RETAILER_NAME: '', SUPPORT_URL: '' } });

test('a store that sends its own messages shows the timeline and an explanation instead of the chat', async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(await site.link('shopping'));
  await expect(page.getByText(copy.chat.unavailableHint)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Updates' }).getByRole('listitem')).toHaveCount(6);
  await expect(page.getByText('You’re the best.')).toHaveCount(0);
});

test('a store without a name and a support address shows neither', async ({ page, site }) => {
  await page.goto(await site.link('waiting'));
  await expect(page.getByText(copy.chat.unavailableHint)).toBeVisible();
  await expect(page).toHaveTitle(copy.title(''));
  await expect(page.getByRole('link')).toHaveCount(0);
});
