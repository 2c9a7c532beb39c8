import { randomUUID } from 'node:crypto';
import type { Locator } from '@playwright/test';
import { dayMs, hourMs } from '@/tests/simulator/clock';
import { inMinutes } from '@/tests/simulator/order-script';
import type { Site } from '@/tests/support/site';
import { expectLeftToRight, expectRightToLeft } from '@/tests/e2e/support/drawn-order';
import { addProgress, putOrder, refuseDetails } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

// Right-to-left text is drawn in another order than the order of the DOM.

/** The positions of the first and the last character of a text. */
function readEnds(text: Locator): Promise<{ first: number; last: number }> {
  return text.evaluate((element) => {
    const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
    if (!node?.textContent) throw new Error('No text.');
    const { length } = node.textContent;
    const [first, last] = [0, length - 1].map((at) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().left;
    });
    return { first: first ?? 0, last: last ?? 0 };
  });
}

const readers = [
  { locale: 'zh-CN', isRightToLeft: false, expectOrder: expectLeftToRight },
  // A browser in Arabic gets the pseudo-locale ar-XB, with Arabic times.
  { locale: 'ar-EG', isRightToLeft: true, expectOrder: expectRightToLeft },
];
const steps = [
  inMinutes.notice(0, 'We have your order.', ['sms', 'email']),
  inMinutes.shopper(3, 'zelma'),
  inMinutes.fromShopper(5, 'Hi John, I’m Zelma.'),
];

function putOldOrder({ simulator }: Site, ageMs: number): string {
  const orderId = `order-${randomUUID()}`;
  simulator.control.putOrder(orderId, { script: { ageMs, steps } });
  simulator.control.fault({ route: 'order', orderId, kind: 'status', status: 403 });
  return orderId;
}

test.use({ siteEnv: { LOCALES: 'en-US ar-XB' } });

for (const { locale, isRightToLeft, expectOrder } of readers)
  test.describe(locale, () => {
    test.use({ locale });

    test('time, separator and age are drawn in order, the time in its own direction', async ({
      page,
      site,
    }) => {
      await page.setViewportSize({ width: 1280, height: 900 });
      const order = putOrder(site, steps);
      refuseDetails(site, order.orderId);
      await page.goto(await site.link(order.orderId));
      await expectOrder(page.locator('.status p:has(time)'), 3);
      await expectOrder(page.locator('.updates p:has(time)'), 3);
      const ends = await readEnds(page.locator('.status time'));
      expect(ends.first > ends.last).toBe(isRightToLeft);
    });

    test('a date of another day is drawn in the direction of its language', async ({
      page,
      site,
    }) => {
      await page.goto(await site.link(putOldOrder(site, 3 * dayMs)));
      const time = page.locator('.status time');
      await expect(time).toBeVisible();
      const ends = await readEnds(time);
      expect(ends.first > ends.last).toBe(isRightToLeft);
    });
  });

for (const name of ['דנה (2)', 'سارة 7', '李雷', 'Robin'])
  test(`the name “${name}” is drawn at its position in each sentence`, async ({ page, site }) => {
    const order = putOrder(site, steps);
    await addProgress(page, {}, name);
    order.add({ handOverTo: 'amida' });
    await page.goto(await site.link(order.orderId));
    const handover = page.getByRole('listitem').filter({ hasText: 'now has your order' });
    await expectLeftToRight(handover.locator('span:has(> bdi)'), 2);
    const heading = page.getByRole('heading', { name: /your shopper$/ });
    await expectLeftToRight(heading.locator('span:has(> bdi)'), 2);
    await expectLeftToRight(page.getByRole('heading', { level: 1 }), 2);
  });

test('a time more than six hours ago is shown with its day', async ({ page, site }) => {
  await page.goto(await site.link(putOldOrder(site, 24 * hourMs)));
  await expect(page.getByRole('region', { name: 'Status' }).locator('p:has(time)')).toHaveText(
    /^Yesterday, \d+:\d\d\s[AP]M$/,
  );
});
