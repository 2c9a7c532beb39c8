import type { FrameLocator, Page } from '@playwright/test';
import { startSite, type Site } from '@/tests/support/site';
import { findFreePort } from '@/tests/support/local-server';
import { startHost, type Host } from './host-page';
import { test as base } from './site-test';

export { expect } from './site-test';

// The site at orders.localhost, its PUBLIC_URL, and a host at shop.localhost, which for a browser are two
// sites. The server of the site answers at localhost too, and the host at 127.0.0.1.

type WorkerFixtures = { host: Host; site: Site; ordersUrl: string };

type TestFixtures = { heard: (page: Page) => Promise<[name: string, detail: unknown][]> };

declare global {
  var heardOrderEvents: [string, unknown][];
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  host: [
    async ({}, use) => {
      const host = await startHost();
      await use(host);
      host.close();
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ host, siteEnv }, use) => {
      const allowed = ['shop.localhost', 'partner.localhost', '127.0.0.1'].map(host.origin);
      const port = String(await findFreePort());
      const site = await startSite({
        PORT: port,
        PUBLIC_URL: `http://orders.localhost:${port}`,
        EMBED_ORIGINS: allowed.join(' '),
        ...siteEnv,
      });
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  ordersUrl: [
    async ({ site }, use) => use(site.url.replace('localhost', 'orders.localhost')),
    { scope: 'worker' },
  ],
  heard: [
    async ({ context }, use) => {
      await context.addInitScript(() => {
        globalThis.heardOrderEvents = [];
        for (const name of ['ready', 'height', 'unread', 'expired', 'token-needed', 'error'])
          addEventListener(`order-status:${name}`, (event) =>
            heardOrderEvents.push([name, event instanceof CustomEvent ? event.detail : undefined]),
          );
      });
      await use((page) => page.evaluate(() => heardOrderEvents));
    },
    { auto: true },
  ],
});

/** A host's page with the element in it, as the recipe says. */
export function withElement(ordersUrl: string, token: string, attributes = ''): string {
  return `<script src="${ordersUrl}/embed.js" async></script>
    <h1>My account</h1><order-status token="${token}" ${attributes}></order-status><p>More of the shop</p>`;
}

/** The order page within the element, or within a plain frame. */
export function frameOf(page: Page, selector = 'order-status iframe'): FrameLocator {
  return page.locator(selector).first().contentFrame();
}

/** The height of the element's frame in pixels. */
export function heightOf(page: Page): Promise<number> {
  return page.locator('order-status iframe').evaluate((frame) => frame.clientHeight);
}

/** How many pixels of the page in the frame are reached by scrolling only. */
export function hiddenPx(page: Page): Promise<number> {
  return frameOf(page)
    .locator('html')
    .evaluate((html) => html.scrollHeight - html.clientHeight);
}
