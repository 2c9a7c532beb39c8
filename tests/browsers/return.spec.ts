import { putOrder } from '@/tests/e2e/support/orders';
import { expect, expectText, test } from './browser-test';
import type { Tab } from './tab';

const GREETING = 'Hi John, I’m Zelma.';

/** A limit below the 5 s after which the page polls by its timer. */
const SOON_MS = 3_000;

declare global {
  var wasCached: boolean | undefined;
}

/** The number of requests for the order by the page, or by the frame that was entered. */
function countPolls(tab: Tab): Promise<number> {
  return tab.run(
    () =>
      performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/messages'))
        .length,
  );
}

function recordPageshow(tab: Tab): Promise<void> {
  return tab.run(() => {
    addEventListener('pageshow', ({ persisted }) => void (globalThis.wasCached = persisted));
  });
}

test('an order is shown again after a reload, and after a visit to another site and Back', async ({
  tab,
  host,
  site,
}) => {
  host.put('/elsewhere', { html: '<h1>Elsewhere</h1>' });
  await tab.open(await site.link(putOrder(site).orderId));
  await expectText(tab, GREETING);
  await tab.reload();
  await expectText(tab, GREETING);
  await tab.open(`${host.origin('127.0.0.1')}/elsewhere`);
  await expectText(tab, 'Elsewhere');
  await tab.back();
  await expectText(tab, GREETING);
  // The address alone, as a bookmark keeps it or a person forwards it, opens the order.
  const address = await tab.run(() => location.href);
  await tab.open('about:blank');
  await tab.open(address);
  await expectText(tab, GREETING);
});

test('Back from another page of the site requests the order at once, with or without the back/forward cache', async ({
  tab,
  engine,
  site,
}) => {
  await tab.open(await site.link(putOrder(site).orderId));
  await expectText(tab, GREETING);
  await recordPageshow(tab);
  const pollsBefore = await countPolls(tab);
  await tab.open(`${site.url}/somewhere`);
  await expectText(tab, 'Page not found');
  await tab.back();
  const wasCached = await tab.run(() => globalThis.wasCached ?? false);
  await expect
    .poll(() => countPolls(tab), { timeout: SOON_MS })
    .toBeGreaterThan(wasCached ? pollsBefore : 0);
  await expectText(tab, GREETING);
  // WebKit alone caches a page with no-store, if it was loaded over plain HTTP.
  expect(wasCached).toBe(engine === 'webkit');
});

test('Back to a host page requests the framed order at once', async ({
  tab,
  engine,
  host,
  site,
  openOrder,
}) => {
  host.put('/elsewhere', { html: '<h1>Elsewhere</h1>' });
  await openOrder(putOrder(site).orderId);
  await expectText(tab, GREETING);
  const pollsBefore = await countPolls(tab);
  await tab.leave();
  await recordPageshow(tab);
  await tab.open(`${host.origin('127.0.0.1')}/elsewhere`);
  await expectText(tab, 'Elsewhere');
  await tab.back();
  const wasCached = await tab.run(() => globalThis.wasCached ?? false);
  await tab.enter();
  await expect
    .poll(() => countPolls(tab), { timeout: SOON_MS })
    .toBeGreaterThan(wasCached ? pollsBefore : 0);
  await expectText(tab, GREETING);
  expect(wasCached).toBe(engine === 'webkit');
});
