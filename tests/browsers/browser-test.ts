import { expect, test as base } from '@playwright/test';
import { elementEvents, elementHtml, startHost, type Host } from '@/tests/e2e/support/host-page';
import { findFirefox, hasWebKit } from '@/tests/support/find-browser';
import { startSite, type Site } from '@/tests/support/site';
import { startChromium } from './chromium';
import type { Driver } from './driver';
import { startFirefox } from './firefox';
import { createTab, type Tab } from './tab';
import { startWebKit } from './webkit';

export { expect };

const engines = {
  chromium: { isInstalled: () => true, start: startChromium },
  firefox: { isInstalled: () => findFirefox() !== undefined, start: startFirefox },
  webkit: { isInstalled: hasWebKit, start: startWebKit },
};

export type BrowserOptions = { engine: keyof typeof engines };

type WorkerFixtures = BrowserOptions & {
  blocksStorage: boolean;
  driver: Driver;
  host: Host;
  /** Another host, which may not frame the order. */
  unlistedHost: Host;
  /** Environment variables of the site, in addition to the tests' own. */
  siteEnv: Record<string, string>;
  site: Site;
};

type HostEvent = [name: string, detail: unknown, elementId: string];

type TestFixtures = {
  tab: Tab;
  /** Opens a host page, which may frame the order. */
  openHostPage: (html: string, options?: HostOptions) => Promise<void>;
  /** Opens a host page that contains the element with this order, and enters the element's frame. */
  openOrder: (
    orderId: string,
    attributes?: string,
    surround?: (element: string) => string,
  ) => Promise<void>;
  /** Events that the host page received from elements, oldest first. */
  hostEvents: () => Promise<HostEvent[]>;
};

type HostOptions = { headers?: Record<string, string>; by?: Host };

declare global {
  var recordedElementEvents: [string, unknown, string][];
}

const LISTENER = `<script>
  recordedElementEvents = [];
  for (const name of ${JSON.stringify(elementEvents)})
    addEventListener('order-status:' + name, ({ detail, target }) =>
      recordedElementEvents.push([name, detail, target.id]));
</script>`;

// The site is at localhost and the hosts are at 127.0.0.1; browsers treat them as two sites.

export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: ['chromium', { scope: 'worker', option: true }],
  blocksStorage: [false, { scope: 'worker', option: true }],
  driver: [
    async ({ engine, blocksStorage }, provide) => {
      const { isInstalled, start } = engines[engine];
      base.skip(!isInstalled(), `${engine} is not installed`);
      const driver = await start({ blocksStorage });
      console.log(driver.browser);
      await provide(driver);
      await driver.close();
    },
    { scope: 'worker' },
  ],
  host: [
    async ({}, provide) => {
      const host = await startHost();
      await provide(host);
      host.close();
    },
    { scope: 'worker' },
  ],
  unlistedHost: [
    async ({}, provide) => {
      const unlistedHost = await startHost();
      await provide(unlistedHost);
      unlistedHost.close();
    },
    { scope: 'worker' },
  ],
  siteEnv: [{}, { scope: 'worker', option: true }],
  site: [
    async ({ host, siteEnv }, provide) => {
      const site = await startSite({ EMBED_ORIGINS: host.origin('127.0.0.1'), ...siteEnv });
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  tab: async ({ driver }, provide) => {
    const tab = createTab(driver);
    await tab.leave();
    await tab.open('about:blank');
    await provide(tab);
  },
  openHostPage: async ({ tab, host }, provide) => {
    await provide(async (html, { headers = {}, by = host } = {}) => {
      // A policy of the page may allow no inline script.
      const listener = 'content-security-policy' in headers ? '' : LISTENER;
      await tab.open(by.serve('127.0.0.1', { html: listener + html, headers }));
    });
  },
  openOrder: async ({ tab, openHostPage, site }, provide) => {
    await provide(async (orderId, attributes, surround = (element) => element) => {
      await openHostPage(surround(elementHtml(site.url, await site.token(orderId), attributes)));
      await tab.enter();
    });
  },
  hostEvents: async ({ tab }, provide) => {
    await provide(() => tab.run(() => globalThis.recordedElementEvents));
  },
});

/** Waits until the text is visible in the page, or in the frame that was entered. */
export async function expectText(tab: Tab, text: string): Promise<void> {
  await expect.poll(() => tab.text()).toContain(text);
}

/** The height of the element's frame in pixels. */
export function frameHeight(tab: Tab, selector = 'order-status'): Promise<number> {
  return tab.run(
    (target) =>
      document.querySelector(target)?.shadowRoot?.querySelector('iframe')?.clientHeight ?? 0,
    selector,
  );
}
