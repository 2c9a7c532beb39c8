import { copy } from '@/lib/order/copy/en-US/order-page';
import { hostileTexts } from '@/tests/simulator/hostile-scenario';
import { shoppingScript } from '@/tests/simulator/shopping-scenario';
import { inMinutes } from '@/tests/simulator/order-script';
import { phoneNumbers } from '@/tests/simulator/people';
import { expect, test } from '@/tests/e2e/support/site-test';
import { deliveredSteps, putOrder, refuseDetails, shoppingSteps } from '@/tests/e2e/support/orders';
import { openers, refusals } from '@/tests/e2e/support/states';
import { shellCopy } from '@/lib/order/copy/en-US/shell';

test.use({ allowedNoise: refusals });

test.beforeEach(({ page }) => page.setViewportSize({ width: 1280, height: 900 }));

test(
  'the documented example shows its headline, shoppers and messages',
  { tag: '@slow' },
  async ({ page, site }) => {
    refuseDetails(site, 'documented');
    await openers.documented(page, site);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Your order has been picked up.',
    );
    await expect(page.getByRole('region', { name: 'Messages with Robert' })).toBeVisible();
    const thread = page.getByRole('region', { name: 'Message thread' });
    await expect(thread).toContainText('SomeFirstName');
    await expect(thread).toContainText('MessageBody');
    await expect(thread).toContainText('Robert now has your order');
    // The count of unread messages is gone once they were on screen.
    await expect(page).toHaveTitle('Order status · Greenfield Market');
  },
);

test('a waiting order shows what comes next, its updates and no chat', async ({ page, site }) => {
  refuseDetails(site, 'waiting');
  await openers.waiting(page, site);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'We are looking for a shopper',
  );
  await expect(page.getByText(copy.waiting.hint)).toBeVisible();
  await expect(page.getByRole('region', { name: copy.updates.label })).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
});

test('an order in shopping shows timeline, chat, hand-over and composer', async ({
  page,
  site,
}) => {
  // The server may still have the details of the order "shopping", which another test has read.
  const orderId = 'shopping-without-details';
  site.simulator.control.putOrder(orderId, { script: shoppingScript });
  refuseDetails(site, orderId);
  await page.goto(await site.link(orderId));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Oat milk');
  const thread = page.getByRole('region', { name: 'Message thread' });
  await expect(thread.getByText('Amida now has your order')).toBeAttached();
  await expect(thread.getByText('Seen')).toHaveCount(1);
  await expect(page.getByRole('textbox', { name: 'Message to Amida' })).toBeVisible();
  const updates = page.getByRole('region', { name: 'Updates' }).getByRole('listitem');
  await expect(updates).toHaveCount(6);
  await expect(updates.filter({ hasText: 'is picking your order' })).toHaveCount(2);
  await expect(updates.last()).toContainText('Sent by text and email');
  // The thread shows each update a second time, between the messages.
  await expect(thread.getByText('Oat milk, 32 oz was replaced')).toHaveCount(1);
});

test('an order on its way shows stage, window, steps and number, and the note about driving', async ({
  page,
  site,
}) => {
  await openers['on the way'](page, site);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Amida is on the way');
  const status = page.getByRole('region', { name: copy.status.label });
  await expect(status).toContainText(/Arrives (today|tomorrow), /);
  await expect(page.getByRole('banner')).toContainText('Order 2208-17');
  await expect(status).toContainText('Latest: Oat milk, 32 oz was replaced');
  const steps = status.getByRole('list', { name: copy.status.progress }).getByRole('listitem');
  await expect(steps).toHaveCount(5);
  await expect(status.locator('[aria-current=step]')).toHaveText('On the way');
  await expect(page.getByText('Amida may not answer while driving.')).toBeVisible();
});

test('a delivered order shows its photo, a way to the store and until when messages stay', async ({
  page,
  site,
}) => {
  await openers['delivery over'](page, site);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Delivered/);
  await expect(page.getByText(/Chat stays until about \d/)).toBeVisible();
  await expect(page.getByRole('link', { name: copy.ending.problem })).toHaveAttribute(
    'href',
    'https://www.example.com/help',
  );
  await page.getByRole('button', { name: /^Open Photo of your delivery/ }).click();
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
});

