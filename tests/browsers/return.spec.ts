import { putOrder } from '@/tests/e2e/support/orders';
import { expect, expectText, test } from './browser-test';
import { withElement } from './host-html';
import type { Tab } from './tab';

const GREETING = 'Hi John, I’m Zelma.';

declare global {
  var wasKept: boolean | undefined;
}

/** How often the page, or the frame that was entered, has asked for its order. */
function countPolls(tab: Tab): Promise<number> {
  return tab.run(
    () =>
      performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/messages'))
        .length,
  );
}

function noticeReturn(tab: Tab): Promise<void> {
  return tab.run(() => {
    addEventListener('pageshow', ({ persisted }) => void (globalThis.wasKept = persisted));
  });
}

test('reload, and away to another site and back, show the order each time', async ({
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
});

test('back within the site the order is asked for at once, kept in memory or not', async ({
  tab,
  site,
  engine,
}) => {
  await tab.open(await site.link(putOrder(site).orderId));
  await expectText(tab, GREETING);
  await noticeReturn(tab);
  const pollsBefore = await countPolls(tab);
  await tab.open(`${site.url}/somewhere`);
  await expectText(tab, 'Page not found');
  await tab.back();
  const wasKept = await tab.run(() => globalThis.wasKept ?? false);
  await expect
    .poll(() => countPolls(tab), { timeout: 3_000 })
    .toBeGreaterThan(wasKept ? pollsBefore : 0);
  await expectText(tab, GREETING);
  // Firefox keeps no page with no-store; WebKit keeps one that came over plain HTTP, as here.
  expect(wasKept).toBe(engine === 'webkit');
});

test('back to a host’s page the framed order is asked for at once', async ({
  tab,
  host,
  site,
  engine,
}) => {
  const shop = host.origin('127.0.0.1');
  host.put('/elsewhere', { html: '<h1>Elsewhere</h1>' });
  host.put('/account', { html: withElement(site.url, await site.token(putOrder(site).orderId)) });
  await tab.open(`${shop}/account`);
  await tab.enter();
  await expectText(tab, GREETING);
  const pollsBefore = await countPolls(tab);
  await tab.leave();
  await noticeReturn(tab);
  await tab.open(`${shop}/elsewhere`);
  await expectText(tab, 'Elsewhere');
  await tab.back();
  const wasKept = await tab.run(() => globalThis.wasKept ?? false);
  await tab.enter();
  await expect
    .poll(() => countPolls(tab), { timeout: 3_000 })
    .toBeGreaterThan(wasKept ? pollsBefore : 0);
  await expectText(tab, GREETING);
  expect(wasKept).toBe(engine === 'webkit');
});
