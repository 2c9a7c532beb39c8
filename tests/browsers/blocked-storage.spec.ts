import { putOrder } from '@/tests/e2e/support/orders';
import { expectText, test } from './browser-test';
import { withElement } from './host-html';

test.use({ blocksStorage: true });

test('where the browser blocks what other sites store, the order shows and goes on', async ({
  tab,
  engine,
  host,
  site,
}) => {
  const order = putOrder(site);
  host.put('/check', { html: withElement(site.url, '', 'check') });
  host.put('/blocked', { html: withElement(site.url, await site.token(order.orderId)) });
  await tab.open(`${host.origin('127.0.0.1')}/check`);
  await tab.enter();
  await expectText(tab, 'Blocked by the browser. They are not needed.');
  // WebKitGTK blocks cookies, but still lends a framed site storage.
  if (engine === 'firefox') await expectText(tab, 'Blocked by the browser. It is not needed.');
  await tab.leave();
  await tab.open(`${host.origin('127.0.0.1')}/blocked`);
  await tab.enter();
  await expectText(tab, 'Hi John, I’m Zelma.');
  order.add({ from: 'driver', body: 'One more thing' });
  await expectText(tab, 'One more thing');
});
