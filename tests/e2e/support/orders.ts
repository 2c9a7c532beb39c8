import { randomUUID } from 'node:crypto';
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { decisionCopy } from '@/lib/order/copy/en-US/items';
import { copy } from '@/lib/order/copy/en-US/order-page';
import type { OrderProgress, OrderView } from '@/lib/order/order-view';
import type { SectionName } from '@/lib/order/sections';
import type { Fault, FaultEffect } from '@/tests/simulator/faults';
import type { Addition } from '@/tests/simulator/orders';
import type { ItemChanges } from '@/tests/simulator/item-line';
import { pendingReplacement } from '@/tests/simulator/item-scenarios';
import { inMinutes, type Step } from '@/tests/simulator/order-script';
import { minuteMs } from '@/tests/simulator/clock';
import { progress } from '@/tests/support/sample-order';
import type { Site } from '@/tests/support/site';

const { notice, shopper, fromShopper, delivered, item } = inMinutes;

/** Steps of an order after ten minutes: the shopper Zelma has it and has written a greeting. */
export const shoppingSteps: Step[] = [
  notice(0, 'We have your order. Thank you!', ['sms', 'email']),
  shopper(3, 'zelma'),
  notice(4, 'Your shopper is picking your order.', ['sms', 'push']),
  fromShopper(5, 'Hi John, I’m Zelma.'),
];

/** The steps of an order that is being shopped and asks about the oat milk. Its lines are the simulator's groceries. */
export const decidingSteps: Step[] = [
  ...shoppingSteps,
  inMinutes.order(4, { state: 'picking' }),
  item(6, '1', { status: 'FOUND' }),
  item(7, '3', pendingReplacement),
];

export const deliveredSteps: Step[] = [
  ...shoppingSteps,
  delivered(9),
  notice(9, 'Your order was delivered. Enjoy!', ['sms']),
];

/** Puts an order with a random id, so that no other test uses it. */
export function putOrder({ simulator }: Site, steps: Step[] = shoppingSteps) {
  const orderId = `order-${randomUUID()}`;
  simulator.control.putOrder(orderId, { script: { ageMs: 10 * minuteMs, steps } });
  return {
    orderId,
    add: (addition: Addition) => simulator.control.addMessage(orderId, addition),
    advance: (ms: number) => simulator.control.advanceOrder(orderId, ms),
    fault: (fault: FaultEffect & Pick<Fault, 'route' | 'times' | 'delayMs'>) =>
      simulator.control.fault({ ...fault, orderId }),
    /** The texts of the chat in Connect. */
    texts: () => simulator.control.chatTexts(orderId),
    /** Marks the customer's messages as read by the shopper, or the shopper's as read by the customer. */
    markRead: (from?: 'user' | 'driver') => simulator.control.markRead(orderId, undefined, from),
    /** Changes a line, as an answer by text message does. */
    setItem: (itemId: string, changes: ItemChanges) =>
      simulator.control.setItem(orderId, itemId, changes),
    /** The customer's decisions that Connect has accepted. */
    decisions: () => simulator.control.decisions(orderId),
    remove: () => simulator.control.removeOrder(orderId),
    /** The number of requests to Connect for this order. */
    callCount: () => simulator.control.calls({ route: 'order_messages', orderId }).length,
  };
}

/** Makes Connect refuse the details of an order, so that the headline is the latest update instead of the stage. */
export function refuseDetails({ simulator }: Site, orderId: string): void {
  simulator.control.fault({ route: 'order', orderId, kind: 'status', status: 403 });
}

/** A window whose ends are these minutes from now. */
export function windowOf(fromMinutes: number, toMinutes: number): { from: string; to: string } {
  const fromNow = (minutes: number) => new Date(Date.now() + minutes * minuteMs).toISOString();
  return { from: fromNow(fromMinutes), to: fromNow(toMinutes) };
}

/** Adds this progress to the order that the page receives, and gives its shoppers the name if there is one. */
export async function addProgress(
  page: Page,
  more: Partial<OrderProgress>,
  shopperName?: string,
): Promise<void> {
  const order = progress(more);
  await editOrders(page, ({ people, ...view }) => {
    const shoppers = people.shoppers.map(({ name, ...shopper }) => ({
      ...shopper,
      name: shopperName ?? name,
    }));
    return { ...view, people: { ...people, shoppers }, order };
  });
}

/** Edits each order that the page receives. Answers without an order (304, errors) stay as they are. */
export async function editOrders(page: Page, edit: (view: OrderView) => OrderView): Promise<void> {
  await page.route('**/api/order/messages', async (route) => {
    if (route.request().method() !== 'GET') return route.fallback();
    const response = await route.fetch();
    if (response.status() !== 200) return route.fulfill({ response });
    return route.fulfill({ response, json: edit((await response.json()) as OrderView) });
  });
}

/** Selects a section of a narrow page. A wide page shows all of them and has no switch. */
export async function openSection(body: Page | FrameLocator, name: SectionName) {
  await body
    .getByRole('group', { name: copy.sections.label })
    .getByRole('button', { name: copy.sections[name] })
    .click();
}

/** The card that asks about a replacement. */
export function decisionCard(body: Page | FrameLocator): Locator {
  return body.getByRole('region', { name: decisionCopy.title });
}

/** Presses a button of a decision until it makes way for the next step. It ignores a press shortly after it has appeared. */
export async function pressUntilGone(button: Locator): Promise<void> {
  await expect(button).toBeVisible();
  await expect(async () => {
    if (await button.isVisible()) await button.click();
    await expect(button).toBeHidden({ timeout: 1_000 });
  }).toPass();
}

/** Makes the page poll at once, as when the reader returns to the tab. */
export function pollNow(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
  );
}

/** The methods of the page's requests for the order; the array grows. */
export function watchPolls(page: Page): string[] {
  const polls: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/order/messages')) polls.push(request.method());
  });
  return polls;
}
