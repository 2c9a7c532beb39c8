import { elementHtml } from '@/tests/e2e/support/host-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { expectText, test } from './browser-test';

test.use({ blocksStorage: true });

test('an order is shown and updated in a browser that blocks the storage of other sites', async ({
  tab,
  engine,
  site,
  openHostPage,
  openOrder,
}) => {
  // tests/e2e/embed/embed-browser.spec.ts blocks storage in Chromium by a script.
  test.skip(engine === 'chromium', 'Chromium has no command-line option that blocks it');
  const order = putOrder(site);
  await openHostPage(elementHtml(site.url, '', 'check'));
  await tab.enter();
  await expectText(tab, 'Blocked by the browser. They are not needed.');
  // WebKitGTK blocks cookies, but still gives a framed site storage.
  if (engine === 'firefox') await expectText(tab, 'Blocked by the browser. It is not needed.');
  await tab.leave();
  await openOrder(order.orderId);
  await expectText(tab, 'Hi John, I’m Zelma.');
  order.add({ from: 'driver', body: 'One more thing' });
  await expectText(tab, 'One more thing');
});
