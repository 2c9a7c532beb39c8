import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { itemOpeners, pickupOpeners } from './item-states';
import { open, type Opener } from './open-order';
import { progress } from '@/tests/support/sample-order';
import type { Site } from '@/tests/support/site';
import {
  addProgress,
  editOrders,
  openSection,
  pollNow,
  putOrder,
  refuseDetails,
  windowOf,
} from './orders';
import { expect } from './site-test';
import { shellCopy } from '@/lib/order/copy/en-US/shell';

/** The site whose links open the page as a host page frames it. */
export function toFramed(site: Site): Site {
  const link: Site['link'] = async (...order) =>
    (await site.link(...order)).replace('/order', '/embed');
  return { ...site, link };
}

/** Functions that open the page in a state and wait until the state is visible. */
export const openers = {
  loading: async (page: Page, site: Site) => {
    await page.route('**/api/order/messages', () => new Promise(() => undefined));
    await page.goto(await site.link('documented'));
    await expect(page.locator('[aria-busy]')).toBeVisible();
  },
  waiting: (page: Page, site: Site) => open(page, site, 'waiting', copy.waiting.title),
  shopping: (page: Page, site: Site) => open(page, site, 'shopping', 'You’re the best.'),
  delivered: (page: Page, site: Site) =>
    open(page, site, 'delivered', 'By the side door, in the shade.'),
  cancelled: (page: Page, site: Site) => open(page, site, 'cancelled', 'Safe travels!'),
  expired: (page: Page, site: Site) => open(page, site, 'expired', copy.chat.expired),
  unavailable: (page: Page, site: Site) => {
    refuseDetails(site, 'no-shopper-info');
    return open(page, site, 'no-shopper-info', copy.nothingShown.title);
  },
  hostile: (page: Page, site: Site) =>
    open(page, site, 'hostile', '<script>document.title="owned"</script>'),
  long: (page: Page, site: Site) => open(page, site, 'long', '1000: I found'),
  documented: (page: Page, site: Site) => open(page, site, 'documented', 'MessageBody'),
  'just begun': async (page: Page, site: Site) => {
    const { orderId } = putOrder(site, [{ kind: 'shopper', atMs: 0, shopper: 'zelma' }]);
    await open(page, site, orderId, copy.chat.noMessagesYet);
  },
  'read-only link': async (page: Page, site: Site) => {
    await page.goto(await site.link('shopping', { scp: 'read' }));
    await expect(page.getByText(copy.chat.readOnly)).toBeVisible();
  },
  'no link': async (page: Page, site: Site) => {
    await page.goto(`${site.url}/order`);
    await expect(page.getByText(copy.problems.link_invalid.title)).toBeVisible();
  },
  'garbage for a link': async (page: Page, site: Site) => {
    await page.goto(`${site.url}/order#garbage`);
    await expect(page.getByText(copy.problems.link_invalid.title)).toBeVisible();
  },
  'expired link': async (page: Page, site: Site) => {
    await page.goto(await site.link('shopping', { exp: 1_700_000_000 }));
    await expect(page.getByText(copy.problems.link_expired.title)).toBeVisible();
  },
  'order not found': (page: Page, site: Site) =>
    open(page, site, 'nowhere', copy.problems.order_not_found.title),
  'updates section': async (page: Page, site: Site) => {
    await open(page, site, 'shopping', 'You’re the best.');
    await openSection(page, 'updates');
    await expect(page.getByRole('region', { name: copy.updates.label })).toBeVisible();
  },
  'on the way': async (page: Page, site: Site) => {
    await addProgress(page, { stage: 'on_the_way', window: windowOf(10, 70), number: '2208-17' });
    await open(page, site, 'shopping', 'On the way');
  },
  late: async (page: Page, site: Site) => {
    await addProgress(page, { isLate: true, window: windowOf(-90, -30) });
    await open(page, site, 'shopping', 'Running late');
  },
  'ready for pickup': async (page: Page, site: Site) => {
    await addProgress(page, { type: 'pickup', stage: 'ready', window: windowOf(-30, 90) });
    await open(page, site, 'shopping', copy.status.headlines.ready);
  },
  'delivery over': async (page: Page, site: Site) => {
    await addProgress(page, { stage: 'done', messagesReadableUntil: windowOf(0, 1_200).to });
    await open(page, site, 'delivered', copy.ending.problem);
  },
  'shared link': async (page: Page, site: Site) => {
    await editOrders(page, (view) => ({
      ...view,
      chat: { state: 'unavailable', messages: [], canReply: false },
      people: { ...view.people, shoppers: [] },
      updates: [],
      access: 'share',
      order: progress({ stage: 'packing' }),
    }));
    await open(page, site, 'shopping', copy.chat.sharedHint);
  },
  'photo opened': async (page: Page, site: Site) => {
    await open(page, site, 'shopping', 'You’re the best.');
    await page
      .getByRole('button', { name: /^Open Photo/ })
      .last()
      .click();
    await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
  },
  'message not sent': async (page: Page, site: Site) => {
    await page.route('**/api/order/messages', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 503, json: { error: { code: 'upstream_unavailable' } } })
        : route.continue(),
    );
    await open(page, site, 'shopping', 'You’re the best.');
    await page.getByRole('textbox').fill('Can you hear me?');
    await page.getByRole('button', { name: copy.composer.send, exact: true }).click();
    await expect(page.getByText(copy.delivery.failed)).toBeVisible();
    await page.getByRole('textbox').fill('x'.repeat(950));
  },
  'new messages': async (page: Page, site: Site) => {
    const order = putOrder(site);
    order.markRead('driver');
    order.add({ from: 'driver', body: 'Is rye bread fine?' });
    await open(page, site, order.orderId, 'Is rye bread fine?');
  },
  down: async (page: Page, site: Site) => {
    await page.route('**/api/order/messages', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'upstream_unavailable' } } }),
    );
    await open(page, site, 'shopping', copy.problems.upstream_unavailable.title);
  },
  stale: async (page: Page, site: Site) => {
    await editOrders(page, (view) => ({ ...view, stale: true, asOf: windowOf(-2, 0).from }));
    await open(page, site, 'shopping', 'checked');
    await page.getByRole('textbox').fill('Are you still there?');
    await expect(page.getByText(copy.composer.behind)).toBeVisible();
  },
  offline: async (page: Page, site: Site) => {
    await open(page, site, 'shopping', 'You’re the best.');
    await page.getByRole('textbox').fill('Are you still there?');
    await page.context().setOffline(true);
    await pollNow(page);
    await expect(page.getByText(copy.composer.offline)).toBeVisible();
  },
  ...itemOpeners,
  ...pickupOpeners,
  'unknown page': async (page: Page, site: Site) => {
    await page.goto(`${site.url}/somewhere`);
    await expect(page.getByText(shellCopy.unknownPage)).toBeVisible();
  },
} satisfies Record<string, Opener>;

/** Console messages of browsers about answers with an error status and about pictures of an offline page. */
export const refusals =
  /Failed to load resource.*(status of (401|404|409|410|503)|ERR_INTERNET_DISCONNECTED)/;
