import { expect, frameOf, test, withElement } from '@/tests/e2e/support/embed-test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { findBarriers } from '@/tests/e2e/support/find-barriers';
import { putOrder } from '@/tests/e2e/support/orders';

// What browsers and hosts take away from a frame.

test('where storage and cookies are blocked the order shows, goes on, and can be written to', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  // As browsers do with a frame of another site: each use throws.
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
  host.put('/blocked', { html: withElement(ordersUrl, await site.token(order.orderId)) });
  await page.goto(`${host.origin('shop.localhost')}/blocked`);
  await expect(frameOf(page).getByText('Hi John, I’m Zelma.')).toBeVisible();
  const poll = page.waitForResponse((response) => response.url().endsWith('/api/order/messages'));
  await frameOf(page)
    .locator('html')
    .evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  expect((await poll).status()).toBe(304);
  await frameOf(page).getByRole('textbox', { name: 'Message to Zelma' }).fill('Rye is fine');
  await frameOf(page).getByRole('button', { name: copy.composer.send, exact: true }).click();
  await expect(
    frameOf(page).getByRole('status').filter({ hasText: copy.announce.sent }),
  ).toHaveCount(1);
  expect(order.texts().at(-1)).toBe('Rye is fine');
});

test('a picture opens within the part of a tall frame that is on screen', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  await page.setViewportSize({ width: 390, height: 600 });
  const element = withElement(ordersUrl, await site.token('shopping'));
  host.put('/tall', {
    html: `<div style="height: 500px"></div>${element}<div style="height: 900px"></div>`,
  });
  await page.goto(`${host.origin('shop.localhost')}/tall`);
  const open = frameOf(page)
    .getByRole('button', { name: /^Open Photo/ })
    .last();
  await expect(open).toBeVisible();
  await open.scrollIntoViewIfNeeded();
  const scrolledPx = await page.evaluate(() => scrollY);
  await open.click();
  const dialog = frameOf(page).getByRole('dialog');
  const close = dialog.getByRole('button', { name: copy.chat.close });
  await expect(close).toBeInViewport({ ratio: 1 });
  await expect(dialog.getByRole('img')).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => scrollY)).toBe(scrolledPx);
  await page.mouse.wheel(0, -150);
  await expect(close).toBeInViewport({ ratio: 1 });
  await close.click();
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
});

test('framed there are no barriers either, whatever theme the host asks for', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const token = await site.token('shopping');
  for (const attributes of ['theme="dark"', 'theme="light" height="500"', 'check']) {
    host.put('/barriers', { html: withElement(ordersUrl, token, attributes) });
    await page.goto(`${host.origin('shop.localhost')}/barriers`);
    await expect(frameOf(page).getByText(/^(You’re the best|It answers)/)).toBeVisible();
    const frame = page.frames().find((one) => one.url().startsWith(`${ordersUrl}/embed`));
    expect(frame && (await findBarriers(frame)), attributes).toEqual([]);
  }
});

test('by keyboard the frame is a part of the page: in at its first stop, out after its last', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const element = withElement(ordersUrl, await site.token('documented'));
  host.put('/keys', { html: `<button>Before</button>${element}<button>After</button>` });
  await page.goto(`${host.origin('shop.localhost')}/keys`);
  await expect(frameOf(page).getByText('MessageBody').first()).toBeVisible();
  await page.getByRole('button', { name: 'Before' }).focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('order-status')).toBeFocused();
  for (let stops = 0; stops < 20; stops++) {
    await page.keyboard.press('Tab');
    if (
      await page
        .getByRole('button', { name: 'After' })
        .evaluate((b) => b === document.activeElement)
    )
      break;
  }
  await expect(page.getByRole('button', { name: 'After' })).toBeFocused();
  await expect(page.getByTitle('Order status')).toHaveCount(1);
});
