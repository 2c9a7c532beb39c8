import type { Page } from '@playwright/test';
import { decisionCopy, itemCopy } from '@/lib/order/copy/en-US/items';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { pickupCopy } from '@/lib/order/copy/en-US/pickup';
import { open, type Opener } from './open-order';
import { pendingReplacement } from '@/tests/simulator/item-scenarios';
import { decidingSteps, decisionCard, openSection, pressUntilGone, putOrder } from './orders';
import { expect } from './site-test';

/** Shows all items: on a narrow page their section, on a wide page the list below their summary. */
async function showItems(page: Page): Promise<void> {
  const items = page.getByRole('region', { name: itemCopy.label });
  await expect(page.locator('.item-groups')).toBeAttached();
  const summary = items.getByRole('button', { expanded: false });
  if (await page.getByRole('group', { name: copy.sections.label }).isVisible())
    await openSection(page, 'items');
  else if (await summary.isVisible()) await summary.click();
  await expect(items.getByRole('listitem').first()).toBeVisible();
}

/** States of the items and the decisions about replacements. */
export const itemOpeners = {
  'items section': async (page, site) => {
    await open(page, site, 'items', 'Hi John');
    await showItems(page);
  },
  'items of a delivered order': async (page, site) => {
    await open(page, site, 'delivered', copy.status.headlines.done);
    await showItems(page);
  },
  'decision, one of two': async (page, site) => {
    const { orderId, setItem } = putOrder(site, decidingSteps);
    setItem('5', { ...pendingReplacement, replacement: { name: 'Brown eggs, 12 large, organic' } });
    await page.goto(await site.link(orderId));
    await expect(decisionCard(page)).toContainText(decisionCopy.position(1, 2));
  },
  'decision that can be undone': async (page, site) => {
    const { orderId } = putOrder(site, decidingSteps);
    await page.clock.install();
    await page.goto(await site.link(orderId));
    await pressUntilGone(decisionCard(page).getByRole('button', { name: decisionCopy.keep }));
    await expect(decisionCard(page)).toContainText(decisionCopy.undo);
  },
  'decision that came too late': async (page, site) => {
    const { orderId } = putOrder(site, decidingSteps);
    await page.clock.install();
    await page.goto(await site.link(orderId));
    await pressUntilGone(decisionCard(page).getByRole('button', { name: decisionCopy.refund }));
    site.simulator.control.advanceState(orderId, 'checkout');
    await page.clock.runFor(5_000);
    await expect(decisionCard(page)).toContainText(decisionCopy.tooLate.kept);
  },
} satisfies Record<string, Opener>;

/** Pretends that Connect accepted the arrival, so that the order of the scenario stays ready for other tests. */
async function acceptArrival(page: Page): Promise<void> {
  await page.route('**/api/order/arrival', (route) => route.fulfill({ json: { arrived: true } }));
}

/** States of the pickup. */
export const pickupOpeners = {
  pickup: (page, site) => open(page, site, 'pickup-vehicle', pickupCopy.arrival.button),
  'pickup from a locker': (page, site) =>
    open(page, site, 'pickup-locker', pickupCopy.arrival.button),
  'pickup that is being packed': (page, site) =>
    open(page, site, 'pickup-not-ready', 'is packing your order'),
  'arrival at the store': async (page, site) => {
    await acceptArrival(page);
    await open(page, site, 'pickup-ready', pickupCopy.arrival.button);
    await page.getByRole('button', { name: pickupCopy.arrival.button }).click();
    await expect(page.getByText(pickupCopy.arrival.result)).toBeVisible();
  },
  'arrival that failed': async (page, site) => {
    await page.route('**/api/order/arrival', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'upstream_unavailable' } } }),
    );
    await open(page, site, 'pickup-ready', pickupCopy.arrival.button);
    await page.getByRole('button', { name: pickupCopy.arrival.button }).click();
    await expect(page.getByText(pickupCopy.arrival.failures.unavailable).first()).toBeVisible();
  },
  'pickup without a runner': (page, site) =>
    open(page, site, 'pickup-no-runner', copy.status.headlines.handing_over),
  'vehicle form': async (page, site) => {
    await open(page, site, 'pickup-ready', pickupCopy.arrival.button);
    await page.getByRole('button', { name: pickupCopy.vehicle.add }).click();
    await expect(page.getByRole('form', { name: pickupCopy.vehicle.title })).toBeVisible();
  },
} satisfies Record<string, Opener>;
