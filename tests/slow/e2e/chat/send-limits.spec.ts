import { copy } from '@/lib/order/copy/en-US/order-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/send-place';

test.use({ allowedNoise: /status of (429|503)/ });

test('the fourth of four quick messages waits its turn by itself', async ({ site, open }) => {
  const order = putOrder(site);
  const place = await open('page', order.orderId);
  for (const text of ['One', 'Two', 'Three', 'Four']) await place.write(text);
  await expect.poll(() => order.texts().slice(-3)).toEqual(['One', 'Two', 'Three']);
  await expect(place.body.getByText(copy.delivery.sending)).toBeVisible();
  await expect.poll(() => order.texts().at(-1), { timeout: 15_000 }).toBe('Four');
  await expect(place.body.getByText(copy.delivery.failed)).toHaveCount(0);
});

test('what Connect would not take is not sent, and the customer knows', async ({ site, open }) => {
  const order = putOrder(site);
  const place = await open('page', order.orderId);
  order.fault({ route: 'send', kind: 'status', status: 429, retryAfter: '30', times: 1 });
  await place.write('Organic is fine');
  await expect(place.body.getByText(copy.delivery.failed)).toBeVisible();
  await expect(place.announced(copy.announce.failed)).toHaveCount(1);
  expect(order.texts()).not.toContain('Organic is fine');
  await place.body.getByRole('button', { name: copy.delivery.remove }).click();
  await expect(place.bubbles('Organic is fine')).toHaveCount(0);
});
