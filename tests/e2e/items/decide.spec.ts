import { decisionCopy } from '@/lib/order/copy/en-US/items';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';
import {
  decidingSteps,
  decisionCard,
  openSection,
  pressUntilGone,
  putOrder,
} from '@/tests/e2e/support/orders';

test.use({ allowedNoise: /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|status of 409/ });

const DECIDED = { status: 'REPLACED', replacementStatus: 'APPROVED' };

test('a replacement that is kept is decided once, and shown with its result', async ({
  page,
  site,
}) => {
  const order = putOrder(site, decidingSteps);
  await page.setViewportSize({ width: 390, height: 664 });
  await page.goto(await site.link(order.orderId));
  await expect(decisionCard(page)).toContainText('Oat milk, 64 oz');
  await pressUntilGone(decisionCard(page).getByRole('button', { name: 'Keep it' }));
  await expect(decisionCard(page).getByRole('button', { name: 'Undo' })).toBeFocused();
  expect(order.decisions()).toEqual([]);
  await expect(decisionCard(page)).toContainText(decisionCopy.kept);
  expect(order.decisions()).toEqual([{ itemId: '3', status: 'APPROVED' }]);
  await expect(decisionCard(page)).toBeHidden();
  await openSection(page, 'items');
  const items = page.getByRole('region', { name: 'Items' });
  await expect(items.getByRole('listitem').filter({ hasText: 'Oat milk, 64 oz' })).toContainText(
    'Updated',
  );
  expect(order.decisions()).toHaveLength(1);
});

test('a refund can be undone, and is then not sent', { tag: '@slow' }, async ({ page, site }) => {
  const order = putOrder(site, decidingSteps);
  await page.clock.install();
  await page.goto(await site.link(order.orderId));
  await pressUntilGone(decisionCard(page).getByRole('button', { name: 'Refund it' }));
  await pressUntilGone(decisionCard(page).getByRole('button', { name: 'Undo' }));
  await expect(decisionCard(page).getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.clock.runFor(10_000);
  expect(order.decisions()).toEqual([]);
});

test(
  'a customer who leaves within the time to undo has decided',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putOrder(site, decidingSteps);
    await page.goto(await site.link(order.orderId));
    await pressUntilGone(decisionCard(page).getByRole('button', { name: 'Refund it' }));
    await page.goto('about:blank');
    await expect.poll(() => order.decisions()).toEqual([{ itemId: '3', status: 'REJECTED' }]);
  },
);

test(
  'an answer by text message ends the question with a word',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putOrder(site, decidingSteps);
    await page.goto(await site.link(order.orderId));
    await expect(decisionCard(page)).toBeVisible();
    await page.context().setOffline(true);
    await pressUntilGone(decisionCard(page).getByRole('button', { name: 'Refund it' }));
    await expect(decisionCard(page)).toContainText(decisionCopy.queued);
    order.setItem('3', DECIDED);
    await page.context().setOffline(false);
    await expect(decisionCard(page)).toContainText(decisionCopy.already.kept);
    await pressUntilGone(decisionCard(page).getByRole('button', { name: 'OK' }));
    await expect(decisionCard(page)).toBeHidden();
    expect(order.decisions()).toEqual([]);
  },
);

test(
  'a lost answer is said to be unconfirmed, and the decision is sent once',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putOrder(site, decidingSteps);
    await page.goto(await site.link(order.orderId));
    await page.route('**/api/order/replacements', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await pressUntilGone(decisionCard(page).getByRole('button', { name: 'Refund it' }));
    await expect(decisionCard(page)).toContainText(decisionCopy.already.refunded);
    expect(order.decisions()).toEqual([{ itemId: '3', status: 'REJECTED' }]);
  },
);

test(
  'a read-only link shows the question without buttons, a shared link shows no items',
  { tag: '@slow' },
  async ({ page, site }) => {
    const { orderId } = putOrder(site, decidingSteps);
    await page.goto(await site.link(orderId, { scp: 'read' }));
    await expect(decisionCard(page)).toContainText(decisionCopy.readOnly);
    await expect(decisionCard(page).getByRole('button')).toHaveCount(0);
    await page.goto(await site.link(orderId, { scp: 'share' }));
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(decisionCard(page)).toHaveCount(0);
    await expect(page.getByText('Oat milk')).toHaveCount(0);
  },
);

test(
  'the keyboard alone decides, and the focus is never lost',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putOrder(site, decidingSteps);
    await page.goto(await site.link(order.orderId));
    await decisionCard(page).getByRole('button', { name: 'Keep it' }).focus();
    await page.keyboard.press('Tab');
    await expect(decisionCard(page).getByRole('button', { name: 'Refund it' })).toBeFocused();
    const undo = decisionCard(page).getByRole('button', { name: 'Undo' });
    await expect(async () => {
      if (await undo.isHidden()) await page.keyboard.press('Enter');
      await expect(undo).toBeFocused({ timeout: 1_000 });
    }).toPass();
    await expect(page.getByText(decisionCopy.refunded).first()).toBeFocused();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    expect(order.decisions()).toHaveLength(1);
  },
);

test(
  'a frame shows the question, and its host receives the count',
  { tag: '@slow' },
  async ({ page, site, ordersUrl, openHostPage, hostEvents }) => {
    const order = putOrder(site, decidingSteps);
    await openHostPage(elementHtml(ordersUrl, await site.token(order.orderId)));
    await expect.poll(() => hostEvents('decide')).toEqual([['decide', { count: 1 }]]);
    expect(await hostEvents('stage')).toEqual([['stage', { stage: 'shopping' }]]);
    await pressUntilGone(decisionCard(frameOf(page)).getByRole('button', { name: 'Keep it' }));
    await expect
      .poll(async () => (await hostEvents('decide')).at(-1))
      .toEqual(['decide', { count: 0 }]);
    expect(order.decisions()).toHaveLength(1);
  },
);
