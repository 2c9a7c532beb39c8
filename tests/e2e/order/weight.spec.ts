import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { ALL_LOCALES } from '@/lib/order/copy/locales';
import { readFloorScripts, toGzipBytes } from '@/tests/support/page-weight';
import { expect, test } from '@/tests/e2e/support/embed-test';
import { putOrder } from '@/tests/e2e/support/orders';

// The goal is 25 KB; docs/performance.md explains the excess. The frame has the code for host messages in addition.
const OVER_FLOOR_BYTES = { '/order': 38_000, '/embed': 38_850 };
const STYLE_BYTES = 6_950;
/** The catalogue of one language. French and Spanish are longer than English. */
const CATALOGUE_BYTES = 3_200;
/** Scripts of the items and the decisions with one catalogue, which are requested after the first view. */
const ITEMS_BYTES = 7_400;

declare global {
  /** When the thread was first in the document, in milliseconds. */
  var orderShownMs: number | undefined;
}

/**
 * Opens an order and returns the addresses that were loaded until the customer can read and write, and the scripts that were
 * requested later, for its items.
 */
async function load(page: Page, link: string) {
  await page.addInitScript(() =>
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.thread')) return;
      observer.disconnect();
      globalThis.orderShownMs = performance.now();
    }).observe(document, { childList: true, subtree: true }),
  );
  const loaded: { type: string; address: string }[] = [];
  page.on('request', (request) =>
    loaded.push({ type: request.resourceType(), address: request.url() }),
  );
  await page.goto(link);
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await expect(page.getByRole('textbox')).toBeEditable();
  await expect(page.locator('.item-groups')).toBeAttached();
  await page.waitForLoadState('networkidle');
  const late = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime > (globalThis.orderShownMs ?? Infinity))
      .map(({ name }) => name),
  );
  const ofType = (type: string) =>
    loaded.filter((each) => each.type === type).map(({ address }) => address);
  const scripts = ofType('script');
  return {
    scripts: scripts.filter((address) => !late.includes(address)),
    lateScripts: scripts.filter((address) => late.includes(address)),
    styles: ofType('stylesheet'),
    fonts: ofType('font'),
  };
}

for (const [path, mostBytes] of Object.entries(OVER_FLOOR_BYTES))
  test(`${path} weighs at most ${mostBytes / 1_000} KB of scripts over a bare page of the same Next and React, 6.95 KB of styles, no font`, async ({
    page,
    site,
  }) => {
    const { orderId } = putOrder(site);
    const link = await site.link(orderId);
    // A site that has just started on a busy machine may not have reached Connect yet.
    const authorization = `Bearer ${await site.token(orderId)}`;
    const callApi = () => fetch(`${site.url}/api/order/messages`, { headers: { authorization } });
    await expect.poll(async () => (await callApi()).status, { timeout: 75_000 }).toBe(200);
    const { scripts, lateScripts, styles, fonts } = await load(page, link.replace('/order', path));
    const floorBytes = await toGzipBytes('tests/floor/.next', readFloorScripts());
    const scriptBytes = await toGzipBytes('.next', scripts);
    const styleBytes = await toGzipBytes('.next', styles);
    const report = `${path}: scripts ${scriptBytes} bytes (floor ${floorBytes} + ${scriptBytes - floorBytes}), styles ${styleBytes}`;
    process.stdout.write(`${report}\n`);
    // A smaller size would mean that a file was not counted.
    expect(floorBytes).toBeGreaterThan(100_000);
    expect(scripts.length).toBeGreaterThanOrEqual(readFloorScripts().length);
    expect(scriptBytes - floorBytes, report).toBeLessThanOrEqual(mostBytes);
    expect(styleBytes, report).toBeGreaterThan(1_000);
    expect(styleBytes, report).toBeLessThanOrEqual(STYLE_BYTES);
    expect(fonts).toEqual([]);
    const itemsBytes = await toGzipBytes('.next', lateScripts);
    process.stdout.write(`${path}: items ${itemsBytes} bytes\n`);
    expect(itemsBytes).toBeGreaterThan(1_000);
    expect(itemsBytes).toBeLessThanOrEqual(ITEMS_BYTES);
  });

test('the catalogue of each language weighs at most 3.2 KB', async () => {
  const addresses: string[] = Object.values(
    JSON.parse(readFileSync('.next/catalogues.json', 'utf8')),
  );
  expect(addresses).toHaveLength(ALL_LOCALES.length);
  for (const address of addresses) {
    const bytes = await toGzipBytes('.next', [address]);
    expect(bytes).toBeGreaterThan(2_000);
    expect(bytes, address).toBeLessThanOrEqual(CATALOGUE_BYTES);
  }
});
