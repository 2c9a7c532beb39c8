import { copy } from '@/lib/order/copy/en-US/order-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/composer-test';

test.use({ allowedNoise: /status of (429|503)/ });

test('the fourth of four quick messages is sent after the limit allows it', async ({
  site,
  open,
}) => {
  const order = putOrder(site);
  const surface = await open('page', order.orderId);
  for (const text of ['One', 'Two', 'Three', 'Four']) await surface.write(text);
  await expect.poll(() => order.texts().slice(-3)).toEqual(['One', 'Two', 'Three']);
  await expect(surface.body.getByText(copy.delivery.sending)).toBeVisible();
  await expect.poll(() => order.texts().at(-1), { timeout: 15_000 }).toBe('Four');
  await expect(surface.body.getByText(copy.delivery.failed)).toHaveCount(0);
});

test('a message that Connect rejects is shown as not sent', async ({ site, open }) => {
  const order = putOrder(site);
  const surface = await open('page', order.orderId);
  order.fault({ route: 'send', kind: 'status', status: 429, retryAfter: '30', times: 1 });
  await surface.write('Organic is fine');
  await expect(surface.body.getByText(copy.delivery.failed)).toBeVisible();
  await expect(surface.announced(copy.announce.failed)).toHaveCount(1);
  expect(order.texts()).not.toContain('Organic is fine');
  await surface.body.getByRole('button', { name: copy.delivery.remove }).click();
  await expect(surface.bubbles('Organic is fine')).toHaveCount(0);
});
