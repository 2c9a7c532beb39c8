import { copy } from '@/lib/order/copy/en-US/order-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { expect, places, test } from '@/tests/e2e/support/send-place';

test.use({ allowedNoise: /status of (403|429|503|504)|ERR_/, siteEnv: { LIMITS: 'off' } });

for (const kind of places) {
  test.describe(`in the ${kind}`, () => {
    test('an answer that was cut costs nothing: the message is found, and shows once', async ({
      site,
      open,
    }) => {
      const order = putOrder(site);
      order.fault({ route: 'send', kind: 'drop-answer', times: 1 });
      const place = await open(kind, order.orderId);
      await place.write('Organic is fine');
      await expect(place.bubbles('Organic is fine')).toHaveCount(1);
      await expect(place.announced(copy.announce.sent)).toHaveCount(1);
      await place.lookAgain();
      await expect(place.bubbles('Organic is fine')).toHaveCount(1);
      expect(order.texts().filter((text) => text === 'Organic is fine')).toHaveLength(1);
    });

    test('what cannot be confirmed says so, is not repeated, and the customer decides', async ({
      site,
      open,
    }) => {
      const order = putOrder(site);
      order.fault({ route: 'send', kind: 'reset', times: 1 });
      const place = await open(kind, order.orderId);
      await place.write('Organic is fine');
      const line = place.body.getByText(copy.delivery.unconfirmed);
      await expect(line).toBeVisible({ timeout: 12_000 });
      await expect(place.announced(copy.announce.unconfirmed)).toHaveCount(1);
      expect(order.texts()).not.toContain('Organic is fine');
      await place.body.getByRole('button', { name: copy.delivery.sendAgain }).click();
      await expect(line).toHaveCount(0);
      const arrived = () => order.texts().filter((text) => text === 'Organic is fine').length;
      await expect.poll(arrived).toBe(1);
      await expect(place.bubbles('Organic is fine')).toHaveCount(1);
    });

    test('a chat that closes while the customer writes: a quiet sentence, the draft kept, open again by itself', async ({
      site,
      open,
    }) => {
      const order = putOrder(site);
      order.fault({ route: 'send', kind: 'status', status: 403, times: 1, delayMs: 1_000 });
      const place = await open(kind, order.orderId);
      await place.write('Are you there?');
      await place.field.fill('And another');
      await expect(place.body.getByText(copy.composer.closed)).toBeVisible();
      await expect(place.field).toHaveCount(0);
      await expect(place.bubbles('Are you there?')).toBeVisible();
      order.add({ from: 'driver', body: 'Here I am' });
      await expect.poll(() => place.lookAgain().then(() => place.field.count())).toBe(1);
      await expect(place.field).toHaveValue('And another');
      await place.body.getByRole('button', { name: copy.delivery.tryAgain }).click();
      await expect.poll(() => order.texts().at(-1)).toBe('Are you there?');
    });
  });
}
