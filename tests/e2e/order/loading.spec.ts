import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { toSteps } from '@/lib/order/stages';
import { inMinutes } from '@/tests/simulator/order-script';
import {
  addProgress,
  putOrder,
  refuseDetails,
  shoppingSteps,
  watchPolls,
  windowOf,
} from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

/** The layout shift score as browsers measure it. */
const MEASURE_SHIFTS = `
  self.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      self.shifts.push({ value, moved: sources.map(({ node }) => node?.className ?? '') });
  }).observe({ type: 'layout-shift', buffered: true });
`;

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
        await page.addInitScript(MEASURE_SHIFTS);
        await page.setViewportSize({ width, height });
        const { orderId } = putOrder(site, [...shoppingSteps, headline]);
        if (kind === 'update') refuseDetails(site, orderId);
        else await addProgress(page, { window: windowOf(10, 70) });
        const answer = await blockUntilCalled(page, '**/api/order/messages');
        await page.goto(await site.link(orderId));
        await expect(page.getByRole('status')).toHaveText(copy.loading);
        const outline = page.locator('.status, .updates, .chat').filter({ visible: true });
        const measure = () =>
          outline.evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect().top));
        const before = await measure();
        answer();
        await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
        const after = await measure();
        // A narrow page shows the chat section first.
        expect(before).toHaveLength(width < 720 ? 2 : 3);
        for (const [i, top] of after.entries())
          expect(Math.abs(top - (before[i] ?? 0))).toBeLessThanOrEqual(leewayPx);
        const shifts = await page.evaluate<{ value: number }[]>('self.shifts');
        const total = shifts.reduce((sum, { value }) => sum + value, 0);
        expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(0.02);
      },
    );

/** Blocks matching requests until the returned function is called. */
async function blockUntilCalled(page: Page, pattern: string): Promise<() => void> {
  let unblock = () => {};
  const unblocked = new Promise<void>((resolve) => (unblock = resolve));
  await page.route(pattern, async (route) => {
    await unblocked;
    await route.fallback();
  });
  return unblock;
}

function readType(element: Element) {
  const { x, y, height } = element.getBoundingClientRect();
  const { lineHeight, fontSize } = getComputedStyle(element);
  const { content } = getComputedStyle(element, '::before');
  return { x, y, height, lineHeight: Number.parseFloat(lineHeight), fontSize, content };
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

const LONG_HEADLINE =
  'Your shopper could not find three of the things on your list and has put in others that come close; please look.';

for (const width of [390, 1280])
  for (const text of ['Your shopper is now at the checkout.', LONG_HEADLINE])
    test(
      `a headline of ${text.length} characters is shown before any script and shifts nothing (${width} px)`,
      { tag: '@slow' },
      async ({ page, site }) => {
        await page.addInitScript(MEASURE_SHIFTS);
        await page.setViewportSize({ width, height: 844 });
        const unblockScripts = await blockUntilCalled(page, '**/_next/static/**/*.js');
        const polls = watchPolls(page);
        const order = putOrder(site, [...shoppingSteps, inMinutes.notice(6, text, ['sms'])]);
        refuseDetails(site, order.orderId);
        await page.goto(await site.link(order.orderId), { waitUntil: 'commit' });
        const early = page.locator('#early-headline');
        await expect(early).toHaveAttribute('data-text', text);
        const before = await early.evaluate(readType);
        expect(before.content).not.toBe('none');
        // The clip shows whole lines only.
        expect(before.height % before.lineHeight).toBe(0);
        unblockScripts();
        const final = page.getByRole('heading', { name: text });
        await expect(final).toBeVisible();
        await expect(early).toHaveCount(0);
        const { lineHeight, fontSize, x, y } = await final.evaluate(readType);
        expect(before).toMatchObject({ lineHeight, fontSize, x, y });
        expect(await page.evaluate('self.shifts')).toEqual([]);
        expect(polls).toEqual(['GET']);
      },
    );

for (const { name, progress, text } of [
  { name: 'Zelma', progress: { stage: 'shopping' }, text: 'Zelma is shopping your order' },
  { name: 'זלמה', progress: { stage: 'shopping' }, text: 'זלמה is shopping your order' },
  { name: 'A'.repeat(19), progress: { stage: 'shopping' }, text: 'Your order is being shopped' },
  { name: 'Zelma', progress: { type: 'pickup', stage: 'done' }, text: 'Picked up' },
] as const)
  test(
    `the stage “${text}” is shown before any script, as afterwards`,
    { tag: '@slow' },
    async ({ page, site }) => {
      await page.addInitScript(MEASURE_SHIFTS);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.route('**/api/order/messages', async (route) => {
        const response = await route.fetch();
        const view = await response.json();
        for (const shopper of view.people.shoppers) shopper.name = name;
        const { type = 'delivery', stage } = { type: undefined, ...progress };
        const order = { type, stage, steps: toSteps(type, stage), isLate: false };
        await route.fulfill({ response, json: { ...view, order } });
      });
      const unblockScripts = await blockUntilCalled(page, '**/_next/static/**/*.js');
      await page.goto(await site.link(putOrder(site).orderId), { waitUntil: 'commit' });
      const early = page.locator('#early-headline');
      await expect(early).toHaveAttribute('data-stage', '');
      const before = await early.evaluate(readType);
      expect(before.content.replace(/[\u2068\u2069"]/g, '')).toBe(text);
      unblockScripts();
      const final = page.getByRole('heading', { level: 1, name: text });
      await expect(final).toBeVisible();
      const { lineHeight, fontSize, x, y } = await final.evaluate(readType);
      expect(before).toMatchObject({ lineHeight, fontSize, x, y });
      expect(await page.evaluate('self.shifts')).toEqual([]);
    },
  );

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

// The first time format costs a slow phone 0.2 s, which is free while the scripts load.
test(
  'the first time format is created after the headline is shown and before scripts are loaded',
  { tag: '@slow' },
  async ({ page, site }) => {
    await page.addInitScript(`
    self.clocks = [];
    Intl.DateTimeFormat = class extends Intl.DateTimeFormat {
      constructor(...given) {
        super(...given);
        self.clocks.push(document.getElementById('early-headline')?.dataset.text);
      }
    };
  `);
    const unblockScripts = await blockUntilCalled(page, '**/_next/static/**/*.js');
    const { orderId } = putOrder(site);
    refuseDetails(site, orderId);
    await page.goto(await site.link(orderId), { waitUntil: 'commit' });
    await expect
      .poll(() => page.evaluate('self.clocks'))
      .toEqual(['Your shopper is picking your order.']);
    unblockScripts();
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
