import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { Fault, FaultEffect } from '@/tests/simulator/faults';
import type { Addition } from '@/tests/simulator/orders';
import { inMinutes, type Step } from '@/tests/simulator/order-script';
import { minuteMs } from '@/tests/simulator/clock';
import type { Site } from '@/tests/support/site';

const { notice, shopper, fromShopper, delivered } = inMinutes;

/** Ten minutes into an order: Zelma has it and said hello. */
export const shoppingSteps: Step[] = [
  notice(0, 'We have your order. Thank you!', ['sms', 'email']),
  shopper(3, 'zelma'),
  notice(4, 'Your shopper is picking your order.', ['sms', 'push']),
  fromShopper(5, 'Hi John, I’m Zelma.'),
];

export const deliveredSteps: Step[] = [
  ...shoppingSteps,
  delivered(9),
  notice(9, 'Your order was delivered. Enjoy!', ['sms']),
];

/** Puts an order that no other test knows. */
export function putOrder({ simulator }: Site, steps: Step[] = shoppingSteps) {
  const orderId = `order-${randomUUID()}`;
  simulator.control.putOrder(orderId, { script: { ageMs: 10 * minuteMs, steps } });
  return {
    orderId,
    add: (addition: Addition) => simulator.control.addMessage(orderId, addition),
    advance: (ms: number) => simulator.control.advanceOrder(orderId, ms),
    fault: (fault: FaultEffect & Pick<Fault, 'route' | 'times' | 'delayMs'>) =>
      simulator.control.fault({ ...fault, orderId }),
    /** What Connect holds of the chat. */
    texts: () => simulator.control.chatTexts(orderId),
    /** The customer's messages as read by the shopper, or the other way round. */
    markRead: (from?: 'user' | 'driver') => simulator.control.markRead(orderId, undefined, from),
    remove: () => simulator.control.removeOrder(orderId),
    /** How often the site has asked Connect for it. */
    callCount: () => simulator.control.calls({ route: 'order_messages', orderId }).length,
  };
}

/** Makes the page ask at once, as when the reader comes back to it. */
export function lookAgain(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
  );
}

/** Every request of the page for the order, as they come. */
export function watchPolls(page: Page): string[] {
  const polls: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/order/messages')) polls.push(request.method());
  });
  return polls;
}

/** Makes the page poll until it shows the text. */
export async function untilShown(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await lookAgain(page);
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 500 });
  }).toPass();
}
