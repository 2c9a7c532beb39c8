import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';
import { putOrder } from '@/tests/e2e/support/orders';

const GREETING = 'You’re the best.';

test('an element without a token dispatches token-needed, unless the property was set before its script ran', async ({
  page,
  site,
  ordersUrl,
  openHostPage,
  hostEvents,
}) => {
  const token = await site.token('shopping');
  const script = `<script type="module" src="${ordersUrl}/embed.js"></script>`;
  await openHostPage(`<order-status></order-status>${script}`);
  await expect.poll(() => hostEvents()).toEqual([['token-needed', { reason: 'missing' }]]);
  await page.locator('order-status').evaluate((element, given) => {
    Object.assign(element, { token: given });
  }, token);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await openHostPage(`<order-status></order-status>
      <script>document.querySelector('order-status').token = '${token}'</script>${script}`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  expect(await hostEvents('token-needed')).toEqual([]);
});

test(
  'a removed token removes the order from the page',
  { tag: '@slow' },
  async ({ page, site, openOrder, hostEvents }) => {
    await openOrder('shopping');
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    await page.locator('order-status').evaluate((element) => element.removeAttribute('token'));
    await expect(page.locator('order-status iframe')).toHaveCount(0);
    expect(await hostEvents()).toContainEqual(['token-needed', { reason: 'missing' }]);
    await page.locator('order-status').evaluate(
      (element, token) => {
        Object.assign(element, { token });
      },
      await site.token('waiting'),
    );
    await expect(frameOf(page).getByText(copy.waiting.title)).toBeVisible();
  },
);

test.describe('a link that is not valid', () => {
  test.use({ allowedNoise: /status of (401|404|410|503)/ });

  test('a renewed link causes no error and no fallback link ten seconds later', async ({
    page,
    site,
    ordersUrl,
    openHostPage,
    hostEvents,
  }) => {
    await page.clock.install();
    const expired = await site.token('shopping', { exp: 1_700_000_000 });
    await openHostPage(elementHtml(ordersUrl, expired));
    await expect(frameOf(page).getByText(copy.problems.link_expired.title)).toBeVisible();
    for (const token of [await site.token('shopping'), await site.token('documented')]) {
      // Chromium dispatches `load` when the fragment of a frame of another site changes.
      await page.locator('order-status').evaluate((element, renewed) => {
        const frame = element.shadowRoot?.querySelector('iframe');
        const loaded = new Promise((resolve) => frame?.addEventListener('load', resolve));
        Object.assign(element, { token: renewed });
        return loaded;
      }, token);
      await page.clock.runFor(11_000);
    }
    await expect(page.getByRole('link', { name: 'Open in a new tab' })).toBeHidden();
    expect(await hostEvents('error')).toEqual([]);
  });

  test('an invalid link and an unknown order are reported differently', async ({
    ordersUrl,
    openHostPage,
    openOrder,
    hostEvents,
  }) => {
    await openHostPage(elementHtml(ordersUrl, 'garbage'));
    await expect.poll(() => hostEvents()).toContainEqual(['token-needed', { reason: 'invalid' }]);
    await openOrder('nowhere');
    await expect.poll(() => hostEvents()).toContainEqual(['error', { code: 'order_not_found' }]);
  });
});

test(
  'the host receives the unread count and the end of the chat',
  { tag: '@slow' },
  async ({ page, site, openOrder, hostEvents }) => {
    const order = putOrder(site);
    order.add({ from: 'driver', body: 'One more thing' });
    await openOrder(order.orderId);
    await expect(frameOf(page).getByText('One more thing')).toBeVisible();
    // A second after that the messages are read, and the count falls.
    await expect.poll(() => hostEvents('unread')).toContainEqual(['unread', { count: 2 }]);
    await openOrder('expired');
    await expect.poll(() => hostEvents()).toContainEqual(['expired', { what: 'chat' }]);
  },
);
