import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test, withElement } from '@/tests/e2e/support/embed-test';
import { putOrder } from '@/tests/e2e/support/orders';

const GREETING = 'You’re the best.';

test('a token that is taken away takes the order off the page', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  host.put('/left', { html: withElement(ordersUrl, await site.token('shopping')) });
  await page.goto(`${host.origin('shop.localhost')}/left`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await page.locator('order-status').evaluate((element) => element.removeAttribute('token'));
  await expect(page.locator('order-status iframe')).toHaveCount(0);
  expect(await heard(page)).toContainEqual(['token-needed', { reason: 'missing' }]);
  await page.locator('order-status').evaluate(
    (element, token) => {
      Object.assign(element, { token });
    },
    await site.token('waiting'),
  );
  await expect(frameOf(page).getByText(copy.chat.waiting)).toBeVisible();
});

test('the host hears of unread messages and of the end of the chat', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  const order = putOrder(site);
  order.add({ from: 'driver', body: 'One more thing' });
  host.put('/unread', { html: withElement(ordersUrl, await site.token(order.orderId)) });
  await page.goto(`${host.origin('shop.localhost')}/unread`);
  await expect(frameOf(page).getByText('One more thing')).toBeVisible();
  await expect
    .poll(async () => (await heard(page)).filter(([name]) => name === 'unread').at(-1))
    .toEqual(['unread', { count: 2 }]);
  host.put('/over', { html: withElement(ordersUrl, await site.token('expired')) });
  await page.goto(`${host.origin('shop.localhost')}/over`);
  await expect.poll(() => heard(page)).toContainEqual(['expired', { what: 'chat' }]);
});
