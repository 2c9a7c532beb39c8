import type { Locator, Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { frameOf, test as base } from './embed-test';

export { expect } from './embed-test';

/** The surfaces with a composer: the page itself, and the frame in a host page. */
export const surfaces = ['page', 'frame'] as const;

type Surface = ReturnType<typeof createSurface>;

export const test = base.extend<{
  open: (kind: (typeof surfaces)[number], orderId: string) => Promise<Surface>;
}>({
  open: async ({ page, site, openOrder }, provide) => {
    await provide(async (kind, orderId) => {
      if (kind === 'page') await page.goto(await site.link(orderId));
      else await openOrder(orderId);
      return createSurface(kind === 'page' ? page.locator('body') : frameOf(page).locator('body'));
    });
  },
});

/** Actions and locators on an order page that is open as a page. */
export function surfaceOf(page: Page): Surface {
  return createSurface(page.locator('body'));
}

function createSurface(body: Locator) {
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
    /** Makes the page poll at once, as when the reader returns to the tab. */
    pollNow: () =>
      body.evaluate(() => {
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      }),
  };
}
