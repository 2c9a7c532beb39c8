import { putOrder, watchPolls } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// A link is opened more than once: reloaded, left and come back to, kept, sent on to oneself.

const GREETING = 'Hi John, I’m Zelma.';

test('reload, away and back, and the address opened elsewhere show the order each time', async ({
  page,
  context,
  site,
}) => {
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(page.getByText(GREETING)).toBeVisible();
  await page.reload();
  await expect(page.getByText(GREETING)).toBeVisible();
  await page.goto('data:text/html,<title>Elsewhere</title>');
  await page.goBack();
  await expect(page.getByText(GREETING)).toBeVisible();
  // What a bookmark keeps and a share sheet passes on is the address as it stands.
  const kept = await context.newPage();
  await kept.goto(page.url());
  await expect(kept.getByText(GREETING)).toBeVisible();
});

test('back from the browser’s memory of whole pages it asks at once', async ({ page, site }) => {
  const order = putOrder(site);
  const polls = watchPolls(page);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText(GREETING)).toBeVisible();
  expect(polls).toHaveLength(1);
  order.add({ from: 'driver', body: 'While you were away' });
  // A page with no-store is not kept there by every browser; this is what one does that keeps it.
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await expect.poll(() => polls.length).toBe(2);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow')));
  expect(polls).toHaveLength(2);
});

test('a tab left open over night catches up at once', async ({ page, site }) => {
  await page.clock.install();
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText(GREETING)).toBeVisible();
  const look = (state: string) =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, state);
  const polls = watchPolls(page);
  await look('hidden');
  await page.clock.fastForward('09:00:00');
  // A hidden page with an open chat polls once a minute; time that leaps fires its timer once.
  await expect.poll(() => polls.length).toBe(1);
  order.add({ from: 'driver', body: 'Left at the door' });
  await page.clock.runFor(1_000);
  await look('visible');
  await expect.poll(() => polls.length).toBeGreaterThan(1);
  // The server's own clock has not moved: what it read just before stays fresh for two seconds.
  await expect
    .poll(async () => {
      await look('visible');
      await page.clock.runFor(100);
      return page.getByText('Left at the door', { exact: true }).isVisible();
    })
    .toBe(true);
});
