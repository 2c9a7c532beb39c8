import { putOrder, watchPolls } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// Customers return to a link. Reload and Back are in tests/browsers/return.spec.ts.

const GREETING = 'Hi John, I’m Zelma.';

test('a page restored from the back/forward cache polls at once', async ({ page, site }) => {
  const order = putOrder(site);
  const polls = watchPolls(page);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText(GREETING)).toBeVisible();
  expect(polls).toHaveLength(1);
  order.add({ from: 'driver', body: 'While you were away' });
  // Few browsers cache a page with no-store; the events simulate a browser that does.
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await expect.poll(() => polls.length).toBe(2);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow')));
  expect(polls).toHaveLength(2);
});

test('a tab left open overnight polls at once when visible', async ({ page, site }) => {
  await page.clock.install();
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText(GREETING)).toBeVisible();
  const setVisibility = (state: string) =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, state);
  const polls = watchPolls(page);
  await setVisibility('hidden');
  await page.clock.fastForward('09:00:00');
  // A hidden page with an open chat polls once per minute. Fast-forwarding fires the timer once.
  await expect.poll(() => polls.length).toBe(1);
  order.add({ from: 'driver', body: 'Left at the door' });
  await page.clock.runFor(1_000);
  await setVisibility('visible');
  await expect.poll(() => polls.length).toBeGreaterThan(1);
  // The server's clock has not moved, so the server caches the previous read for two seconds.
  await expect
    .poll(async () => {
      await setVisibility('visible');
      await page.clock.runFor(100);
      return page.getByText('Left at the door', { exact: true }).isVisible();
    })
    .toBe(true);
});
