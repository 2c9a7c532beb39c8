import { copy } from '@/lib/order/copy/en-US/order-page';
import { inMinutes } from '@/tests/simulator/order-script';
import {
  addProgress,
  putOrder,
  refuseDetails,
  shoppingSteps,
  watchPolls,
  windowOf,
} from '@/tests/e2e/support/orders';
import { observeShifts, readShifts } from '@/tests/e2e/support/layout-shifts';
import { blockUntilCalled } from '@/tests/e2e/support/requests';
import { expect, test } from '@/tests/e2e/support/site-test';

// A text of two lines on a narrow page and one line on a wider page in any system font.
const headline = inMinutes.notice(6, 'Your shopper is now at the checkout.', ['sms']);

for (const { width, height, leewayPx } of [
  { width: 390, height: 844, leewayPx: 4 },
  { width: 768, height: 1024, leewayPx: 0 },
  { width: 1280, height: 800, leewayPx: 0 },
])
  for (const kind of ['update', 'stage'] as const)
    test(
      `the layout does not shift while the order loads (headline: ${kind}, ${width} px)`,
      { tag: kind === 'update' ? '@slow' : [] },
      async ({ page, site }) => {
        await observeShifts(page);
        await page.setViewportSize({ width, height });
        const { orderId } = putOrder(site, [...shoppingSteps, headline]);
        if (kind === 'update') refuseDetails(site, orderId);
        else await addProgress(page, { window: windowOf(10, 70) });
        const answer = await blockUntilCalled(page, '**/api/order/messages');
        await page.goto(await site.link(orderId));
        await expect(page.getByRole('status')).toHaveText(copy.loading);
        // Without a stage there are no items, whose place above the updates is then given up.
        const boxes = kind === 'update' ? '.status, .chat' : '.status, .updates, .chat';
        const before = await page.evaluate(readTops, boxes);
        answer();
        await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
        const after = await page.evaluate(readTops, boxes);
        // A narrow page shows the chat section first.
        expect(before).toHaveLength(width < 720 || kind === 'update' ? 2 : 3);
        for (const [i, top] of after.entries())
          expect(Math.abs(top - (before[i] ?? 0))).toBeLessThanOrEqual(leewayPx);
        const { total, shifts } = await readShifts(page);
        expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(0.02);
      },
    );

/** Reads all boxes at once: a locator would find and measure them in two steps, and React may replace them in between. */
function readTops(boxes: string): number[] {
  return [...document.querySelectorAll(boxes)]
    .map((box) => box.getBoundingClientRect())
    .filter(({ height }) => height > 0)
    .map(({ top }) => top);
}

test('the order is requested before the style sheet and scripts are loaded', async ({
  page,
  site,
}) => {
  const requested = page.waitForRequest('**/api/order/messages');
  await page.route('**/_next/static/**', async (route) => {
    await requested;
    await route.continue();
  });
  const polls = watchPolls(page);
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  expect(polls).toEqual(['GET']);
});

test(
  'a link opened before the page has started is the link that is shown',
  { tag: '@slow' },
  async ({ page, site }) => {
    const [before, after] = [putOrder(site, [...shoppingSteps, headline]), putOrder(site)];
    for (const { orderId } of [before, after]) refuseDetails(site, orderId);
    const [, token] = (await site.link(after.orderId)).split('#');
    const unblockScripts = await blockUntilCalled(page, '**/_next/static/**/*.js');
    await page.goto(await site.link(before.orderId), { waitUntil: 'commit' });
    const early = page.locator('#early-headline');
    await expect(early).toHaveAttribute('data-text', 'Your shopper is now at the checkout.');
    await page.evaluate((hash) => void (location.hash = hash), token ?? '');
    await expect(early).toHaveAttribute('data-text', 'Your shopper is picking your order.');
    unblockScripts();
    await expect(page.getByRole('heading', { name: 'picking your order' })).toBeVisible();
  },
);

test(
  'a link opened during loading does not show the headline of the previous order',
  { tag: '@slow' },
  async ({ page, site }) => {
    const [before, after] = [putOrder(site, [...shoppingSteps, headline]), putOrder(site)];
    for (const { orderId } of [before, after]) refuseDetails(site, orderId);
    const answer = await blockUntilCalled(page, '**/api/order/messages');
    await page.goto(await site.link(before.orderId));
    // The page has started, and the answer has not arrived.
    await page.waitForFunction(() => globalThis.earlyOrderRequest === undefined);
    const [, token] = (await site.link(after.orderId)).split('#');
    const requestedAgain = page.waitForRequest('**/api/order/messages');
    await page.evaluate((hash) => (location.hash = hash), token ?? '');
    await requestedAgain;
    const panelMarkup = page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const texts: string[] = [];
          new MutationObserver(() => {
            texts.push(document.querySelector('.status')?.outerHTML ?? '');
            if (document.querySelector('.status h1')) resolve(texts);
          }).observe(document, { childList: true, subtree: true, attributes: true });
        }),
    );
    answer();
    for (const text of await panelMarkup) expect(text).not.toContain('at the checkout');
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  },
);

for (const end of ['.)', '”', '%22%3E', '。'])
  test(
    `a link with punctuation of its sentence appended opens the order: ${end}`,
    { tag: '@slow' },
    async ({ page, site }) => {
      const polls = watchPolls(page);
      await page.goto((await site.link(putOrder(site).orderId)) + end);
      await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
      expect(polls).toEqual(['GET']);
    },
  );
