import { copy } from '@/lib/order/copy/en-US/order-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { expect, surfaceOf, surfaces, test } from '@/tests/e2e/support/composer-test';

const GREETING = 'Hi John, I’m Zelma.';

test.use({ siteEnv: { LIMITS: 'off' }, allowedNoise: /ERR_INTERNET_DISCONNECTED/ });

for (const kind of surfaces) {
  test.describe(`in the ${kind}`, { tag: kind === 'page' ? [] : '@slow' }, () => {
    test('a quick answer is sent and shown as seen', async ({ page, site, open }) => {
      const order = putOrder(site);
      order.add({ from: 'driver', body: 'Is the organic kind OK?' });
      const surface = await open(kind, order.orderId);
      await surface.body.getByRole('button', { name: 'Yes, that works' }).click();
      await expect(surface.field).toHaveValue('Yes, that works');
      expect(order.texts()).not.toContain('Yes, that works');
      await page.keyboard.press('Enter');
      await expect(surface.bubbles('Yes, that works')).toBeVisible();
      await expect(surface.announced(copy.announce.sent)).toHaveCount(1);
      await expect(surface.body.getByRole('button', { name: 'Yes, that works' })).toHaveCount(0);
      order.markRead();
      await expect
        .poll(() => surface.pollNow().then(() => surface.body.getByText('Seen').count()))
        .toBe(1);
      expect(order.texts().filter((text) => text === 'Yes, that works')).toHaveLength(1);
      await expect(surface.bubbles('Yes, that works')).toHaveCount(1);
    });

    test('a poll that returns the message before the answer adds no second bubble and moves nothing', async ({
      page,
      site,
      open,
    }) => {
      const order = putOrder(site);
      const surface = await open(kind, order.orderId);
      await expect(surface.body.getByText(GREETING)).toBeVisible();
      let release: (() => void) | undefined;
      const mayAnswer = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/api/order/messages', async (route) => {
        if (route.request().method() === 'POST') await mayAnswer;
        await route.continue();
      });
      await surface.write('Rye is fine');
      const bubble = surface.bubbles('Rye is fine');
      await bubble.evaluate((element) => element.setAttribute('data-first', ''));
      const before = await bubble.boundingBox();
      // The thread contains the message before this page receives the answer to its request.
      order.add({ from: 'user', body: 'Rye is fine' });
      await expect
        .poll(() =>
          surface.pollNow().then(() => surface.body.getByText(copy.delivery.sending).count()),
        )
        .toBe(0);
      await expect(bubble).toHaveCount(1);
      await expect(bubble).toHaveAttribute('data-first', '');
      expect((await bubble.boundingBox())?.y).toBe(before?.y);
      release?.();
    });

    test('two equal messages are sent and shown as two', async ({ site, open }) => {
      const order = putOrder(site);
      const surface = await open(kind, order.orderId);
      await surface.write('Thank you');
      await surface.write('Thank you');
      await expect(surface.bubbles('Thank you')).toHaveCount(2);
      const arrived = () => order.texts().filter((text) => text === 'Thank you').length;
      await expect.poll(arrived).toBe(2);
      await surface.pollNow();
      await expect(surface.body.getByText(copy.delivery.sent, { exact: true })).toHaveCount(0);
      await expect(surface.bubbles('Thank you')).toHaveCount(2);
    });

    test('a held Enter key and a double click each send the message once', async ({
      page,
      site,
      open,
    }) => {
      const order = putOrder(site);
      const surface = await open(kind, order.orderId);
      await surface.field.fill('Once');
      for (let i = 0; i < 5; i++) await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
      await surface.field.fill('Twice clicked');
      await surface.body.getByRole('button', { name: copy.composer.send, exact: true }).dblclick();
      await expect.poll(() => order.texts().includes('Twice clicked')).toBe(true);
      await expect(surface.bubbles('Once')).toHaveCount(1);
      expect(order.texts().filter((text) => /Once|Twice/.test(text))).toHaveLength(2);
    });

    test('messages written offline are shown as queued and sent once and in order when online', async ({
      context,
      site,
      open,
    }) => {
      const order = putOrder(site);
      const surface = await open(kind, order.orderId);
      await expect(surface.body.getByText(GREETING)).toBeVisible();
      await context.setOffline(true);
      // A frame of another site is a process of its own, which goes offline a little later than the page.
      await expect.poll(() => surface.body.evaluate(() => navigator.onLine)).toBe(false);
      await surface.write('First');
      await surface.write('Second');
      await expect(surface.body.getByText(copy.delivery.queued)).toHaveCount(2);
      expect(order.texts()).not.toContain('First');
      await context.setOffline(false);
      await expect(surface.body.getByText(copy.delivery.queued)).toHaveCount(0);
      await expect.poll(() => order.texts().slice(-2)).toEqual(['First', 'Second']);
    });

    test('a message of 1,000 characters is sent, and a message of 1,001 is not', async ({
      page,
      site,
      open,
    }) => {
      const order = putOrder(site);
      const surface = await open(kind, order.orderId);
      await surface.field.fill('y'.repeat(1_001));
      await page.keyboard.press('Enter');
      await expect(surface.body.getByText('1 character too long')).toBeVisible();
      await expect(surface.field).toHaveValue('y'.repeat(1_001));
      await surface.write('👍🏽'.repeat(250));
      await expect.poll(() => order.texts().at(-1)).toBe('👍🏽'.repeat(250));
    });
  });
}

test('a message is shown once in a second tab and after a reload during sending', async ({
  page,
  context,
  site,
  open,
}) => {
  const order = putOrder(site);
  const other = await context.newPage();
  await other.goto(await site.link(order.orderId));
  const tabs = [await open('page', order.orderId), surfaceOf(other)];
  await tabs[0]?.field.fill('At the side door');
  const requested = page.waitForRequest((request) => request.method() === 'POST');
  await page.bringToFront();
  await tabs[0]?.field.press('Enter');
  await requested;
  await expect.poll(() => order.texts().includes('At the side door')).toBe(true);
  await page.reload();
  for (const tab of tabs)
    await expect
      .poll(() => tab.pollNow().then(() => tab.bubbles('At the side door').count()))
      .toBe(1);
  expect(order.texts().filter((text) => text === 'At the side door')).toHaveLength(1);
});
