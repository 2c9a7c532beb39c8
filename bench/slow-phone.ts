import {
  chromium,
  type Browser,
  type BrowserContext,
  type CDPSession,
  type Page,
} from '@playwright/test';
import { findBrowser } from '@/tests/support/find-browser';

// A slow phone, as far as a browser can emulate one.

const CPU_SLOW_DOWN = 4;
// DevTools' Slow 4G: 1.6 Mbit/s down, 0.75 Mbit/s up, 150 ms latency.
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};

declare global {
  /** The records of observe-visit.js. */
  var visit: {
    headlineMs: number | undefined;
    layoutShift: number;
    interactionMs: number;
    longestFrameMs: number;
    watchFrames(): void;
  };
}

export type Phone = { context: BrowserContext; page: Page; devtools: CDPSession };

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...findBrowser(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  });
}

/** Opens a context with an empty cache. */
export async function unpackPhone(browser: Browser, { slowNetwork = true } = {}): Promise<Phone> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    locale: 'en-US',
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  if (slowNetwork) await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOW_DOWN });
  return { context, page, devtools };
}

/** Opens a link in a page that observe-visit.js observes. Returns milliseconds until the order is painted. */
export async function openOrder({ page }: Phone, link: string): Promise<number> {
  const shown = page.waitForEvent('console', {
    predicate: (message) => message.text().startsWith('order shown'),
    timeout: 90_000,
  });
  await page.goto(link);
  return Number((await shown).text().split(' ').at(-1));
}

/** Work of the page's main thread since it was opened, in milliseconds. */
export async function readTaskMs({ devtools }: Phone): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  return seconds * 1_000;
}
