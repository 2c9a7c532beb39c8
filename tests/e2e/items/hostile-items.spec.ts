import type { Locator } from '@playwright/test';
import { decisionCopy, itemCopy } from '@/lib/order/copy/en-US/items';
import {
  decisionCard,
  openSection,
  putOrder,
  shoppingSteps,
  pressUntilGone,
} from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';
import type { ItemLine } from '@/tests/simulator/item-line';

// A request to this host shows that the page has loaded an address out of a name.
const EVIL = 'https://evil.example';
const payloads = [
  `<img src="${EVIL}/a.png" onerror="self.hit=1">"><svg onload=self.hit=1><script src=${EVIL}/b.js></script>`,
  `\u202eecir\u202c \u2067אורז\u2069 [free](javascript:self.hit=1) ![x](${EVIL}/c.png) ${EVIL}/d`,
];
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;
const withoutOverrides = (text: string) => text.replace(OVERRIDES, '');

/** Each name in a line that was found, in one that was replaced, and in one to decide. */
const lines: ItemLine[] = payloads.flatMap((name, index) => {
  const product = { name, image: `${EVIL}/${index}.png` };
  const replaced = { product, replacement: product, status: 'REPLACED' };
  return [
    { id: `f${index}`, product, status: 'FOUND' },
    { id: `r${index}`, ...replaced, replacementStatus: 'APPROVED' },
    { id: `d${index}`, ...replaced, replacementStatus: 'PENDING' },
  ];
});

/** The texts of the elements that isolate the direction of a name. */
function readIsolated(place: Locator): Promise<string[]> {
  return place.evaluate((element) => {
    const names = [...element.querySelectorAll('bdi')];
    const isolated = names.filter((each) => getComputedStyle(each).unicodeBidi === 'isolate');
    return isolated.map((each) => each.textContent);
  });
}

test(
  'markup, addresses and direction marks in the names of items stay text, and load nothing',
  { tag: '@slow' },
  async ({ page, site }) => {
    const known = [site.url, site.simulator.url].map((url) => new URL(url).host);
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!known.includes(new URL(request.url()).host)) foreign.push(request.url());
    });
    const { orderId } = putOrder(site, [...shoppingSteps, { kind: 'items', atMs: 0, lines }]);
    await page.setViewportSize({ width: 390, height: 664 });
    await page.goto(await site.link(orderId));
    await openSection(page, 'items');
    const items = page.getByRole('region', { name: itemCopy.label, exact: true });
    await expect(items.getByRole('listitem')).toHaveCount(lines.length);
    const listed = await readIsolated(items);
    const card = decisionCard(page);
    for (const [index, name] of payloads.map(withoutOverrides).entries()) {
      // Two in the line that was replaced and in the one to decide, and one in the other.
      expect(listed.filter((text) => text === name)).toHaveLength(5);
      await expect(card.getByRole('definition')).toContainText([name, name]);
      expect(await readIsolated(card)).toEqual([name, name]);
      if (index > 0) break;
      await pressUntilGone(card.getByRole('button', { name: decisionCopy.refund }));
      await card.getByRole('button', { name: decisionCopy.next }).click();
    }
    expect(await page.locator('main').textContent()).not.toMatch(OVERRIDES);
    await expect(
      page.locator('[onerror], [onload], :is(.side, .decision) :is(a, img)'),
    ).toHaveCount(0);
    expect(await page.evaluate(() => Object.hasOwn(globalThis, 'hit'))).toBe(false);
    expect(foreign).toEqual([]);
  },
);
