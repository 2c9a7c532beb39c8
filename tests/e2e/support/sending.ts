import { copy } from '@/lib/order/copy/en-US/order-page';
import { putOrder } from './orders';
import { expect, test, type places } from './send-place';

const GREETING = 'Hi John, I’m Zelma.';

/** Tests how messages are sent from one place: the page itself, or a shop's frame. */
export function testSending(kind: (typeof places)[number]): void {
  test.describe(`in the ${kind}`, () => {
    test('a question, a quick answer, sent and seen', async ({ page, site, open }) => {
      const order = putOrder(site);
      order.add({ from: 'driver', body: 'Is the organic kind OK?' });
      const place = await open(kind, order.orderId);
      await place.body.getByRole('button', { name: 'Yes, that works' }).click();
      await expect(place.field).toHaveValue('Yes, that works');
      expect(order.texts()).not.toContain('Yes, that works');
      await page.keyboard.press('Enter');
      await expect(place.bubbles('Yes, that works')).toBeVisible();
      await expect(place.announced(copy.announce.sent)).toHaveCount(1);
      await expect(place.body.getByRole('button', { name: 'Yes, that works' })).toHaveCount(0);
      order.markRead();
      await expect
        .poll(() => place.lookAgain().then(() => place.body.getByText('Seen').count()))
        .toBe(1);
      expect(order.texts().filter((text) => text === 'Yes, that works')).toHaveLength(1);
      await expect(place.bubbles('Yes, that works')).toHaveCount(1);
    });

    test('a poll that is faster than the answer brings no second bubble, and moves nothing', async ({
      page,
      site,
      open,
    }) => {
      const order = putOrder(site);
      const place = await open(kind, order.orderId);
      await expect(place.body.getByText(GREETING)).toBeVisible();
      let release: (() => void) | undefined;
      const mayAnswer = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/api/order/messages', async (route) => {
        if (route.request().method() === 'POST') await mayAnswer;
        await route.continue();
      });
      await place.write('Rye is fine');
      const bubble = place.bubbles('Rye is fine');
      await bubble.evaluate((element) => element.setAttribute('data-first', ''));
      const before = await bubble.boundingBox();
      // The thread has it before the answer to this page's own request.
      order.add({ from: 'user', body: 'Rye is fine' });
      await expect
        .poll(() =>
          place.lookAgain().then(() => place.body.getByText(copy.delivery.sending).count()),
        )
        .toBe(0);
      await expect(bubble).toHaveCount(1);
      await expect(bubble).toHaveAttribute('data-first', '');
      expect((await bubble.boundingBox())?.y).toBe(before?.y);
      release?.();
    });

    test('two alike sent on purpose are two, in their order, and never more', async ({
      site,
      open,
    }) => {
      const order = putOrder(site);
      const place = await open(kind, order.orderId);
      await place.write('Thank you');
      await place.write('Thank you');
      await expect(place.bubbles('Thank you')).toHaveCount(2);
      const arrived = () => order.texts().filter((text) => text === 'Thank you').length;
      await expect.poll(arrived).toBe(2);
      await place.lookAgain();
      await expect(place.body.getByText(copy.delivery.sent, { exact: true })).toHaveCount(0);
      await expect(place.bubbles('Thank you')).toHaveCount(2);
    });

    test('held down, Enter sends once, and so does a double click', async ({
      page,
      site,
      open,
    }) => {
      const order = putOrder(site);
      const place = await open(kind, order.orderId);
      await place.field.fill('Once');
      for (let i = 0; i < 5; i++) await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
      await place.field.fill('Twice clicked');
      await place.body.getByRole('button', { name: copy.composer.send, exact: true }).dblclick();
      await expect.poll(() => order.texts().includes('Twice clicked')).toBe(true);
      await expect(place.bubbles('Once')).toHaveCount(1);
      expect(order.texts().filter((text) => /Once|Twice/.test(text))).toHaveLength(2);
    });

    test('offline it waits in sight, and goes out once and in order when back', async ({
      context,
      site,
      open,
    }) => {
      const order = putOrder(site);
      const place = await open(kind, order.orderId);
      await expect(place.body.getByText(GREETING)).toBeVisible();
      await context.setOffline(true);
      await place.write('First');
      await place.write('Second');
      await expect(place.body.getByText(copy.delivery.queued)).toHaveCount(2);
      expect(order.texts()).not.toContain('First');
      await context.setOffline(false);
      await expect(place.body.getByText(copy.delivery.queued)).toHaveCount(0);
      await expect.poll(() => order.texts().slice(-2)).toEqual(['First', 'Second']);
    });

    test('a thousand characters are sent, and one more is held back', async ({
      page,
      site,
      open,
    }) => {
      const order = putOrder(site);
      const place = await open(kind, order.orderId);
      await place.field.fill('y'.repeat(1_001));
      await page.keyboard.press('Enter');
      await expect(place.body.getByText('1 character too long')).toBeVisible();
      await expect(place.field).toHaveValue('y'.repeat(1_001));
      await place.write('👍🏽'.repeat(250));
      await expect.poll(() => order.texts().at(-1)).toBe('👍🏽'.repeat(250));
    });
  });
}
