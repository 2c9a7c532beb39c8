import type { Locator, Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import type { Site } from '@/tests/support/site';
import { frameOf, test as base, withElement } from './embed-test';
import type { Host } from './host-page';

export { expect } from './embed-test';

/** Where a customer writes: on the page itself, or in a shop's frame. */
export const places = ['page', 'frame'] as const;

type Open = (kind: (typeof places)[number], orderId: string) => ReturnType<typeof openPlace>;

export const test = base.extend<{ open: Open }>({
  open: [
    async ({ page, host, site, ordersUrl }, use) => {
      await use((kind, orderId) => openPlace(kind, { page, host, site, ordersUrl }, orderId));
    },
    { scope: 'test' },
  ],
});

type Where = { page: Page; host: Host; site: Site; ordersUrl: string };

export async function openPlace(
  kind: (typeof places)[number],
  { page, host, site, ordersUrl }: Where,
  orderId: string,
) {
  if (kind === 'page') {
    await page.goto(await site.link(orderId));
  } else {
    host.put('/writing', { html: withElement(ordersUrl, await site.token(orderId)) });
    await page.goto(`${host.origin('shop.localhost')}/writing`);
  }
  const body: Locator = (kind === 'page' ? page : frameOf(page)).locator('body');
  const field = body.getByRole('textbox', { name: 'Message to Zelma' });
  return {
    body,
    field,
    bubbles: (text: string) =>
      body.locator('[data-from="customer"]').getByText(text, { exact: true }),
    announced: (text: string) => body.getByRole('status').filter({ hasText: text }),
    async write(text: string) {
      await field.fill(text);
      await body.getByRole('button', { name: copy.composer.send, exact: true }).click();
    },
    /** Makes the page ask at once, as when the reader comes back to it. */
    lookAgain: () =>
      body.evaluate(() => {
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      }),
  };
}
