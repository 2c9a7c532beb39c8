import { words } from '@/lib/order/words';
import { expect, test } from './embed-test';
import { putOrder } from './orders';
import { openPlace } from './send-place';

test.use({ allowedNoise: /status of (429|503)/ });

test('the fourth of four quick messages waits its turn by itself', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const order = putOrder(site);
  const place = await openPlace('page', { page, host, site, ordersUrl }, order.orderId);
  for (const text of ['One', 'Two', 'Three', 'Four']) await place.write(text);
  await expect.poll(() => order.texts().slice(-3)).toEqual(['One', 'Two', 'Three']);
  await expect(place.body.getByText(words.delivery.sending)).toBeVisible();
  await expect.poll(() => order.texts().at(-1), { timeout: 15_000 }).toBe('Four');
  await expect(place.body.getByText(words.delivery.failed)).toHaveCount(0);
});

test('what Connect would not take is not sent, and the customer knows', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const order = putOrder(site);
  const place = await openPlace('page', { page, host, site, ordersUrl }, order.orderId);
  order.fault({ route: 'send', kind: 'status', status: 429, retryAfter: '30', times: 1 });
  await place.write('Organic is fine');
  await expect(place.body.getByText(words.delivery.failed)).toBeVisible();
  await expect(place.announced(words.announce.failed)).toHaveCount(1);
  expect(order.texts()).not.toContain('Organic is fine');
  await place.body.getByRole('button', { name: words.delivery.remove }).click();
  await expect(place.bubbles('Organic is fine')).toHaveCount(0);
});
