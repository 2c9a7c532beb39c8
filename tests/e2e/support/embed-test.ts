import type { FrameLocator, Page } from '@playwright/test';
import { startSite, type Site } from '@/tests/support/site';
import { findFreePort } from '@/tests/support/local-server';
import { elementEvents, elementHtml, startHost, type Host } from './host-page';
import { test as base } from './site-test';

export { expect } from './site-test';

// The site is at orders.localhost, its PUBLIC_URL, and the host at shop.localhost; browsers treat them as two
// sites. The site is reachable at localhost too, and the host at 127.0.0.1.

type WorkerFixtures = { host: Host; site: Site; ordersUrl: string };

type HostEvent = [name: string, detail: unknown];

type TestFixtures = {
  /** Opens a host page at shop.localhost, which may frame the order, or at another hostname. */
  openHostPage: (
    html: string,
    options?: { hostname?: string; headers?: Record<string, string> },
  ) => Promise<void>;
  /** Opens a host page that contains the element with this order; `surround` adds HTML around it. */
  openOrder: (
    orderId: string,
    attributes?: string,
    surround?: (element: string) => string,
  ) => Promise<void>;
  /** Events that the host page received from elements, oldest first: all, or those of one name. */
  hostEvents: (name?: string) => Promise<HostEvent[]>;
};

declare global {
  var receivedOrderEvents: [string, unknown][];
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  host: [
    async ({}, provide) => {
      const host = await startHost();
      await provide(host);
      host.close();
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ host, siteEnv }, provide) => {
      const allowed = ['shop.localhost', 'partner.localhost', '127.0.0.1'].map(host.origin);
      const port = String(await findFreePort());
      const site = await startSite({
        PORT: port,
        PUBLIC_URL: `http://orders.localhost:${port}`,
        EMBED_ORIGINS: allowed.join(' '),
        ...siteEnv,
      });
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  ordersUrl: [
    async ({ site }, provide) => provide(site.url.replace('localhost', 'orders.localhost')),
    { scope: 'worker' },
  ],
  openHostPage: async ({ page, host }, provide) => {
    await provide(async (html, { hostname = 'shop.localhost', headers = {} } = {}) => {
      await page.goto(host.serve(hostname, { html, headers }));
    });
  },
  openOrder: async ({ openHostPage, site, ordersUrl }, provide) => {
    await provide(async (orderId, attributes, surround = (element) => element) =>
      openHostPage(surround(elementHtml(ordersUrl, await site.token(orderId), attributes))),
    );
  },
  hostEvents: [
    async ({ context, page }, provide) => {
      await context.addInitScript((names) => {
        globalThis.receivedOrderEvents = [];
        for (const name of names)
          addEventListener(`order-status:${name}`, (event) =>
            receivedOrderEvents.push([
              name,
              event instanceof CustomEvent ? event.detail : undefined,
            ]),
          );
      }, elementEvents);
      await provide(async (name) => {
        const events = await page.evaluate(() => receivedOrderEvents);
        return name === undefined ? events : events.filter(([each]) => each === name);
      });
    },
    { auto: true },
  ],
});

/** The order page within the element, or within another frame. */
export function frameOf(page: Page, selector = 'order-status iframe'): FrameLocator {
  return page.locator(selector).first().contentFrame();
}
