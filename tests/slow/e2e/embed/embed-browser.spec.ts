import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { findAxeViolations } from '@/tests/e2e/support/find-axe-violations';
import { putOrder } from '@/tests/e2e/support/orders';

// Frames with restrictions of the browser, keyboard users and themes of the host.

test('an order in a frame without storage and cookies is shown, updated and answered', async ({
  page,
  site,
  openOrder,
}) => {
  // Browsers throw in this way in a frame of another site.
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    Object.defineProperty(Document.prototype, 'cookie', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  });
  const order = putOrder(site);
  await openOrder(order.orderId);
  await expect(frameOf(page).getByText('Hi John, I’m Zelma.')).toBeVisible();
  const poll = page.waitForResponse((response) => response.url().endsWith('/api/order/messages'));
  await frameOf(page)
    .locator('html')
    .evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  // 200 if details of the order have arrived since.
  expect([200, 304]).toContain((await poll).status());
  await frameOf(page).getByRole('textbox', { name: 'Message to Zelma' }).fill('Rye is fine');
  await frameOf(page).getByRole('button', { name: copy.composer.send, exact: true }).click();
  await expect(
    frameOf(page).getByRole('status').filter({ hasText: copy.announce.sent }),
  ).toHaveCount(1);
  expect(order.texts().at(-1)).toBe('Rye is fine');
});

test('axe finds no violation in the frame with any theme', async ({
  page,
  site,
  ordersUrl,
  openHostPage,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const token = await site.token('shopping');
  for (const attributes of ['theme="dark"', 'theme="light" height="500"', 'check']) {
    await openHostPage(elementHtml(ordersUrl, token, attributes));
    await expect(frameOf(page).getByText(/^(You’re the best|It answers)/)).toBeVisible();
    const frame = page.frames().find((one) => one.url().startsWith(`${ordersUrl}/embed`));
    expect(frame && (await findAxeViolations(frame)), attributes).toEqual([]);
  }
});
