import type { Locator, Page } from '@playwright/test';
import { decisionCopy } from '@/lib/order/copy/en-US/items';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { pickupCopy } from '@/lib/order/copy/en-US/pickup';
import { decisionCard, pressUntilGone } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openers } from '@/tests/e2e/support/states';

function boxOf(part: Locator) {
  return part.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  });
}

/** The visible texts in a part with their boxes, which may be narrower than those of their elements. */
function textsOf(part: Locator) {
  return part.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const texts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      range.selectNode(node);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      const isShown = right > left && !node.parentElement?.closest('.sr-only');
      if (isShown) texts.push({ text: node.nodeValue, left, right, top, bottom });
    }
    return texts;
  });
}

function review(page: Page) {
  return page.getByRole('button', { name: decisionCopy.review });
}

test(
  'the row of the thread about a replacement is above the quick answers, though its code loads late',
  { tag: '@slow' },
  async ({ page, site }) => {
    await page.setViewportSize({ width: 844, height: 390 });
    await openers['decision, one of two'](page, site);
    await expect(review(page)).toBeInViewport({ ratio: 1 });
    const answers = page.getByRole('list', { name: copy.composer.quickRepliesLabel });
    await expect(answers).toBeVisible();
    expect((await boxOf(review(page))).bottom).toBeLessThanOrEqual((await boxOf(answers)).top);
    await review(page).click();
    await expect(page.getByRole('button', { name: decisionCopy.keep })).toBeFocused();
  },
);

for (const [width, height] of [
  [844, 390],
  [760, 560],
  [390, 664],
] as const)
  test(
    `at ${width} by ${height} the button of an arrival covers no other part of the status`,
    { tag: '@slow' },
    async ({ page, site }) => {
      await page.setViewportSize({ width, height });
      await openers.pickup(page, site);
      const arrival = page.getByRole('button', { name: pickupCopy.arrival.button });
      await arrival.click({ trial: true });
      const button = await boxOf(arrival);
      const covered = (await textsOf(page.locator('.status'))).filter(
        ({ left, right, top, bottom }) =>
          left < button.right && right > button.left && top < button.bottom && bottom > button.top,
      );
      expect(covered).toEqual([]);
    },
  );

for (const [width, fontSize] of [
  [390, '200%'],
  [320, '100%'],
] as const)
  test(
    `at ${width} px with text of ${fontSize} the names of a replacement are whole, and so are its result and its buttons`,
    { tag: '@slow' },
    async ({ page, site }) => {
      await page.setViewportSize({ width, height: 664 });
      await page.clock.install();
      await openers['decision, one of two'](page, site);
      await page.evaluate(
        (size) => void (document.documentElement.style.fontSize = size),
        fontSize,
      );
      const decision = decisionCard(page);
      const cut = () =>
        decision.locator('dd bdi, p, button').evaluateAll((parts) =>
          parts.flatMap((part) => {
            const { scrollWidth, clientWidth, scrollHeight, clientHeight } = part;
            // Less than a line: some glyphs are higher than their line.
            const isCut = scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 8;
            return clientWidth > 0 && isCut ? [part.textContent] : [];
          }),
        );
      const first = decision.locator('dd bdi').first();
      await expect(first).toHaveText('Oat milk, 32 oz');
      expect((await first.boundingBox())?.width).toBeGreaterThan(60);
      expect(await cut()).toEqual([]);
      await pressUntilGone(decision.getByRole('button', { name: decisionCopy.keep }));
      const text = await boxOf(decision.getByText(decisionCopy.chosen.approve));
      const undo = await boxOf(decision.getByRole('button', { name: decisionCopy.undo }));
      expect(text.right <= undo.left || text.bottom <= undo.top).toBe(true);
      expect(undo.right).toBeLessThanOrEqual((await boxOf(decision)).right);
      expect(await cut()).toEqual([]);
    },
  );
