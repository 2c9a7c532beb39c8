import { copy } from '@/lib/order/copy/en-US/order-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { expect, surfaces, test } from '@/tests/e2e/support/composer-test';

test.use({ allowedNoise: /status of (403|429|503|504)|ERR_/, siteEnv: { LIMITS: 'off' } });

for (const kind of surfaces) {
  test.describe(`in the ${kind}`, () => {
    test('a message whose answer was lost is found in the thread and shown once', async ({
      site,
      open,
    }) => {
      const order = putOrder(site);
      order.fault({ route: 'send', kind: 'drop-answer', times: 1 });
      const surface = await open(kind, order.orderId);
      await surface.write('Organic is fine');
      await expect(surface.bubbles('Organic is fine')).toHaveCount(1);
      await expect(surface.announced(copy.announce.sent)).toHaveCount(1);
      await surface.pollNow();
      await expect(surface.bubbles('Organic is fine')).toHaveCount(1);
      expect(order.texts().filter((text) => text === 'Organic is fine')).toHaveLength(1);
    });

    test('an unconfirmed message is not repeated until the customer sends it again', async ({
      site,
      open,
    }) => {
      const order = putOrder(site);
      order.fault({ route: 'send', kind: 'reset', times: 1 });
      const surface = await open(kind, order.orderId);
      await surface.write('Organic is fine');
      const line = surface.body.getByText(copy.delivery.unconfirmed);
      await expect(line).toBeVisible({ timeout: 12_000 });
      await expect(surface.announced(copy.announce.unconfirmed)).toHaveCount(1);
      expect(order.texts()).not.toContain('Organic is fine');
      await surface.body.getByRole('button', { name: copy.delivery.sendAgain }).click();
      await expect(line).toHaveCount(0);
      const arrived = () => order.texts().filter((text) => text === 'Organic is fine').length;
      await expect.poll(arrived).toBe(1);
      await expect(surface.bubbles('Organic is fine')).toHaveCount(1);
    });

    test('a chat that closes during writing shows a notice, keeps the draft and opens again without a reload', async ({
      site,
      open,
    }) => {
      const order = putOrder(site);
      order.fault({ route: 'send', kind: 'status', status: 403, times: 1, delayMs: 1_000 });
      const surface = await open(kind, order.orderId);
      await surface.write('Are you there?');
      await surface.field.fill('And another');
      await expect(surface.body.getByText(copy.composer.closed)).toBeVisible();
      await expect(surface.field).toHaveCount(0);
      await expect(surface.bubbles('Are you there?')).toBeVisible();
      order.add({ from: 'driver', body: 'Here I am' });
      await expect.poll(() => surface.pollNow().then(() => surface.field.count())).toBe(1);
      await expect(surface.field).toHaveValue('And another');
      await surface.body.getByRole('button', { name: copy.delivery.tryAgain }).click();
      await expect.poll(() => order.texts().at(-1)).toBe('Are you there?');
    });
  });
}
