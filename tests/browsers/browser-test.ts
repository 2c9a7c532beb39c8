import { expect, test as base } from '@playwright/test';
import { startHost, type Host } from '@/tests/e2e/support/host-page';
import { findFirefox, hasWebKit } from '@/tests/support/find-browser';
import { startSite, type Site } from '@/tests/support/site';
import type { Driver } from './driver';
import { startFirefox } from './firefox';
import { createTab, type Tab } from './tab';
import { startWebKit } from './webkit';

export { expect };

const engines = {
  firefox: { isThere: () => findFirefox() !== undefined, start: startFirefox },
  webkit: { isThere: hasWebKit, start: startWebKit },
};

export type BrowserOptions = { engine: keyof typeof engines };

type WorkerFixtures = BrowserOptions & {
  blocksStorage: boolean;
  driver: Driver;
  host: Host;
  /** Another host, which may frame nothing. */
  stranger: Host;
  /** Environment of the site, on top of the tests' own. */
  siteEnv: Record<string, string>;
  site: Site;
};

type TestFixtures = { tab: Tab };

// The site is at localhost and the hosts at 127.0.0.1, which for a browser are two sites.

export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: ['firefox', { scope: 'worker', option: true }],
  blocksStorage: [false, { scope: 'worker', option: true }],
  driver: [
    async ({ engine, blocksStorage }, use) => {
      const { isThere, start } = engines[engine];
      base.skip(!isThere(), `${engine} could not be had`);
      const driver = await start({ blocksStorage });
      console.log(driver.browser);
      await use(driver);
      await driver.close();
    },
    { scope: 'worker' },
  ],
  host: [
    async ({}, use) => {
      const host = await startHost();
      await use(host);
      host.close();
    },
    { scope: 'worker' },
  ],
  stranger: [
    async ({}, use) => {
      const stranger = await startHost();
      await use(stranger);
      stranger.close();
    },
    { scope: 'worker' },
  ],
  siteEnv: [{}, { scope: 'worker', option: true }],
  site: [
    async ({ host, siteEnv }, use) => {
      const site = await startSite({ EMBED_ORIGINS: host.origin('127.0.0.1'), ...siteEnv });
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  tab: [
    async ({ driver }, use) => {
      const tab = createTab(driver);
      await tab.leave();
      await tab.open('about:blank');
      await use(tab);
    },
    { scope: 'test' },
  ],
});

/** Waits until the text can be read, in the page or in the frame that was entered. */
export async function expectText(tab: Tab, text: string): Promise<void> {
  await expect.poll(() => tab.text()).toContain(text);
}
