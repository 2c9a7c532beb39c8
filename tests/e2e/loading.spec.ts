import { words } from '@/lib/order/words';
import { inMinutes } from '@/tests/simulator/order-script';
import { putOrder, shoppingSteps, watchPolls } from './orders';
import { expect, test } from './site-test';

/** How much the page's boxes have moved by themselves, as browsers measure it. */
const MEASURE_SHIFTS = `
  self.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      self.shifts.push({ value, moved: sources.map(({ node }) => node?.className ?? '') });
  }).observe({ type: 'layout-shift', buffered: true });
`;

// Two lines on a narrow page and one on a wider one, in whatever font the system has.
const headline = inMinutes.notice(6, 'Your shopper is now at the checkout.', ['sms']);

for (const { width, height, leewayPx } of [
  { width: 390, height: 844, leewayPx: 4 },
  { width: 768, height: 1024, leewayPx: 0 },
  { width: 1280, height: 800, leewayPx: 0 },
]) {
  test(`the outline of the page stands still while the order comes (${width} px)`, async ({
    page,
    site,
  }) => {
    let answer: (() => void) | undefined;
    const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/order/messages', async (route) => {
      await mayAnswer;
      await route.continue();
    });
    await page.addInitScript(MEASURE_SHIFTS);
    await page.setViewportSize({ width, height });
    await page.goto(await site.link(putOrder(site, [...shoppingSteps, headline]).orderId));
    await expect(page.getByRole('status')).toHaveText(words.loading);
    const outline = page.locator('.now, .updates, .chat');
    const measure = () =>
      outline.evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect().top));
    const before = await measure();
    answer?.();
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
    const after = await measure();
    expect(before).toHaveLength(3);
    for (const [i, top] of after.entries())
      expect(Math.abs(top - (before[i] ?? 0))).toBeLessThanOrEqual(leewayPx);
    const shifts = await page.evaluate<{ value: number }[]>('self.shifts');
    const total = shifts.reduce((sum, { value }) => sum + value, 0);
    expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(0.02);
  });
}

test('the order is asked for before any of the page’s scripts has come', async ({ page, site }) => {
  const asked = page.waitForRequest('**/api/order/messages');
  await page.route('**/_next/static/**/*.js', async (route) => {
    await asked;
    await route.continue();
  });
  const polls = watchPolls(page);
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  expect(polls).toEqual(['GET']);
});

// It costs a slow phone 0.2 s, which it has while the scripts are on their way.
test('the first clock is made when the skeleton has been painted and no script has come', async ({
  page,
  site,
}) => {
  await page.addInitScript(`
    self.clocks = [];
    Intl.DateTimeFormat = class extends Intl.DateTimeFormat {
      constructor(...given) {
        super(...given);
        self.clocks.push(performance.getEntriesByName('first-contentful-paint').length);
      }
    };
  `);
  let bringScripts: (() => void) | undefined;
  const brought = new Promise<void>((resolve) => (bringScripts = resolve));
  await page.route('**/_next/static/**/*.js', async (route) => {
    await brought;
    await route.continue();
  });
  await page.goto(await site.link(putOrder(site).orderId), { waitUntil: 'commit' });
  await expect.poll(() => page.evaluate('self.clocks')).toEqual([1]);
  bringScripts?.();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
});

for (const end of ['.)', '”', '%22%3E', '。'])
  test(`a link that swallowed the end of its sentence works all the same: ${end}`, async ({
    page,
    site,
  }) => {
    const polls = watchPolls(page);
    await page.goto((await site.link(putOrder(site).orderId)) + end);
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
    expect(polls).toEqual(['GET']);
  });
