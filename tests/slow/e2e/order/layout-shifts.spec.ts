import { minuteMs, secondMs } from '@/tests/simulator/clock';
import { pendingReplacement } from '@/tests/simulator/item-scenarios';
import { inMinutes } from '@/tests/simulator/order-script';
import { playStates } from '@/tests/simulator/state-machine';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { addProgress, pollNow, putOrder, windowOf } from '@/tests/e2e/support/orders';
import { observeShifts, readShifts } from '@/tests/e2e/support/layout-shifts';
import { expect, test } from '@/tests/e2e/support/site-test';

// Cumulative Layout Shift counts 0.1 as good. The page's own limit is stricter, because it stays open for an hour.
const MOST_SHIFT = 0.02;

test.use({ allowedNoise: /status of 502|ERR_FAILED|ERR_TIMED_OUT/ });

const delivery = [
  ...playStates('delivery', minuteMs, [
    [0, 'brand_new'],
    [12, 'acknowledged'],
    [24, 'picking'],
    [75, 'checkout'],
    [120, 'delivering'],
    [165, 'delivered'],
  ]),
  inMinutes.fromShopper(28, 'Hi John, I’m Zelma. Anything to look out for?'),
  inMinutes.fromCustomer(36, 'Bananas on the green side, please.'),
  inMinutes.fromShopper(46, 'Are raspberries instead of strawberries all right?', {
    image: '/pictures/photo/berries.svg',
  }),
  inMinutes.item(46, '3', pendingReplacement),
  inMinutes.fromCustomer(55, 'Yes, please.'),
  inMinutes.item(55, '3', { status: 'REPLACED', replacementStatus: 'APPROVED' }),
  inMinutes.fromShopper(164, 'By the side door.', { image: '/pictures/photo/doorstep.svg' }),
];

/** Minutes by which the order advances, and a text that is shown afterwards. */
const ADVANCES: [minutes: number, text: string | RegExp][] = [
  [25, 'is shopping your order'],
  [5, 'Anything to look out for?'],
  [10, 'Bananas on the green side'],
  [10, 'Are raspberries instead of strawberries all right?'],
  [10, 'Yes, please.'],
  [30, 'is packing your order'],
  [45, 'is on the way'],
  [40, /^Delivered$/],
];

for (const [width, height] of [
  [390, 664],
  [1280, 800],
] as const) {
  test(`a minute of failing, late and aborted polls moves nothing (${width} px)`, async ({
    page,
    site,
  }) => {
    await page.clock.install();
    await observeShifts(page);
    await page.setViewportSize({ width, height });
    await addProgress(page, { window: windowOf(10, 70), number: 'GM-20418' });
    await page.goto(await site.link(putOrder(site).orderId));
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
    await page.getByRole('textbox').fill('Half a sent');
    let polls = 0;
    await page.route('**/api/order/messages', (route) => {
      polls += 1;
      if (polls % 3 === 0) return route.abort('timedout');
      if (polls % 3 === 1) return route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' });
      // The last answer arrives after the order has become old.
      return polls < 6 ? route.abort() : route.fallback();
    });
    const notice = page.getByRole('button', { name: copy.status.checkAgain });
    let wasShown = false;
    for (let second = 0; second < 90; second++) {
      await page.clock.runFor(secondMs);
      await page.evaluate(() => fetch('/healthz'));
      wasShown ||= await notice.isVisible();
    }
    expect(wasShown).toBe(true);
    expect(polls).toBeGreaterThan(5);
    const { total, shifts } = await readShifts(page);
    expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(MOST_SHIFT);
  });

  test(`a delivery from its first to its last state moves nothing (${width} px)`, async ({
    page,
    site,
  }) => {
    await observeShifts(page);
    await page.setViewportSize({ width, height });
    const orderId = `live-${width}`;
    const { control } = site.simulator;
    control.putOrder(orderId, { script: { ageMs: 0, steps: delivery } });
    await page.goto(await site.link(orderId));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('We have your order');
    const shown = page.locator('h1, .thread p').filter({ visible: true });
    for (const [minutes, text] of ADVANCES) {
      control.advanceOrder(orderId, minutes * minuteMs);
      await expect(async () => {
        await pollNow(page);
        await expect(shown.filter({ hasText: text })).not.toHaveCount(0, { timeout: 500 });
      }).toPass();
    }
    const { total, shifts } = await readShifts(page);
    expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(MOST_SHIFT);
  });
}
