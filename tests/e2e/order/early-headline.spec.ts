import { inMinutes } from '@/tests/simulator/order-script';
import {
  addProgress,
  putOrder,
  refuseDetails,
  shoppingSteps,
  watchPolls,
} from '@/tests/e2e/support/orders';
import { observeShifts, readShifts } from '@/tests/e2e/support/layout-shifts';
import { blockUntilCalled } from '@/tests/e2e/support/requests';
import { expect, test } from '@/tests/e2e/support/site-test';

function readType(element: Element) {
  const { x, y, height } = element.getBoundingClientRect();
  const { lineHeight, fontSize } = getComputedStyle(element);
  const { content } = getComputedStyle(element, '::before');
  return { x, y, height, lineHeight: Number.parseFloat(lineHeight), fontSize, content };
}

const LONG_HEADLINE =
  'Your shopper could not find three of the things on your list and has put in others that come close; please look.';

for (const width of [390, 1280])
  for (const text of ['Your shopper is now at the checkout.', LONG_HEADLINE])
    test(
      `a headline of ${text.length} characters is shown before any script and shifts nothing (${width} px)`,
      { tag: '@slow' },
      async ({ page, site }) => {
        await observeShifts(page);
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
        // An order without a stage has no items: a wide page gives up their place, which was painted on a slow machine.
        const { shifts } = await readShifts(page);
        if (width < 720) expect(shifts).toEqual([]);
        expect(shifts.reduce((sum, { value }) => sum + value, 0)).toBeLessThan(0.01);
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
      await observeShifts(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await addProgress(page, progress, name);
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
      // On a slow machine the count of items comes in a later frame, and its button becomes wider.
      const { shifts } = await readShifts(page);
      expect(shifts.filter(({ value }) => value > 0.001)).toEqual([]);
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