test('a read-only link shows the whole order and no composer', async ({ page, site }) => {
  await openers['read-only link'](page, site);
  await expect(page.getByText('You’re the best.')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
});

test(
  'without details, delivered and cancelled orders have the last update as the headline',
  { tag: '@slow' },
  async ({ page, site }) => {
    // Orders of this test alone: the server keeps the details that another test has read.
    const cancelled = inMinutes.notice(9, 'Your order was cancelled.', ['sms']);
    for (const [steps, text] of [
      [deliveredSteps, 'was delivered'],
      [[...shoppingSteps, inMinutes.cancelled(9), cancelled], 'was cancelled'],
    ] as const) {
      const { orderId } = putOrder(site, [...steps]);
      refuseDetails(site, orderId);
      await page.goto(await site.link(orderId));
      await expect(page.getByRole('heading', { level: 1 })).toContainText(text);
    }
  },
);

test(
  'an unavailable order shows a message and the store’s address, without buttons',
  { tag: '@slow' },
  async ({ page, site }) => {
    await openers.unavailable(page, site);
    await expect(page.getByRole('main').getByRole('link', { name: copy.support })).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
  },
);

test('a thread of a thousand messages shows the newest at once and the rest on demand', async ({
  page,
  site,
}) => {
  await openers.long(page, site);
  const thread = page.getByRole('region', { name: 'Message thread' });
  await expect(thread.getByText('950: ')).toHaveCount(0);
  const anchor = thread.getByText('951: ');
  await anchor.scrollIntoViewIfNeeded();
  const place = () => anchor.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const before = await place();
  await thread.getByRole('button', { name: /earlier messages \(950\)/ }).click();
  await expect(thread.getByText('950: ')).toBeAttached();
  expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(2);
});

test('hostile texts stay text and cause no requests to other hosts', async ({ page, site }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  page.on('dialog', () => expect('a dialog').toBe('never opened'));
  await openers.hostile(page, site);
  const thread = page.getByRole('region', { name: 'Message thread' });
  for (const text of [hostileTexts.imageTag, hostileTexts.template, hostileTexts.closingTags])
    await expect(thread.getByText(text)).toBeAttached();
  await expect(page).toHaveTitle(/^(\(\d+\) )?Order status · Greenfield Market$/);
  const targets = await page
    .locator('main a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  for (const target of targets) expect(target).toMatch(/^(https:\/\/|tel:\+?\d+$)/);
  const allowed = [site.url, site.simulator.url].map((url) => new URL(url).host);
  expect([...hosts].filter((host) => !allowed.includes(host))).toEqual([]);
});

test('telephone numbers are not sent to the browser', { tag: '@slow' }, async ({ page, site }) => {
  const answer = page.waitForResponse('**/api/order/messages');
  await openers.shopping(page, site);
  const text = await (await answer).text();
  for (const number of Object.values(phoneNumbers)) expect(text).not.toContain(number.slice(-7));
});

for (const state of ['no link', 'garbage for a link', 'expired link', 'order not found'] as const) {
  test(
    `state ${state} shows a reason and the store’s address after one request at most`,
    { tag: '@slow' },
    async ({ page, site }) => {
      let requestCount = 0;
      page.on('request', (request) => (requestCount += request.url().includes('/api/') ? 1 : 0));
      await openers[state](page, site);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('main').getByRole('link', { name: copy.support })).toBeVisible();
      await expect(page.getByRole('button')).toHaveCount(0);
      await page.clock.install();
      await page.clock.fastForward('01:00:00');
      expect(requestCount).toBeLessThanOrEqual(1);
    },
  );
}

test('an unknown path shows the not-found page', { tag: '@slow' }, async ({ page, site }) => {
  await openers['unknown page'](page, site);
  await expect(page.getByText(shellCopy.unknownPageHint)).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page shows a neutral message and the store’s address', async ({ page, site }) => {
    await page.goto(await site.link('shopping'));
    const without = page.locator('noscript');
    await expect(without.locator('p').first()).toBeVisible();
    await expect(without.locator('p').first()).toHaveText(shellCopy.noScript);
    await expect(without.locator('a')).toHaveAttribute('href', 'https://www.example.com/help');
    await expect(page.locator('[aria-busy]')).toBeHidden();
  });
});
